"""Facts a case can hold: fields with types and choices, and the parameters an organisation may set."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field as Key
from pydantic import field_validator

from .base import Ids, Rule, Text, Written

FieldType = Literal[
    "text",
    "long-text",
    "phone",
    "number",
    "money",
    "yes-no",
    "choice",
    "choices",
    "date",
    "datetime",
    "unit",
    "units",
    "person",
    "file",
    "ledger-line",
]


class Option(Written):
    """One value of a choice field, with the clause that introduces it and, where the policy has one, its definition.

    ``words`` (in either language) suggest it: where one of them is typed into a text of the form, the option is offered.
    """

    id: str
    zh: str = ""
    en: str = ""
    clauses: tuple[str, ...] = ()
    means: Text | None = None
    words: Ids = ()

    @property
    def text(self) -> Text:
        """Its name in both languages; its id where it has none."""
        return Text(zh=self.zh or self.id, en=self.en or self.id)


class Field(Rule):
    """A named fact. ``personal`` values are masked, and go when the case is erased, like those of type ``file``.

    ``fixed`` ones are never overwritten once recorded.
    """

    kind_key: ClassVar[str] = "field"
    type: FieldType = "text"
    options: tuple[Option, ...] = ()
    unit_kinds: Ids = Key(default=(), alias="unit kinds")
    personal: bool = False
    confidential: bool = False
    fixed: bool = False
    help: Text | None = None

    @field_validator("options", mode="before")
    @classmethod
    def _short_options(cls, value: object) -> object:
        if isinstance(value, dict):
            return [{"id": key, **(rest if isinstance(rest, dict) else {"zh": rest})} for key, rest in value.items()]
        return value


class Parameter(Rule):
    """A value the organisation may set: ``value`` is the pack's own, ``assumption`` says the document does not state it."""

    kind_key: ClassVar[str] = "parameter"
    value: str | int | Decimal | bool
    assumption: bool = False
    ambiguity: str = ""
