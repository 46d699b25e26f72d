"""My work: the duties that fall to somebody, late ones first, then by due time; whole or narrowed to a part of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection

from redress.policy.engine.world import Actor

from ..case_file import Desk
from .reach import seated_work
from .work_item import COLUMNS, WorkItem

COUNTED = 1000
"""Counts go no further: whoever has a thousand duties is told "1000 or more"."""


class Narrow(NamedTuple):
    """A part of somebody's work: what is their ``own`` or falls to them for ``others``; of one unit with those below it; of one
    sort of work (``policy.language.duties.Work``). Empty: all of it."""

    whose: str = ""
    unit: str = ""
    work: str = ""


ALL = Narrow()


class Counts(NamedTuple):
    """Duties to be done, and how many of them are past their due time; both stop at ``COUNTED``."""

    open: int
    late: int


class Glance(NamedTuple):
    """What the navigation shows of somebody's work; each number stops at ``COUNTED``."""

    open: int
    late: int
    approvals: int
    callbacks: int


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
            WHERE organisation = %(organisation)s AND who = pairs.who AND unit = pairs.unit AND live AND person = '' {more}
            ORDER BY due LIMIT 1
        ) first
        ORDER BY first.due LIMIT %(limit)s
    ) pair
    CROSS JOIN LATERAL (
        SELECT case_id, key FROM case_duty
        WHERE organisation = %(organisation)s AND who = pair.who AND unit = pair.unit AND live AND person = '' {more}
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
    f"(SELECT case_id, key FROM case_duty WHERE organisation = %(organisation)s AND {place} {{more}} ORDER BY due LIMIT %(limit)s)"
    for place in (*_PLACES, _FURTHER)
)
_WORK = f"""
    WITH mine AS MATERIALIZED ({{mine}})
    SELECT {COLUMNS}
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
                   AND person = '' {more}
             LIMIT %(most)s
         ) d LIMIT %(most)s)
        UNION {named}
    ) duties
"""
_COUNT_NAMED = " UNION ".join(
    f"(SELECT case_id, key FROM case_duty WHERE organisation = %(organisation)s AND {place} {{more}} LIMIT %(most)s)"
    for place in (*_PLACES, _FURTHER)
)


def _count(more: str) -> str:
    return _COUNT.format(more=more, named=_COUNT_NAMED.format(more=more))


_LATE = "AND due <= %(now)s"
_COUNTS = f"SELECT ({_count('')}), ({_count(_LATE)})"
# "work <> ''" says nothing new; it lets the small index over sorts of work be used.
_SORT = "AND work <> '' AND work = "
_GLANCE = (
    f"""SELECT ({_count("")}), ({_count(_LATE)}), ({_count(_SORT + "'approval'")}), ({_count(_SORT + "'callback'")})"""
)


def my_work(desk: Desk, limit: int = 50, narrow: Narrow = ALL) -> list[WorkItem]:
    """The duties that fall to whoever sits at the desk, earliest due first (so late ones lead); undated ones last."""
    more = (f"{_SORT}%(work)s" if narrow.work else "") + (" AND unit = ANY(%(inside)s)" if narrow.unit else "")
    parts = [_SEATED] if narrow.whose == "others" else [_SEATED, _NAMED]
    asked = _WORK.format(mine=" UNION ".join(part.format(more=more) for part in parts))
    with connection.cursor() as cursor:
        cursor.execute(asked, {**_mine(cursor, desk, narrow), "limit": limit})
        return [WorkItem(*row) for row in cursor.fetchall()]


def counts(desk: Desk) -> Counts:
    """How many duties fall to whoever sits at the desk."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {**_mine(cursor, desk), "now": desk.now, "most": COUNTED})
        opened, late = cursor.fetchone()
    return Counts(min(opened, COUNTED), min(late, COUNTED))


def glance(desk: Desk) -> Glance:
    """How much waits for whoever sits at the desk, by the places where it is done."""
    with connection.cursor() as cursor:
        cursor.execute(_GLANCE, {**_mine(cursor, desk), "now": desk.now, "most": COUNTED})
        return Glance(*(min(number, COUNTED) for number in cursor.fetchone()))


def _mine(cursor: Any, desk: Desk, narrow: Narrow = ALL) -> dict[str, Any]:
    cursor.execute(_WHOS, {"organisation": desk.directory.slug})
    inside = desk.directory.below(narrow.unit) if narrow.unit else ()
    pairs = [
        (who, unit)
        for who, unit in seated_work(
            desk.pack, desk.directory, _seated(desk.actor, narrow), (who for (who,) in cursor.fetchall())
        )
        if not narrow.unit or unit in inside
    ]
    return {
        "organisation": desk.directory.slug,
        "person": desk.actor.id,
        "whos": [who for who, _ in pairs],
        "units": [unit for _, unit in pairs],
        "inside": list(inside),
        "work": narrow.work,
    }


def _seated(actor: Actor, narrow: Narrow) -> Actor:
    """The actor with the seats that count: their own, or those they hold for others."""
    if not narrow.whose:
        return actor
    return Actor(
        actor.id, frozenset(seat for seat in actor.seats if bool(seat.for_person) == (narrow.whose == "others"))
    )
