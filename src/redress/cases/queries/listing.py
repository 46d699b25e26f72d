"""The queue: cases in an order (newest, next due, last closed), filtered and searched, page by page.

A page first walks the next cases of the order and keeps those that fit: whatever is common is found within a few hundred rows,
however long the table. Words and levels too rare for that are looked up in the index over grams, where rare means quick.
What is neither common nor in the index ends the walk early; the page then says from where to look on. A case's whole number is
looked up before anything else, and where it is found nothing else is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from ..case_file import Desk
from ..store.rows import FACETS
from ..store.words import asked_for, query_of, whole_numbers
from .orders import ORDERS, Order, OrderName
from .reach import Reach, reach_of
from .walks import by_grams, by_number, by_units, edge_of, walk

STEPS = (500, 5_000)
"""Cases that one page looks through, step by step; between the steps the index is asked."""


class Place(NamedTuple):
    """A place in the order of the queue: everything before it has been seen."""

    moment: datetime
    case_id: UUID


class QueueRow(NamedTuple):
    case_id: UUID
    number: str
    kind: str
    subject: str
    title: str
    customer: str
    unit: str
    stage: str
    level: str
    category: str
    channel: str
    owner: str
    first_responder: str
    registered_at: datetime
    closed_at: datetime | None
    is_open: bool
    next_due: datetime | None
    open_duties: int
    late_open: int
    late_ever: int
    pack_hash: str


@dataclass(frozen=True)
class Filters:
    """What the queue is narrowed to; empty values narrow nothing. ``unit`` takes in the units below it, unless ``alone``.

    ``first`` and ``last`` (not included) bound the moment of the order: of registration, of the next due time, of closing.
    ``cases`` narrows to these (cases linked with each other).
    """

    stage: str = ""
    unit: str = ""
    level: str = ""
    category: str = ""
    channel: str = ""
    owner: str = ""
    kind: str = "complaint"
    open: bool | None = None
    late: bool = False
    text: str = ""
    order: OrderName = "newest"
    first: datetime | None = None
    last: datetime | None = None
    cases: tuple[UUID, ...] = ()
    alone: bool = False

    def facets(self) -> dict[str, str]:
        """What of this the index over grams knows."""
        return {name: value for name in FACETS if (value := getattr(self, name))}

    def conditions(self) -> tuple[list[str], dict[str, Any]]:
        """SQL over a case ``c`` and its parameters (text and unit apart)."""
        words = {"stage": self.stage, "level": self.level, "category": self.category, "channel": self.channel,
                 "owner": self.owner, "kind": self.kind}  # fmt: skip
        given: dict[str, Any] = {name: value for name, value in words.items() if value}
        sql = [f"c.{name} = %({name})s" for name in given]
        if self.open is not None:
            sql.append("c.is_open" if self.open else "NOT c.is_open")
        if self.late:
            sql.append("c.late_open > 0")
        if self.cases:
            sql.append("c.id = ANY(%(cases)s)")
            given["cases"] = list(self.cases)
        return sql, given

    def near(self) -> dict[str, str]:
        """What of this has an index of its own in the order asked for (SQL over ``case_record``)."""
        found = {"cases": "id = ANY(%(cases)s)"} if self.cases else {}
        if self.order != "newest":
            return found
        if self.stage:
            found["stage"] = "stage = %(stage)s"
        if self.owner and self.open:
            found["owner"] = "owner = %(owner)s AND is_open"
        if self.late:
            found["late"] = "late_open > 0"
        return found


@dataclass(frozen=True)
class Page:
    """Some cases, and the place to go on from; None where there is nothing older. A page may be short and still go on."""

    rows: list[QueueRow]
    older: Place | None


@dataclass
class Ask:
    """One question to the queue, as the walks need it."""

    organisation: str
    person: str
    reach: Reach
    filters: Filters
    pieces: list[str]
    limit: int
    order: Order
    near: dict[str, str]
    sql: list[str] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)


def queue(
    desk: Desk,
    filters: Filters = Filters(),
    after: Place | None = None,
    limit: int = 50,
    whole_number: bool = True,
) -> Page:
    """A page of the cases that whoever sits at the desk may see, in the order asked for, following on ``after``.

    Text that is a case's ``whole_number`` finds that case alone, unless those that mention it are asked for as well.
    """
    ask = _asked(desk, filters, limit)
    if ask is None:
        return Page([], None)
    rows: list[QueueRow] = []
    with connection.cursor() as cursor:
        numbers = whole_numbers(filters.text) if whole_number and after is None else []
        if numbers and (exact := by_number(cursor, ask, numbers)):
            return _page(_rows(exact), ask)
        for step, length in enumerate(STEPS):
            if step == 1 and (query := query_of(ask.organisation, ask.pieces, filters.facets())):
                rare = by_grams(cursor, ask, query, after)
                if rare is not None:
                    return _page([*rows, *_rows(rare)], ask)
            found = _rows(walk(cursor, ask, after, length))
            full = len(rows) + len(found) > limit
            edge = None if full and not by_units(ask) else edge_of(cursor, ask, after, length)
            if edge is None:
                return _page([*rows, *found], ask)
            # Beyond the edge, the stretch that ended there may hold cases that none of these has been compared with.
            after = Place(*edge)
            rows += [row for row in found if ask.order.reached(row, after)]
            if len(rows) > limit:
                return _page(rows, ask)
    return Page(rows[:limit], after)


def search(desk: Desk, text: str, after: Place | None = None, limit: int = 50) -> Page:
    """Cases of any kind in which every word of ``text`` occurs, in any field, newest first."""
    return queue(desk, Filters(kind="", text=text), after, limit)


def _asked(desk: Desk, filters: Filters, limit: int) -> Ask | None:
    reach = reach_of(desk.pack, desk.directory, desk.actor)
    sql, parameters = filters.conditions()
    if filters.unit:
        below = {filters.unit} if filters.alone else set(desk.directory.below(filters.unit))
        narrowed = below if reach.everything else below & set(reach.units)
        reach = Reach(False, tuple(sorted(narrowed)))
        sql.append("c.unit = ANY(%(below)s)")
        parameters["below"] = sorted(below)
    pieces = asked_for(filters.text)
    if filters.text.strip() and not pieces:
        return None
    order = ORDERS[filters.order]
    return Ask(
        desk.directory.slug, desk.actor.id, reach, filters, pieces, limit, order, filters.near(), sql, parameters
    )


def _rows(found: list[tuple[Any, ...]]) -> list[QueueRow]:
    return [QueueRow(*row) for row in found]


def _page(rows: list[QueueRow], ask: Ask) -> Page:
    if len(rows) <= ask.limit:
        return Page(rows, None)
    last = rows[ask.limit - 1]
    return Page(rows[: ask.limit], Place(getattr(last, ask.order.column), last.case_id))
