"""Callbacks of a month: how many were made in time, reached the customer, found them satisfied; and the cases behind each figure."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from ..case_file import Desk
from .reach import Reach, reach_of

COUNTED = 50_000
"""A month's callbacks are counted so far."""
REACHED = ("reached", "satisfied", "dissatisfied")


class Rates(NamedTuple):
    """Of the callbacks that fell due since the month began, those made in time; of those made whose outcome is known, those that
    reached the customer; of those where the customer said so, the satisfied."""

    due: int
    in_time: int
    known: int
    reached: int
    told: int
    satisfied: int


class Behind(NamedTuple):
    """A callback behind a figure."""

    case_id: UUID
    key: str
    rule: str
    unit: str
    due: datetime | None
    met_at: datetime | None
    late_by: int
    outcome: str
    number: str
    title: str
    pack_hash: str


_DUE = """
    organisation = %(organisation)s AND work = 'callback' AND due >= %(since)s AND due <= %(now)s AND status <> 'cancelled'
    {within}
"""
_MET = "organisation = %(organisation)s AND work = 'callback' AND status = 'met' AND met_at >= %(since)s {within}"
_RATES = f"""
    WITH due AS (SELECT met_at IS NOT NULL AND met_at < due AS in_time FROM case_duty WHERE {_DUE} LIMIT %(counted)s),
         made AS (SELECT outcome FROM case_duty WHERE {_MET} AND outcome <> '' LIMIT %(counted)s)
    SELECT (SELECT count(*) FROM due), (SELECT count(*) FROM due WHERE in_time),
           count(*), count(*) FILTER (WHERE outcome = ANY(%(reached)s)),
           count(*) FILTER (WHERE outcome IN ('satisfied', 'dissatisfied')), count(*) FILTER (WHERE outcome = 'satisfied')
    FROM made
"""
_BEHIND = """
    SELECT d.case_id, d.key, d.rule, d.unit, d.due, d.met_at, d.late_by, d.outcome, c.number, c.title, c.hash
    FROM (SELECT * FROM case_duty WHERE {picked} ORDER BY {order} DESC LIMIT %(limit)s) d
    JOIN case_record c ON c.id = d.case_id
    WHERE %(person)s <> ALL (c.hidden_from) ORDER BY d.{order} DESC
"""
LISTS = {
    "late": (_DUE + " AND (met_at IS NULL OR met_at >= due)", "due"),
    "unreached": (_MET + " AND outcome = 'unreached'", "met_at"),
    "dissatisfied": (_MET + " AND outcome = 'dissatisfied'", "met_at"),
}
"""The exceptions behind each rate: (which callbacks, by which time)."""


def rates(desk: Desk, since: datetime) -> Rates | None:
    """The figures within the reader's reach (one query); None where they reach no unit."""
    reach = reach_of(desk.pack, desk.directory, desk.actor)
    if not reach.units:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_RATES.format(within=_within(reach)), _asked(desk, reach, since))
        return Rates(*cursor.fetchone())


def behind(desk: Desk, name: str, since: datetime, limit: int = 50) -> list[Behind]:
    """The callbacks that kept a rate from being whole (``name`` of ``LISTS``), the latest first (one query)."""
    reach = reach_of(desk.pack, desk.directory, desk.actor)
    if not reach.units:
        return []
    picked, order = LISTS[name]
    asked = _BEHIND.format(picked=picked.format(within=_within(reach)), order=order)
    with connection.cursor() as cursor:
        cursor.execute(asked, {**_asked(desk, reach, since), "limit": limit})
        return [Behind(*row) for row in cursor.fetchall()]


def _within(reach: Reach) -> str:
    return "" if reach.everything else "AND unit = ANY(%(units)s)"


def _asked(desk: Desk, reach: Reach, since: datetime) -> dict[str, Any]:
    return {
        "organisation": desk.directory.slug,
        "person": desk.actor.id,
        "since": since,
        "now": desk.now,
        "units": list(reach.units),
        "reached": list(REACHED),
        "counted": COUNTED,
    }
