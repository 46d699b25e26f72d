"""Exact sums: arithmetic over decimals, written the way one writes it on paper. No ``eval``; nothing but numbers."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from functools import lru_cache
from typing import Any

OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
FUNCTIONS = ("min", "max", "days")
PARAMETER = re.compile(r"\$([a-z][a-z0-9_.-]*[a-z0-9_]|[a-z])")
"""A parameter; its name may hold hyphens, so a minus after one needs a space."""
MARK, HYPHEN, DOT = "param__", "__h__", "__d__"


class FormulaError(ValueError):
    """A formula that cannot be read, or a value that is missing; ``str`` is the sentence."""


@dataclass(frozen=True)
class Formula:
    """A parsed formula. ``names`` are the fields and parameters (``$rate``) it needs."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Formula:
        """Reads ``rest_days * daily_income``; allowed: + - * / ( ), numbers, fields, $parameters, min, max, days(from, to)."""
        return _parse(text)

    def value(self, value_of: Callable[[str], Any]) -> Decimal:
        """The sum in yuan, rounded half up to the fen. Raises ``FormulaError`` naming a value that is missing."""
        try:
            return _value(self.tree, value_of).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        except (DivisionByZero, InvalidOperation) as error:
            raise FormulaError(f"'{self.text}' cannot be worked out") from error


@lru_cache(maxsize=4096)
def _parse(text: str) -> Formula:
    try:
        tree = ast.parse(PARAMETER.sub(_as_name, text), mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"'{text}' is not a formula: {error.msg}") from error
    names: list[str] = []
    _check(tree, text, names)
    return Formula(text, tree, tuple(dict.fromkeys(names)))


def _check(node: ast.expr, text: str, names: list[str]) -> None:
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        _check(node.left, text, names)
        _check(node.right, text, names)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        _check(node.operand, text, names)
    elif (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in FUNCTIONS
        and not node.keywords
    ):
        for argument in node.args:
            _check(argument, text, names)
    elif isinstance(node, ast.Name):
        names.append(_written(node.id))
    elif not (
        isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    ):
        raise FormulaError(f"'{text}' may only use + - * / ( ), numbers, fields, $parameters, min, max and days")


def _value(node: ast.expr, value_of: Callable[[str], Any]) -> Decimal:
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](_value(node.left, value_of), _value(node.right, value_of))
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand, value_of)
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    if isinstance(node, ast.Name):
        return _number(_written(node.id), value_of)
    assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    if node.func.id == "days":
        start, end = (_day(argument, value_of) for argument in node.args)
        return Decimal((end - start).days)
    values = [_value(argument, value_of) for argument in node.args]
    return min(values) if node.func.id == "min" else max(values)


def _number(name: str, value_of: Callable[[str], Any]) -> Decimal:
    value = value_of(name)
    if value in (None, ""):
        raise FormulaError(name)
    return Decimal(str(value))


def _day(node: ast.expr, value_of: Callable[[str], Any]) -> date:
    name = node.id if isinstance(node, ast.Name) else ""
    value = value_of(name)
    if value in (None, ""):
        raise FormulaError(name)
    return datetime.fromisoformat(str(value)).date()


def _as_name(match: re.Match[str]) -> str:
    return MARK + match[1].replace("-", HYPHEN).replace(".", DOT)


def _written(name: str) -> str:
    return "$" + name.removeprefix(MARK).replace(HYPHEN, "-").replace(DOT, ".") if name.startswith(MARK) else name
