"""Papers: number series, books (registers), documents, and how long records are kept."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field as Key

from .base import Condition, Ids, Rule, SpanText, Text, Written


class Number(Rule):
    """A series of numbers. ``format`` uses {year} (or {yy}, its last two digits) {month} {day} {unit} {serial}, e.g. ``{unit}-{serial:04d}``.

    ``per`` says when the serial starts again; ``per_unit`` counts in each unit apart, where each keeps a book of its own;
    ``gap_free`` series never skip or repeat a number.
    """

    kind_key: ClassVar[str] = "number"
    after: Ids
    when: Condition = ""
    format: str
    per: Literal["year", "month", "day", "ever"] = "year"
    per_unit: bool = Key(default=False, alias="per unit")
    gap_free: bool = Key(default=True, alias="gap free")


class Book(Rule):
    """A register in which cases are entered: when, which columns, and the act that locks the row."""

    kind_key: ClassVar[str] = "book"
    after: Ids
    when: Condition = ""
    columns: Ids
    locked_by: Ids = Key(default=(), alias="locked by")


class Copy(Written):
    """A copy of a document: where it goes."""

    to: str
    what: Literal["original", "copy"] = "copy"
    zh: str = ""
    en: str = ""
    clauses: tuple[str, ...] = ()


class Document(Rule):
    """A paper of the policy: its fields, who fills and signs it, its copies, and whether the customer may have it."""

    kind_key: ClassVar[str] = "document"
    after: Ids = ()
    when: Condition = ""
    fields: Ids
    filled_by: Ids = Key(default=(), alias="filled by")
    signed_by: Ids = Key(default=(), alias="signed by")
    copies: tuple[Copy, ...] = ()
    keep: SpanText | None = None
    for_customer: bool = Key(default=False, alias="for customer")
    intro: Text | None = None


class Retention(Rule):
    """How long a case's personal data is kept; ``forever`` forbids erasure. While ``when`` does not hold, the rule is silent.

    The time counts ``from`` when the case was closed, or archived.
    """

    kind_key: ClassVar[str] = "retention"
    keep: SpanText | Literal["forever"]
    from_: Literal["closed", "archived"] = Key(default="closed", alias="from")
    when: Condition = ""
