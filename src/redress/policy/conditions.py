"""Conditions in CEL: declared variables, compiled and type-checked once, evaluated over the facts of a case.

The variables are the pack's own fields (an unset field is "", 0, false, an empty list or 1970) and the words in
``RESERVED``. Money is a double in yuan, so it is compared with a decimal point: ``amount > 500.0``; sums are never computed
here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any

from cel_expr_python import cel

from .language.fields import Field

TYPE = cel.Type
STRINGS = "strings"
RESERVED: dict[str, str] = {
    "stage": "string", "round": "int", "kind": "string", "subject": "string", "act": "string", "actor": "string",
    "roles": STRINGS, "done": STRINGS, "done_this_round": STRINGS, "times": "counts", "times_this_round": "counts",
    "open": STRINGS, "late": STRINGS, "met": STRINGS, "marks": STRINGS, "rungs": STRINGS, "asked": STRINGS,
    "approved": STRINGS, "refused": STRINGS, "filled": STRINGS, "people": "names", "same": "counts",
    "worth": "sums", "numbers": "names", "now": "time", "registered_at": "time", "unit_kind": "string",
}  # fmt: skip
"""Words a condition may use besides the fields, with their types."""
FIELD_TYPES = {
    "text": "string", "long-text": "string", "phone": "string", "choice": "string", "unit": "string", "person": "string",
    "ledger-line": "string",
    "file": STRINGS, "choices": STRINGS, "units": STRINGS, "number": "int", "money": "double", "yes-no": "bool", "date": "time",
    "datetime": "time",
}  # fmt: skip
EMPTY: dict[str, Any] = {
    "sums": {}, "string": "", "int": 0, "double": 0.0, "bool": False, STRINGS: [], "counts": {}, "names": {},
    "time": datetime(1970, 1, 1, tzinfo=UTC),
}  # fmt: skip
IDENTIFIER = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<![\w.])([A-Za-z_]\w*)""")
MEMBER = re.compile(
    r"""["']([\w.-]+)["']\s+in\s+([a-z_]+)|\b(times|times_this_round|people|same|worth|numbers)\[["']([\w.-]+)["']\]"""
)
COMPARED = re.compile(
    r"""\b([a-z_]\w*)\s*(?:==|!=)\s*["']([^"']*)["']|\b([a-z_]\w*)\s+in\s+\[([^\]]*)\]|["']([^"']+)["']\s+in\s+([a-z_]\w*)"""
)


@dataclass(frozen=True)
class ConditionError(Exception):
    """A condition that CEL refuses: ``column`` counts from 1 within the expression."""

    column: int
    message: str


@dataclass(frozen=True)
class Compiled:
    """A checked condition and the variables it reads."""

    expression: Any
    names: tuple[str, ...]

    def holds(self, value_of: Callable[[str], Any]) -> bool:
        """Whether it is true, reading each variable it needs through ``value_of``."""
        return bool(self.expression.eval(data={name: value_of(name) for name in self.names}).value())

    def value(self, value_of: Callable[[str], Any]) -> Any:
        """What the expression comes to, as a plain Python value."""
        return self.expression.eval(data={name: value_of(name) for name in self.names}).plain_value()


def _cel_type(kind: str) -> Any:
    return {
        "string": TYPE.STRING, "int": TYPE.INT, "double": TYPE.DOUBLE, "bool": TYPE.BOOL, "time": TYPE.TIMESTAMP,
        STRINGS: TYPE.List(TYPE.STRING), "counts": TYPE.Map(TYPE.STRING, TYPE.INT), "names": TYPE.Map(TYPE.STRING, TYPE.STRING),
        "sums": TYPE.Map(TYPE.STRING, TYPE.DOUBLE),
    }[kind]  # fmt: skip


class Vocabulary:
    """The variables a pack's conditions may use; compiles expressions against them."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.kinds: dict[str, str] = {**{field.id: FIELD_TYPES[field.type] for field in fields}, **RESERVED}
        self._signature = tuple(sorted(self.kinds.items()))
        self._compiled: dict[
            str, Compiled
        ] = {}  # by expression alone: hashing the signature takes as long as evaluating

    def compile(self, expression: str) -> Compiled:
        """The checked condition. Raises ``ConditionError`` where it does not type-check or is not true-or-false."""
        known = self._compiled.get(expression)
        if known is None:
            known = self._compiled[expression] = _compile(self._signature, expression, True)
        return known

    def compile_value(self, expression: str) -> Compiled:
        """A checked expression of any type."""
        return _compile(self._signature, expression, False)

    def empty(self, name: str) -> Any:
        """The value of a variable that has none."""
        return EMPTY[self.kinds[name]]


@lru_cache(maxsize=256)
def _environment(signature: tuple[tuple[str, str], ...]) -> Any:
    return cel.NewEnv(variables={name: _cel_type(kind) for name, kind in signature})


@lru_cache(maxsize=50_000)
def _compile(signature: tuple[tuple[str, str], ...], expression: str, boolean: bool) -> Compiled:
    try:
        checked = _environment(signature).compile(expression)
    except RuntimeError as error:
        raise _told(str(error)) from error
    if boolean and checked.return_type() != TYPE.BOOL:
        raise ConditionError(1, f"a condition is true or false, this is a {str(checked.return_type()).lower()}")
    declared = dict(signature)
    names = dict.fromkeys(word for _, word in IDENTIFIER.findall(expression) if word in declared)
    return Compiled(checked, tuple(names))


def _told(message: str) -> ConditionError:
    found = re.search(r"<input>:\d+:(\d+): (.*)", message)
    if not found:
        return ConditionError(1, message.splitlines()[0])
    text = found[2].removesuffix("[INVALID_ARGUMENT]").replace(" (in container '')", "").strip()
    if "'(double, int)'" in text or "'(int, double)'" in text:
        text += " - money is compared with a decimal point, such as 500.0"
    return ConditionError(int(found[1]), text)


def mentioned(expression: str) -> list[tuple[str, str]]:
    """The (list or map variable, literal) pairs an expression looks up, such as ("done", "callback")."""
    pairs = []
    for literal, where, table, key in MEMBER.findall(expression):
        pairs.append((where, literal) if where else (table, key))
    return pairs


def compared(expression: str) -> list[tuple[str, str]]:
    """The (variable, literal) pairs an expression compares, such as ("level", "major")."""
    pairs: list[tuple[str, str]] = []
    for name, literal, listed, items, member, container in COMPARED.findall(expression):
        if name:
            pairs.append((name, literal))
        elif listed:
            pairs += [(listed, item.strip().strip("\"'")) for item in items.split(",") if item.strip()]
        else:
            pairs.append((container, member))
    return pairs


def plain_moment(value: Any, zone: tzinfo = UTC) -> datetime:
    """A stored date or datetime (ISO 8601, of ``zone`` where it names none) as an aware datetime, for a condition."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def as_condition_value(kind: str, value: Any, zone: tzinfo = UTC) -> Any:
    """A stored field value as the condition's type ``kind`` sees it."""
    if value is None or value == "":
        return EMPTY[kind]
    if kind == "time":
        return plain_moment(value, zone)
    if kind == "double":
        return float(value)
    if kind == "int":
        return int(value)
    return list(value) if kind == STRINGS else value
