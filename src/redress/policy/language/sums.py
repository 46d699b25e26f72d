"""Compensation: worksheets whose lines open with evidence, are worked out by a formula, and have a payer."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator
from pydantic import Field as Key

from redress.policy.formula import Formula, FormulaError

from .base import Condition, Ids, Rule, Text, Written, as_tuple


def _formula(value: str) -> str:
    try:
        Formula.parse(value)
    except FormulaError as error:
        raise ValueError(str(error)) from error
    return value


def _named(key: str) -> BeforeValidator:
    return BeforeValidator(lambda value: [{key: item} if isinstance(item, str) else item for item in as_tuple(value)])


FormulaText = Annotated[str, BeforeValidator(str), AfterValidator(_formula)]
"""A sum over money and number fields, exact: ``rest_days * daily_income``, ``min(a, 500)``, ``days(admitted, left)``."""


class Need(Written):
    """What unlocks a line: a condition (or a field that must be filled), and the words for what is missing."""

    field: str = ""
    when: Condition = ""
    say: Text | None = None
    clauses: tuple[str, ...] = ()


class Payer(Written):
    """Who pays a line: the first whose condition holds."""

    to: str = Key(alias="payer")
    when: Condition = ""
    clauses: tuple[str, ...] = ()


class Item(Written):
    """A line of a worksheet. ``when``: the line has a place at all; ``needs``: all (``any``: one of them) must be there."""

    item: str
    zh: str = ""
    en: str = ""
    clauses: tuple[str, ...] = ()
    when: Condition = ""
    needs: Annotated[tuple[Need, ...], _named("field")] = ()
    any: bool = False
    amount: FormulaText
    at_most: FormulaText | None = Key(default=None, alias="at most")
    at_least: FormulaText | None = Key(default=None, alias="at least")
    payer: Annotated[tuple[Payer, ...], _named("payer")] = ()
    approval: str = ""

    @property
    def text(self) -> Text:
        """Its name in both languages; its id where it has none."""
        return Text(zh=self.zh or self.item, en=self.en or self.item)


class Compensation(Rule):
    """A worksheet in CNY. The ``acts`` commit the sum in field ``amount``; it must not exceed what the open lines come to.

    ``total_at_most`` caps the whole; ``own`` names the payer whose part counts as the organisation's own.
    """

    kind_key: ClassVar[str] = "compensation"
    when: Condition = ""
    items: tuple[Item, ...] = Key(min_length=1)
    acts: Ids = ()
    amount: str = ""
    total_at_most: FormulaText | None = Key(default=None, alias="total at most")
    own: str = "company"
