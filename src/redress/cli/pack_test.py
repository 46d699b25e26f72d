"""`redress pack test`: plays the scenarios of packs, or a policy officer's own."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from redress.policy.errors import PackErrors
from redress.policy.scenarios.suite import Suite

from .pack_folders import add_packs, folders


def add_arguments(parser) -> None:
    add_packs(parser)
    parser.add_argument(
        "--scenario",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="play the scenarios in these files instead",
    )
    parser.add_argument(
        "--json", action="store_true", help="a list of {pack, scenario, passed, failures, milliseconds}"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="list the scenarios that passed, too")


def run(args) -> int:
    began = time.perf_counter()
    rows: list[dict[str, object]] = []
    for folder in folders(args):
        try:
            suite = Suite.of(folder, args.scenario)
        except PackErrors as errors:
            print(*(problem.line("zh") for problem in errors.problems), sep="\n", file=sys.stderr)
            return 2
        for played in suite.play():
            rows.append({"pack": suite.pack.id, "scenario": played.scenario, "passed": played.passed, "failures": list(played.failures), "milliseconds": round(played.milliseconds, 2)})  # fmt: skip
    failed = [row for row in rows if not row["passed"]]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _print(rows, args.verbose)
        print(f"{len(rows) - len(failed)} passed, {len(failed)} failed ({time.perf_counter() - began:.1f} s)")
    return 1 if failed else 0


def _print(rows: list[dict], verbose: bool) -> None:
    for row in rows:
        if verbose or not row["passed"]:
            print(f"{'ok  ' if row['passed'] else 'FAIL'} {row['pack']} · {row['scenario']} ({row['milliseconds']} ms)")
            print(*(f"       {text}" for text in row["failures"]), sep="\n", end="\n" if row["failures"] else "")
