"""`redress verify`: proves the event log and compares every projection with it."""

import argparse
import json
import sys
import time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", default="", metavar="X", help="only this one")
    parser.add_argument("--json", action="store_true", help="the result as one JSON object")


def run(args: argparse.Namespace) -> int:
    import django

    from redress.config import environment
    from redress.config.databases import database_ready

    with database_ready(environment.read()):
        django.setup()
        return _verify(args.organisation, as_json=args.json)


def _verify(organisation: str, *, as_json: bool) -> int:
    from redress.cases.store.verify import Proof

    proof, begun, wrong = Proof(), time.monotonic(), []
    for found in proof.differences(organisation):
        line = {
            "case": str(found.case_id),
            "table": found.table,
            "row": found.row,
            "column": found.column,
            "stored": str(found.stored),
            "should": str(found.should),
        }
        wrong.append(line)
        if not as_json:
            place = " ".join(filter(None, (found.table, found.row, found.column)))
            print(f"{found.case_id}: {place}: {_short(found.stored)} should be {_short(found.should)}")
    seconds = time.monotonic() - begun
    if as_json:
        told = {"cases": proof.cases, "events": proof.events, "seconds": round(seconds, 2), "differences": wrong}
        print(json.dumps(told, ensure_ascii=False))
    else:
        verdict = f"{len(wrong)} differences" if wrong else "all as it should be"
        print(f"{proof.cases} cases, {proof.events} events in {seconds:.1f} s: {verdict}", file=sys.stderr)
    return 1 if wrong else 0


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 160 else f"{text[:120]}… ({len(text)} characters)"
