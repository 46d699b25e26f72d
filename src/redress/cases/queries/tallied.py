"""The figures of a board: what was tallied for some units, without the cases hidden from whoever looks; and what fired lately."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from ..case_file import Desk

Figures = dict[str, dict[tuple[str, str], int]]
"""By ``what`` (see ``cases.tallies``): numbers by (unit, of)."""

LOOKED_AT = 300
"""Of the cases found alike lately, how many of the latest are looked through."""

_FIGURES = """
    SELECT what, unit, of, sum(CASE WHEN person = '' THEN number ELSE -number END)::bigint FROM tally
    WHERE organisation = %s AND unit = ANY(%s) AND person IN ('', %s) GROUP BY what, unit, of
"""


def figures(desk: Desk, units: Sequence[str]) -> Figures:
    """The figures of these units as they were last counted (one query)."""
    found: Figures = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [desk.directory.slug, list(units), desk.actor.id])
        for what, unit, of, number in cursor.fetchall():
            found[what][unit, of] = number
    return found


def of_units(numbers: dict[tuple[str, str], int], units: Iterable[str]) -> int:
    """All numbers of these units together."""
    wanted = set(units)
    return sum(number for (unit, _of), number in numbers.items() if unit in wanted)


class Fired(NamedTuple):
    """A pattern found a case alike with ``others`` earlier ones."""

    pattern: str
    at: datetime
    case_id: UUID
    number: str
    title: str
    unit: str
    stage: str
    is_open: bool
    category: str
    channel: str
    others: int
    pack_hash: str


_FIRED = """
    SELECT e.body, e.at, c.id, c.number, c.title, c.unit, c.stage, c.is_open, c.category, c.channel, c.hash
    FROM (SELECT case_id, at, body FROM case_event WHERE organisation = %(organisation)s AND kind = 'Linked'
          AND at >= %(since)s AND at <= %(now)s ORDER BY at DESC LIMIT %(looked_at)s) e
    JOIN case_record c ON c.id = e.case_id
    WHERE c.unit = ANY(%(units)s) AND %(person)s <> ALL (c.hidden_from) ORDER BY e.at DESC
"""


def fired(desk: Desk, units: Sequence[str], since: datetime) -> list[Fired]:
    """The cases of these units that a pattern found alike with earlier ones since then, the latest first (one query)."""
    asked = {
        "organisation": desk.directory.slug,
        "since": since,
        "now": desk.now,
        "units": list(units),
        "person": desk.actor.id,
        "looked_at": LOOKED_AT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIRED, asked)
        rows = cursor.fetchall()
    return [
        Fired(event["pattern"], at, *rest[:-1], len(event.get("cases", ())), rest[-1])
        for body, at, *rest in rows
        for event in [json.loads(body)]
    ]
