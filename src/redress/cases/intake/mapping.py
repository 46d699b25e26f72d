"""What a mapping file can say: which column of a table becomes what. Typed; nothing is read or carried out here."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Key

from redress.policy.language.base import SpanText, Written, as_tuple

REGISTERED = "registered"
"""The name by which a time refers to the moment of registration."""


class When(Written):
    """A time: read from a column (a day alone counts as ``at`` o'clock), or reckoned from another one.

    ``after``: ``registered``, or a replayed step before this one; then ``span``, or a column with a number of ``unit``.
    """

    column: str = ""
    format: str = ""
    at: str = Key(default="", pattern=r"^$|^([01]\d|2[0-3]):[0-5]\d$")
    after: str = ""
    span: SpanText = ""
    unit: Literal["min", "h", "d", "w"] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if not self.after and (not self.column or self.span or self.unit):
            raise ValueError("a time has a column, or 'after' with a span, or 'after' with a column and its unit")
        if self.after and bool(self.span) == bool(self.column and self.unit):
            raise ValueError("a time 'after' another has either a span, or a column and its unit")
        return self


class Value(Written):
    """A value: ``constant``, a ``column``, a ``template`` such as ``{river}: {title}``, or a ``time``.

    A column's texts may be looked up in ``values``; what is not in that table, or an empty cell, is ``otherwise`` (without
    it the row is refused, or the value left out). ``format``: how a date is written. ``split``: what stands between
    several. ``longest``: characters kept.
    """

    constant: Any = None
    column: str = ""
    template: str = ""
    time: When | None = None
    values: dict[str, Any] | None = None
    otherwise: Any = None
    format: str = ""
    split: str = ""
    longest: int | None = Key(default=None, ge=1)

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [self.constant is not None, bool(self.column), bool(self.template), self.time is not None]
        if sum(given) != 1:
            raise ValueError("a value is one of constant, column, template, time")
        if not self.column and (self.values is not None or self.otherwise is not None or self.format or self.split):
            raise ValueError("values, otherwise, format and split belong to a column")
        return self


def _value(written: Any) -> Any:
    return written if isinstance(written, dict) or written is None else {"constant": written}


Given = Annotated[Value, BeforeValidator(_value)]
"""A value; a plain word or number is a constant."""


class Who(Written):
    """Who acts: a person's id, or whoever holds ``role`` for ``unit`` (the case's own, where none is named) on that day."""

    person: Given | None = None
    role: str = ""
    unit: Given | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.person is None) == (not self.role):
            raise ValueError("an actor is a person's id, or {role: ...}")
        return self


def _who(written: Any) -> Any:
    if isinstance(written, dict) and not {"person", "role"} & set(written):
        return {"person": written}
    return written if isinstance(written, dict) or written is None else {"person": written}


Actor = Annotated[Who, BeforeValidator(_who)]
"""A person's id (``lin``), one by table (``{column: ..., values: ...}``), or ``{role: front-desk}``."""


class Filter(Written):
    """A row counts where the column's text is (not) one of these, or is (not) filled."""

    column: str
    in_: Annotated[tuple[str, ...] | None, BeforeValidator(lambda v: v if v is None else as_tuple(v))] = None
    not_in: Annotated[tuple[str, ...] | None, BeforeValidator(lambda v: v if v is None else as_tuple(v))] = None
    filled: bool | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.in_ is None and self.not_in is None and self.filled is None:
            raise ValueError("a filter has in, not in, or filled")
        return self

    def lets_in(self, cell: str) -> bool:
        """Whether a row with this cell counts."""
        return (
            (self.in_ is None or cell in self.in_)
            and (self.not_in is None or cell not in self.not_in)
            and (self.filled is None or self.filled is bool(cell))
        )


class Step(Written):
    """An act known to have followed: when, by whom, with what. ``id`` names its time for later steps (the act's own id)."""

    act: str
    id: str = ""
    at: When
    actor: Actor
    unit: Given | None = None
    fields: dict[str, Given] = {}
    rows: tuple[Filter, ...] = ()

    @property
    def name(self) -> str:
        return self.id or self.act


class Mapping(Written):
    """A whole mapping file. ``import`` names the source: with the row's ``key`` it tells whether a row is here already."""

    import_: str = Key(pattern=r"^[a-z][a-z0-9_.-]*$")
    zone: str = ""
    encoding: Literal["utf-8", "gb18030"] | None = None
    sheet: str = ""
    key: str
    rows: tuple[Filter, ...] = ()
    registered: When
    unit: Given
    actor: Actor
    fields: dict[str, Given] = {}
    replay: tuple[Step, ...] = ()
    until: str = ""
