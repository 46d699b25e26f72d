"""Thirty and more deliberate mistakes, and exactly what their author is told."""

import ast
import re
from pathlib import Path

import pytest
from tests.policy.checks.mistaken import MISTAKES, SHOP, problems_in, told

import redress.policy.checks
import redress.policy.reading
from redress.policy.checks.conditions import LOOKED_UP
from redress.policy.checks.references import KEYED, SINGLE
from redress.policy.checks.triggers import FORMS

SOURCES = [
    *Path(redress.policy.checks.__file__).parent.glob("*.py"),
    *Path(redress.policy.reading.__file__).parent.glob("*.py"),
]


def test_the_shop_is_without_fault() -> None:
    assert problems_in(SHOP) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda folder: folder.name)
def test_a_mistake_is_told_at_its_very_place(mistake: Path) -> None:
    assert told(mistake) == (mistake / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_every_kind_of_problem_has_a_mistake_that_shows_it() -> None:
    expected = "".join((mistake / "expected.txt").read_text(encoding="utf-8") for mistake in MISTAKES)
    shown = set(re.findall(r"\[([a-z-]+)\]: ", expected))
    shown |= {problem.code for problem in problems_in(SHOP / "no-such-folder")}
    assert _codes() - shown == set()


def _codes() -> set[str]:
    """Every code written in the checks and the readers, and those made from a sort of name."""
    sorts = {*SINGLE.values(), *KEYED.values(), *FORMS.values(), *LOOKED_UP.values()}
    written = {f"unknown-{sort.code}" for sort in sorts}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in ("error", "warn", "Problem") and len(node.args) > 1:
                code = node.args[1]
                written |= {code.value} if isinstance(code, ast.Constant) else set()
    return written


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
