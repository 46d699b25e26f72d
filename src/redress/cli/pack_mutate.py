"""`redress pack mutate`: weakens each rule in turn and lists what no scenario notices."""

from __future__ import annotations

import json
import sys
import time

import msgspec

from redress.policy.errors import PackErrors
from redress.policy.scenarios.mutation import Fate, mutate
from redress.policy.scenarios.suite import Suite

from .pack_folders import add_packs, folders


def add_arguments(parser) -> None:
    add_packs(parser)
    parser.add_argument("--only", default="", metavar="TEXT", help="only mutants whose name holds TEXT")
    parser.add_argument("--json", action="store_true", help="a list of {pack, mutant, clauses, executable, killed_by}")


def run(args) -> int:
    fates: list[Fate] = []
    for folder in folders(args):
        began = time.perf_counter()
        try:
            suite = Suite.of(folder)
        except PackErrors as errors:
            print(*(problem.line("zh") for problem in errors.problems), sep="\n", file=sys.stderr)
            return 2
        failing = [played for played in suite.play() if not played.passed]
        if failing:
            print(
                f"{suite.pack.id}: {len(failing)} scenarios fail; mend them first (redress pack test {suite.pack.id})",
                file=sys.stderr,
            )
            return 2
        mine = list(mutate(suite, args.only))
        fates += mine
        if not args.json:
            _print(suite.pack.id, mine, time.perf_counter() - began)
    if args.json:
        print(json.dumps(msgspec.to_builtins(fates), ensure_ascii=False, indent=1))
    return 1 if any(fate.executable == "yes" and not fate.killed_by for fate in fates) else 0


def _print(pack: str, fates: list[Fate], seconds: float) -> None:
    alive = [fate for fate in fates if not fate.killed_by]
    print(
        f"{pack}: {len(fates)} mutants, {len(alive)} survive, {sum(f.executable == 'yes' for f in alive)} of them of a 'yes' clause ({seconds:.1f} s)"
    )
    for fate in alive:
        print(f"  {fate.mutant} [{fate.executable}] {' '.join(fate.clauses)}")
