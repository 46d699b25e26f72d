"""Work of one sort gathered for its own page (rounds, corrective actions, lessons): what is to be done, and what was done.

What stands on such a page is within the reader's reach: by unit, by a seat that the duty is for, or by name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from redress.policy.language.duties import Work

from ..case_file import Desk
from .reach import reach_of
from .work_item import COLUMNS, WorkItem

_MINE = """
    (d.unit = ANY(%(units)s) OR %(person)s = ANY(d.persons) OR (d.unit = ANY(%(seated)s) AND d.roles && %(roles)s::text[]))
"""
_LIVE = f"""
    SELECT {COLUMNS} FROM case_duty d JOIN case_record c ON c.id = d.case_id
    WHERE d.organisation = %(organisation)s AND d.work = %(work)s AND d.live {{within}} {{narrowed}}
          AND %(person)s <> ALL (c.hidden_from)
    ORDER BY {{order}} LIMIT %(limit)s
"""
EARLIEST = "d.due NULLS LAST, d.opened_at, d.case_id, d.key"
LATEST = "d.due DESC NULLS FIRST, d.opened_at DESC, d.case_id DESC, d.key DESC"
_DONE = f"""
    SELECT {COLUMNS} FROM case_duty d JOIN case_record c ON c.id = d.case_id
    WHERE d.organisation = %(organisation)s AND d.work = %(work)s AND d.status = 'met' AND d.met_at >= %(since)s
          {{within}} {{narrowed}} AND %(person)s <> ALL (c.hidden_from)
    ORDER BY d.met_at DESC, d.case_id, d.key LIMIT %(limit)s
"""
_MISSED = f"""
    SELECT {COLUMNS} FROM case_duty d JOIN case_record c ON c.id = d.case_id
    WHERE d.organisation = %(organisation)s AND d.work = %(work)s AND d.status = 'missed' AND d.ended_at >= %(since)s
          {{within}} {{narrowed}} AND %(person)s <> ALL (c.hidden_from)
    ORDER BY d.ended_at DESC, d.due DESC, d.case_id, d.key LIMIT %(missed_limit)s
"""
_AGAIN = """
    SELECT asked.case_id, asked.rule, again.id, again.number FROM
        unnest(%(cases)s::uuid[], %(rules)s::text[], %(units)s::text[], %(categories)s::text[], %(since)s::timestamptz[])
        AS asked(case_id, rule, unit, category, since)
    CROSS JOIN LATERAL (
        SELECT id, number FROM case_record WHERE organisation = %(organisation)s AND category = asked.category
               AND category <> '' AND unit = asked.unit AND registered_at > asked.since AND id <> asked.case_id
               AND %(person)s <> ALL (hidden_from)
        ORDER BY registered_at LIMIT %(most)s
    ) again
"""
MOST_AGAIN = 10
"""Cases after the same thing is said to have happened again so often or more."""


def to_be_done(
    desk: Desk, work: Work, unit: str = "", person: str = "", limit: int = 120, order: str = EARLIEST
) -> list[WorkItem]:
    """What is to be done of this sort, earliest due first. ``unit`` takes in those below it; ``person``: what names them.

    In the order ``LATEST`` it is what was left longest that the limit cuts off.
    """
    return _ask(_LIVE, desk, work, unit, person, limit, order)


def done_since(
    desk: Desk, work: Work, since: datetime, unit: str = "", person: str = "", limit: int = 120
) -> list[WorkItem]:
    """What was done of this sort since then, the latest first."""
    return _ask(_DONE, desk, work, unit, person, limit, since=since)


def ended_since(
    desk: Desk, work: Work, since: datetime, unit: str = "", limit: int = 120, missed_limit: int = 120
) -> list[WorkItem]:
    """What was done of this sort since then, and what was not done and has been accounted for; of each the latest (one query)."""
    return _ask(f"({_DONE}) UNION ALL ({_MISSED})", desk, work, unit, "", limit, since=since, missed_limit=missed_limit)


def again(
    desk: Desk, done: Sequence[tuple[UUID, str, str, str, datetime]]
) -> dict[tuple[UUID, str], list[tuple[UUID, str]]]:
    """(id, number) of the cases of the same category in the same unit since each action (case, rule, unit, category, done at)."""
    if not done:
        return {}
    cases, rules, units, categories, since = (list(part) for part in zip(*done, strict=True))
    asked = {"cases": cases, "rules": rules, "units": units, "categories": categories, "since": since}
    with connection.cursor() as cursor:
        cursor.execute(
            _AGAIN, {**asked, "organisation": desk.directory.slug, "person": desk.actor.id, "most": MOST_AGAIN}
        )
        found: dict[tuple[UUID, str], list[tuple[UUID, str]]] = {}
        for case_id, rule, other, number in cursor.fetchall():
            found.setdefault((case_id, rule), []).append((other, number))
        return found


def visible_units(desk: Desk) -> Collection[str]:
    """The units whose rounds and actions are somebody's business: those within reach, and those under their seats."""
    reach = reach_of(desk.pack, desk.directory, desk.actor)
    return set(reach.units).union(*(desk.directory.below(seat.unit) for seat in desk.actor.seats))


def _ask(
    sql: str, desk: Desk, work: Work, unit: str, person: str, limit: int, order: str = EARLIEST, **more: Any
) -> list[WorkItem]:
    reach = reach_of(desk.pack, desk.directory, desk.actor)
    roles = {seat.role for seat in desk.actor.seats}
    roles |= {role for seat in desk.actor.seats for role in _stood_in(desk, seat.role)}
    narrowed = " AND d.unit = ANY(%(below)s)" if unit else ""
    narrowed += " AND (d.person = %(named)s OR %(named)s = ANY(d.persons))" if person else ""
    asked = {
        "organisation": desk.directory.slug,
        "work": work,
        "person": desk.actor.id,
        "units": list(reach.units),
        "seated": sorted({below for seat in desk.actor.seats for below in desk.directory.below(seat.unit)}),
        "roles": sorted(roles),
        "below": list(desk.directory.below(unit)),
        "named": person,
        "limit": limit,
        **more,
    }
    within = "" if reach.everything else f"AND {_MINE}"
    with connection.cursor() as cursor:
        cursor.execute(sql.format(within=within, narrowed=narrowed, order=order), asked)
        return [WorkItem(*row) for row in cursor.fetchall()]


def _stood_in(desk: Desk, role: str) -> Sequence[str]:
    return desk.pack.roles[role].stands_in_for if role in desk.pack.roles else ()
