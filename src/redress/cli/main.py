"""`redress COMMAND`. A command is a module here with add_arguments(parser) and run(args) -> int.

Modules are imported only when asked for, so that `redress pack check` starts without Django.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from types import ModuleType

from redress.config.trouble import Trouble

# command -> (module, one line of help); the help stands here so that --help imports nothing.
COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("run", "run the whole product: database, web, clock and worker"),
    "pack": ("pack", "check, test and explain policy packs"),
    "explain": ("explain", "explain the deadlines of a case"),
    "verify": ("verify", "prove the event log and compare every projection with it"),
    "rebuild": ("rebuild", "write every projection anew from the event log"),
    "import": ("import_", "register complaints from CSV or XLSX"),
    "migrate": ("migrate", "bring the database to this release"),
    "seed": ("seed", "make the demo organisations"),
    "claim": ("claim", "the word by which an empty installation is claimed"),
    "rotate-key": ("rotate_key", "write what is kept under a key anew, under a new one"),
    "clock": ("clock", "watch the deadlines (part of run)"),
    "worker": ("worker", "send notices and other side effects (part of run)"),
    "db": ("db", "start, stop or look at the embedded database"),
}


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redress.config.settings")
    try:
        return _run(words)
    except Trouble as trouble:
        print(f"redress: {trouble}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output went away, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130


def _run(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="redress", description="Redress 闻过: runs the written complaint policy.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    asked = next((word for word in words if not word.startswith("-")), None)
    for name, (module_name, help_line) in COMMANDS.items():
        if find_spec(f"{__package__}.{module_name}") is None:
            continue
        subparser = commands.add_parser(name, help=help_line, description=help_line)
        if name == asked:
            module = _module(module_name)
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
    args = parser.parse_args(words)
    return int(args.run(args))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__package__}.{name}")
