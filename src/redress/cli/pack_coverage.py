"""`redress pack coverage`: per clause its rules, the scenarios that exercise it, and its status."""

from __future__ import annotations

import json
from collections import Counter

import msgspec

from redress.policy.scenarios.coverage import ClauseCoverage, coverage
from redress.policy.scenarios.suite import Suite

from .pack_folders import add_packs, folders

WANTED = {
    "yes": {"enforced"},
    "partly": {"prompted", "enforced"},
    "guidance": {"shown", "prompted", "enforced"},
}


def add_arguments(parser) -> None:
    add_packs(parser)
    parser.add_argument(
        "--json", action="store_true", help="a list of {pack, clause, executable, status, rules, scenarios}"
    )


def run(args) -> int:
    rows = [row for folder in folders(args) for row in coverage(Suite.of(folder))]
    if args.json:
        print(json.dumps(msgspec.to_builtins(rows), ensure_ascii=False, indent=1))
    else:
        _print(rows)
    return 0 if all(row.status in WANTED[row.executable] for row in rows) else 1


def _print(rows: list[ClauseCoverage]) -> None:
    for pack in dict.fromkeys(row.pack for row in rows):
        mine = [row for row in rows if row.pack == pack]
        counts = Counter((row.executable, row.status) for row in mine)
        told = ", ".join(f"{executable}: {status} {count}" for (executable, status), count in sorted(counts.items()))
        print(f"{pack}: {len(mine)} clauses ({told})")
        for row in mine:
            if row.status not in WANTED[row.executable]:
                print(
                    f"  {row.clause} ({row.executable}) is {row.status}; rules: {', '.join(row.rules) or 'none'}; scenarios: {len(row.scenarios)}"
                )
