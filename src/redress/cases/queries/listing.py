"""The queue: cases in an order (newest, next due, last closed), filtered and searched, page by page.

A page first walks the next cases of the order and keeps those that fit: whatever is common is found within a few hundred rows,
however long the table. Words and levels too rare for that are looked up in the index over grams, where rare means quick.
What is neither common nor in the index ends the walk early; the page then says from where to look on. A case's whole number is
looked up before anything else, and where it is found nothing else is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from ..case_file import Desk
from ..store.words import asked_for, query_of, whole_numbers
from .asking import COMPLAINTS, Ask, Filters, Place
from .orders import ORDERS
from .queue_row import QueueRow
from .reach import Reach, reach_of
from .walks import by_grams, by_number, by_units, edge_of, walk

STEPS = (500, 5_000)
"""Cases that one page looks through, step by step; between the steps the index is asked."""


@dataclass(frozen=True)
class Page:
    """Some cases, and the place to go on from; None where there is nothing older. A page may be short and still go on."""

    rows: list[QueueRow]
    older: Place | None


def queue(
    desk: Desk,
    filters: Filters = COMPLAINTS,
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
