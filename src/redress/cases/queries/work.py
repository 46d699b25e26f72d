"""My work: the duties that fall to somebody, late ones first, then by due time."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from ..case_file import Desk
from .reach import seated_work

COUNTED = 1000
"""Counts go no further: whoever has a thousand duties is told "1000 or more"."""


class WorkItem(NamedTuple):
    """A duty to be done. Its words are in the pack of ``pack_hash`` under ``rule``; ``start`` may lie ahead (``waiting``)."""

    case_id: UUID
    key: str
    rule: str
    roles: list[str]
    unit: str
    person: str
    status: str
    start: datetime
    due: datetime | None
    late_at: datetime | None
    provisional: bool
    paused: bool
    number: str
    kind: str
    subject: str
    title: str
    stage: str
    level: str
    case_unit: str
    seq: int
    pack_hash: str


class Counts(NamedTuple):
    """Duties to be done, and how many of them are past their due time; both stop at ``COUNTED``."""

    open: int
    late: int


# Which role lists have open duties: one step through the index for each, not one per duty.
_WHOS = """
    WITH RECURSIVE found AS (
        (SELECT who FROM case_duty WHERE organisation = %(organisation)s AND live ORDER BY who LIMIT 1)
        UNION ALL
        SELECT (SELECT d.who FROM case_duty d
                WHERE d.organisation = %(organisation)s AND d.live AND d.who > found.who ORDER BY d.who LIMIT 1)
        FROM found WHERE found.who IS NOT NULL
    )
    SELECT who FROM found WHERE who IS NOT NULL
"""
# The n earliest duties lie in the n pairs whose own earliest duty is earliest.
_SEATED = """
    SELECT d.case_id, d.key FROM (
        SELECT pairs.who, pairs.unit, first.due
        FROM unnest(%(whos)s::text[], %(units)s::text[]) AS pairs(who, unit)
        CROSS JOIN LATERAL (
            SELECT due FROM case_duty
            WHERE organisation = %(organisation)s AND who = pairs.who AND unit = pairs.unit AND live AND person = ''
            ORDER BY due LIMIT 1
        ) first
        ORDER BY first.due LIMIT %(limit)s
    ) pair
    CROSS JOIN LATERAL (
        SELECT case_id, key FROM case_duty
        WHERE organisation = %(organisation)s AND who = pair.who AND unit = pair.unit AND live AND person = ''
        ORDER BY due LIMIT %(limit)s
    ) d
"""
# Almost every duty that is for somebody by name names one or two people: an index in due order for each of these places.
_PLACES = (
    "persons[1] = %(person)s AND live AND cardinality(persons) > 0",
    "persons[2] = %(person)s AND live AND cardinality(persons) > 1",
)
_FURTHER = "persons @> ARRAY[%(person)s]::text[] AND live AND cardinality(persons) > 2"
_NAMED = " UNION ".join(
    f"""(SELECT case_id, key FROM case_duty WHERE organisation = %(organisation)s AND {place} ORDER BY due LIMIT %(limit)s)"""
    for place in (*_PLACES, _FURTHER)
)
_WORK = f"""
    WITH mine AS MATERIALIZED ({_SEATED} UNION {_NAMED})
    SELECT d.case_id, d.key, d.rule, d.roles, d.unit, d.person, d.status, d.start, d.due, d.late_at, d.provisional,
           d.paused, c.number, c.kind, c.subject, c.title, c.stage, c.level, c.unit, c.seq, c.hash
    FROM mine JOIN case_duty d USING (case_id, key) JOIN case_record c ON c.id = d.case_id
    WHERE %(person)s <> ALL (c.hidden_from)
    ORDER BY d.due, d.opened_at, d.case_id, d.key LIMIT %(limit)s
"""
_COUNT = """
    SELECT count(*) FROM (
        (SELECT d.case_id, d.key FROM unnest(%(whos)s::text[], %(units)s::text[]) AS pairs(who, unit)
         CROSS JOIN LATERAL (
             SELECT case_id, key FROM case_duty
             WHERE organisation = %(organisation)s AND who = pairs.who AND unit = pairs.unit AND live
                   AND person = '' {late}
             LIMIT %(most)s
         ) d LIMIT %(most)s)
        UNION {named}
    ) duties
"""
_COUNT_NAMED = " UNION ".join(
    f"(SELECT case_id, key FROM case_duty WHERE organisation = %(organisation)s AND {place} {{late}} LIMIT %(most)s)"
    for place in (*_PLACES, _FURTHER)
)


def _count(late: str) -> str:
    return _COUNT.format(late=late, named=_COUNT_NAMED.format(late=late))


_COUNTS = f"SELECT ({_count('')}), ({_count('AND due <= %(now)s')})"


def my_work(desk: Desk, limit: int = 50) -> list[WorkItem]:
    """The duties that fall to whoever sits at the desk, earliest due first (so late ones lead); undated ones last."""
    with connection.cursor() as cursor:
        cursor.execute(_WORK, {**_mine(cursor, desk), "limit": limit})
        return [WorkItem(*row) for row in cursor.fetchall()]


def counts(desk: Desk) -> Counts:
    """How many duties fall to whoever sits at the desk."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {**_mine(cursor, desk), "now": desk.now, "most": COUNTED})
        opened, late = cursor.fetchone()
    return Counts(min(opened, COUNTED), min(late, COUNTED))


def _mine(cursor: Any, desk: Desk) -> dict[str, Any]:
    cursor.execute(_WHOS, {"organisation": desk.directory.slug})
    pairs = seated_work(desk.pack, desk.directory, desk.actor, (who for (who,) in cursor.fetchall()))
    return {
        "organisation": desk.directory.slug,
        "person": desk.actor.id,
        "whos": [who for who, _ in pairs],
        "units": [unit for _, unit in pairs],
    }
