"""`redress seed`: makes the demo organisations which are missing, and lists who may sign in."""

import argparse
import json
from importlib.util import find_spec


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the sign-ins as JSON, for the supervisor")


def run(args: argparse.Namespace) -> int:
    import django

    django.setup()
    sign_ins: list[tuple[str, ...]] = []
    if find_spec("redress.people.demo") is not None:
        from redress.people import demo

        sign_ins = [tuple(map(str, row)) for row in demo.seed()]
    if args.json:
        print(json.dumps(sign_ins, ensure_ascii=False))
    else:
        for row in sign_ins:
            print("  ".join(row))
    return 0
