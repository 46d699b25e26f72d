"""`redress pack ...`: what a policy author runs. Each subcommand is a module here."""

import argparse
import importlib
from importlib.util import find_spec

# subcommand -> one line of help; its module is pack_SUBCOMMAND
SUBCOMMANDS: dict[str, str] = {
    "check": "say what is wrong in a pack, where, and what was probably meant",
    "test": "play the scenarios of a pack, or those of a file",
    "coverage": "say for every clause which rules carry it and which scenarios exercise it",
    "mutate": "weaken each rule in turn and list what no scenario notices",
    "reference": "print the reference of the pack language",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(title="subcommands", metavar="SUBCOMMAND", dest="subcommand", required=True)
    for name, help_line in SUBCOMMANDS.items():
        if find_spec(f"{__package__}.pack_{name}") is None:
            continue
        module = importlib.import_module(f"{__package__}.pack_{name}")
        part = parts.add_parser(name, help=help_line, description=help_line)
        module.add_arguments(part)
        part.set_defaults(run_pack=module.run)


def run(args: argparse.Namespace) -> int:
    return int(args.run_pack(args))
