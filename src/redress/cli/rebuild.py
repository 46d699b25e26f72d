"""`redress rebuild`: writes every projection anew from the event log."""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", default="", metavar="X", help="only this one")


def run(args: argparse.Namespace) -> int:
    import django

    from redress.config import environment
    from redress.config.databases import database_ready

    with database_ready(environment.read()):
        django.setup()
        from redress.cases.store.rebuild import BrokenLog, rebuild

        done = 0
        try:
            for done in rebuild(args.organisation):
                if sys.stderr.isatty():
                    print(f"\r{done} cases", end="", file=sys.stderr, flush=True)
        except BrokenLog as error:
            print(f"redress: {error}", file=sys.stderr)
            return 1
        print(f"{done} cases rebuilt")
    return 0
