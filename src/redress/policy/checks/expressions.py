"""Every expression of a pack with its place: conditions (true or false) and the values of ``set: {x: {is: ...}}``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from redress.policy.language.base import Rule
from redress.policy.language.effects import Effect
from redress.policy.language.pack import Source

from .parts import Path, parts_of
from .references import CONDITIONS

IS = "is"
CEL_WORDS = frozenset(
    [
        "as",
        "break",
        "const",
        "continue",
        "else",
        "false",
        "for",
        "function",
        "if",
        "import",
        "in",
        "let",
        "loop",
        "namespace",
        "null",
        "package",
        "return",
        "true",
        "type",
        "int",
        "uint",
        "double",
        "bool",
        "string",
        "bytes",
        "list",
        "map",
        "null_type",
        "dyn",
        "timestamp",
        "duration",
        "var",
        "void",
        "while",
    ]
)
"""Words that conditions keep for themselves."""


@dataclass(frozen=True)
class Expression:
    """A CEL text in a rule. ``sets`` is the field it gives a value to, "" for a condition."""

    rule: Rule
    path: Path
    text: str
    sets: str = ""

    @property
    def compilable(self) -> str:
        """On one line, every character in its place, so that a column is an offset."""
        return self.text.replace("\n", " ")


def expressions_of(source: Source) -> Iterator[Expression]:
    """All expressions that are written (an absent condition is none)."""
    for rule in source.rules:
        for part in parts_of(rule):
            if part.key in CONDITIONS and isinstance(part.value, str) and part.value:
                yield Expression(rule, part.path, part.value)
            if isinstance(part.owner, Effect) and part.key == "set" and isinstance(part.value, dict):
                for field, value in part.value.items():
                    if isinstance(value, dict) and IS in value:
                        yield Expression(rule, (*part.path, field, IS), str(value[IS]), field)
