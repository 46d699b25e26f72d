"""Rules that draw conclusions: decision tables, reactions, and patterns across cases."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field as Key

from .base import Condition, Ids, Rule, SpanText, Written
from .effects import Effects


class Row(Written):
    """One row of a decision table: the first row whose condition holds gives the value."""

    when: Condition = "true"
    value: Any
    clauses: tuple[str, ...] = ()


class Decision(Rule):
    """Sets a field from a table of conditions, after any of the triggers."""

    kind_key: ClassVar[str] = "decision"
    after: Ids
    sets: str
    rows: tuple[Row, ...]


class Reaction(Rule):
    """After any of the triggers, while ``when`` holds, these consequences follow."""

    kind_key: ClassVar[str] = "reaction"
    after: Ids
    when: Condition = ""
    then: Effects


class Pattern(Rule):
    """Cases alike: the same values in ``same``, registered within ``within`` (``at_least`` counts this case too).

    Looked for at registration, or ``after`` the triggers by which the values are known. The matching cases are linked to
    this one; ``then`` follows here and, with ``joins``,
    on each of the linked cases as well. ``different_by`` names another pattern: of the cases it finds alike only one counts
    (three complaints of three customers). ``found_if`` names a yes-no field: a case is found by later ones once it is yes.
    """

    kind_key: ClassVar[str] = "pattern"
    after: Ids = ("register",)
    same: Ids
    joins: bool = False
    within: SpanText = "90 d"
    at_least: int = Key(default=2, alias="at least", ge=2)
    different_by: str = Key(default="", alias="different by")
    found_if: str = Key(default="", alias="found if")
    when: Condition = ""
    then: Effects = ()
