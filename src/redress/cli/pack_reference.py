"""`redress pack reference`: the reference of the pack language, as kept in docs/reference/language.md."""

import argparse
from pathlib import Path

from redress.policy.reference import reference


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", type=Path, metavar="FILE", help="write it to this file instead of printing it")


def run(args: argparse.Namespace) -> int:
    if args.write:
        args.write.write_text(reference(), encoding="utf-8")
    else:
        print(reference(), end="")
    return 0
