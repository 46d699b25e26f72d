"""`redress pack check`: what is wrong in packs, at file:line:column, with what was probably meant."""

import argparse
import time
from pathlib import Path

from redress.policy.errors import PackErrors, Problem
from redress.policy.pack import Pack
from redress.policy.reading import load_folder
from redress.policy.scenarios.organisation import read_organisation
from redress.policy.scenarios.reader import scenarios_of

from .pack_folders import add_packs, folders


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_packs(parser)
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="the language of the messages (zh)")
    parser.add_argument("--strict", action="store_true", help="warnings fail, too")


def run(args: argparse.Namespace) -> int:
    found = folders(args)
    told: set[Problem] = set()
    for folder in found:
        started = time.perf_counter()
        pack, problems = _checked(folder)
        for problem in sorted(set(problems) - told):  # a parent's mistake shows in every pack that extends it
            print(problem.line(args.lang))
        told.update(problems)
        print(_summary(folder.name, pack, problems, (time.perf_counter() - started) * 1000, args.lang))
    if not found:
        print("没有找到制度包" if args.lang == "zh" else "no packs found")
    return int(any(problem.severity == "error" or args.strict for problem in told))


def _checked(folder: Path) -> tuple[Pack | None, list[Problem]]:
    """The pack where it can be used, and everything wrong with it, its organisation and its scenarios."""
    pack: Pack | None = None
    problems: list[Problem] = []
    try:
        pack, warnings, _ = load_folder(folder)
        problems += warnings
    except PackErrors as errors:
        problems += errors.problems
    try:
        scenarios_of(folder)
        if (folder / "organisation.yaml").is_file():
            read_organisation(folder / "organisation.yaml")
    except PackErrors as errors:
        problems += errors.problems
    return pack, problems


def _summary(name: str, pack: Pack | None, problems: list[Problem], milliseconds: float, lang: str) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    rules, clauses = (len(pack.source.rules), len(pack.clauses)) if pack else (0, 0)
    if lang == "zh":
        size = f"{rules} 条规则，{clauses} 条条款，" if pack else ""
        return f"{name}：{size}{errors} 个错误，{warnings} 个提醒（{milliseconds:.0f} 毫秒）"
    size = f"{rules} rules, {clauses} clauses, " if pack else ""
    return f"{name}: {size}{errors} errors, {warnings} warnings ({milliseconds:.0f} ms)"
