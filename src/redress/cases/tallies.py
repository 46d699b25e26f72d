"""Figures over all cases of an organisation, counted once a minute so that a board costs the same at a million cases.

Nothing here is a truth of its own: every round counts anew from ``case_record``, so a figure can only be old, never wrong;
how old is told with it. Where counting is quick, whoever looks has it done at once; else the worker does it each minute.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

QUICK = 60
"""Milliseconds up to which counting is left to whoever looks."""
WIDE_EVERY = timedelta(minutes=10)
"""How often the figures over weeks are counted; those of the day are every round."""
WEEKS = 8
"""Weeks whose same weekday says what is usual."""
RECENT = timedelta(days=30)
"""What hot spots are counted over; the thirty days before say whether they grow."""


@dataclass(frozen=True)
class Round:
    """When the figures were counted (those over weeks at ``wide_at``), and how many whole weeks there are to compare with."""

    at: datetime
    wide_at: datetime
    weeks: int
    milliseconds: int


_WAS = "SELECT at, wide_at, first_case, milliseconds FROM tally_round WHERE organisation = %s"
_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('tally ' || %s, 0))"
_FIRST = "SELECT min(registered_at) FROM case_record WHERE organisation = %s"
_KEEP = """
    INSERT INTO tally_round (organisation, at, wide_at, first_case, milliseconds)
    VALUES (%(organisation)s, %(now)s, %(wide_at)s, %(first_case)s, %(milliseconds)s)
    ON CONFLICT (organisation) DO UPDATE SET at = excluded.at, wide_at = excluded.wide_at,
        first_case = excluded.first_case, milliseconds = excluded.milliseconds
"""
_CLEAR = "DELETE FROM tally WHERE organisation = %(organisation)s AND what = ANY(%(whats)s)"
_INSERT = "INSERT INTO tally (organisation, unit, person, what, of, number) "
# Everything is counted for all (person "") and once more for each person a case is hidden from.
_FOR = "CROSS JOIN LATERAL unnest(c.hidden_from || ARRAY['']) AS person"

_OPEN = f"""
    WITH held AS MATERIALIZED (
        SELECT c.unit, person, c.kind, c.owner, c.level, c.stage, c.late_open, count(*) AS cases,
               count(*) FILTER (WHERE c.next_due >= %(now)s AND c.next_due < %(tomorrow)s) AS due
        FROM case_record c {_FOR} WHERE c.organisation = %(organisation)s AND c.is_open
        GROUP BY c.unit, person, c.kind, c.owner, c.level, c.stage, c.late_open
    )
    {_INSERT}
    SELECT %(organisation)s, held.unit, held.person, part.what, part.of, sum(part.number) FROM held
    CROSS JOIN LATERAL (VALUES
        ('open', '', CASE WHEN kind = 'complaint' THEN cases END),
        ('late', '', CASE WHEN kind = 'complaint' AND late_open > 0 THEN cases END),
        ('late-duties', '', CASE WHEN kind = 'complaint' THEN cases * late_open END),
        ('due', '', CASE WHEN kind = 'complaint' THEN due END),
        ('rounds', '', CASE WHEN kind = 'standing' THEN cases END),
        ('rounds-late', '', CASE WHEN kind = 'standing' AND late_open > 0 THEN cases END),
        ('owner', owner, CASE WHEN kind = 'complaint' THEN cases END),
        ('owner-late', owner, CASE WHEN kind = 'complaint' AND late_open > 0 THEN cases END),
        ('level', level, CASE WHEN kind = 'complaint' THEN cases END),
        ('stage', stage, CASE WHEN kind = 'complaint' THEN cases END)
    ) AS part(what, of, number)
    WHERE part.number > 0 GROUP BY held.unit, held.person, part.what, part.of
"""
_DUE = f"""
    {_INSERT}
    SELECT %(organisation)s, c.unit, person, 'due-hour', floor(extract(epoch FROM c.next_due - %(now)s) / 3600)::int, count(*)
    FROM case_record c {_FOR} WHERE c.organisation = %(organisation)s AND c.is_open AND c.kind = 'complaint'
         AND c.next_due >= %(now)s AND c.next_due < %(tomorrow)s
    GROUP BY 2, 3, 5
"""
_ARRIVED = f"""
    {_INSERT}
    SELECT %(organisation)s, c.unit, person, %(what)s, '', count(*) FROM case_record c {_FOR}
    WHERE c.organisation = %(organisation)s AND c.kind = 'complaint' AND c.registered_at >= %(since)s AND c.registered_at < %(until)s
    GROUP BY 2, 3
"""
_CLOSED = _ARRIVED.replace("c.registered_at", "c.closed_at")
_FACETS = f"""
    {_INSERT}
    SELECT %(organisation)s, found.unit, found.person, %(what)s || part.facet, part.of, sum(found.cases)
    FROM (SELECT c.unit, person, c.category, c.level, c.channel, count(*) AS cases FROM case_record c {_FOR}
          WHERE c.organisation = %(organisation)s AND c.kind = 'complaint'
                AND c.registered_at >= %(since)s AND c.registered_at < %(until)s
          GROUP BY c.unit, person, c.category, c.level, c.channel) found
    CROSS JOIN LATERAL (VALUES ('category', category), ('level', level), ('channel', channel)) AS part(facet, of)
    WHERE part.of <> '' GROUP BY found.unit, found.person, part.facet, part.of
"""
_OPEN_WHATS = [
    "open", "late", "late-duties", "due", "rounds", "rounds-late", "owner", "owner-late", "level", "stage", "due-hour",
    "arrived", "closed",
]  # fmt: skip
FACETS = ("category", "level", "channel")
"""What hot spots are looked for by."""
LATELY, BEFORE = "lately ", "before "
_WIDE_WHATS = [
    *(when + facet for when in (LATELY, BEFORE) for facet in FACETS),
    "usual-arrived",
    "usual-closed",
]


def standing(organisation: str, now: datetime, zone: ZoneInfo) -> Round:
    """The round that a page may show: counted at once where that is quick or has never been done, else the last one."""
    was = last(organisation, now)
    if was is not None and was.milliseconds > QUICK:
        return was
    return count(organisation, now, zone) or was or Round(now, now, 0, 0)


def count(organisation: str, now: datetime, zone: ZoneInfo, *, wide: bool = False) -> Round | None:
    """Counts everything anew; None where another process is just doing it. ``zone`` says when the day began."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [organisation])
        if not cursor.fetchone()[0]:
            return None
        began = time.perf_counter()
        cursor.execute(_WAS, [organisation])
        was = cursor.fetchone()
        wide = wide or was is None or was[2] is None or now - was[1] >= WIDE_EVERY or now < was[1]
        cursor.execute(_FIRST, [organisation])  # one step through the index; an import may have brought older ones
        first = cursor.fetchone()[0]
        values = {"organisation": organisation, "now": now, "tomorrow": now + timedelta(days=1)}
        _count_day(cursor, values, now, zone)
        if wide:
            _count_weeks(cursor, values, now, zone, _weeks(first, now))
        spent = int((time.perf_counter() - began) * 1000)
        wide_at = now if wide else was[1]
        cursor.execute(_KEEP, {**values, "wide_at": wide_at, "first_case": first, "milliseconds": spent})
    return Round(now, wide_at, _weeks(first, now), spent)


def last(organisation: str, now: datetime) -> Round | None:
    """The last round, however old; None where there has been none (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(_WAS, [organisation])
        was = cursor.fetchone()
    return Round(was[0], was[1], _weeks(was[2], now), was[3]) if was else None


def _weeks(first: datetime | None, now: datetime) -> int:
    return min(WEEKS, (now - first).days // 7) if first else 0


def _count_day(cursor, values: Mapping[str, object], now: datetime, zone: ZoneInfo) -> None:  # type: ignore[no-untyped-def]
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    cursor.execute(_CLEAR, {**values, "whats": _OPEN_WHATS})
    cursor.execute(_OPEN, values)
    cursor.execute(_DUE, values)
    today = {**values, "since": midnight, "until": midnight + timedelta(days=1)}
    cursor.execute(_ARRIVED, {**today, "what": "arrived"})
    cursor.execute(_CLOSED, {**today, "what": "closed"})


def _count_weeks(  # type: ignore[no-untyped-def]
    cursor, values: Mapping[str, object], now: datetime, zone: ZoneInfo, weeks: int
) -> None:
    """Categories, levels and channels of a month and of the one before; how many came and went by this time of the same weekday in past weeks."""
    cursor.execute(_CLEAR, {**values, "whats": _WIDE_WHATS})
    cursor.execute(_FACETS, {**values, "what": LATELY, "since": now - RECENT, "until": now + timedelta(days=1)})
    cursor.execute(_FACETS, {**values, "what": BEFORE, "since": now - 2 * RECENT, "until": now - RECENT})
    for what, statement in (("usual-arrived", _ARRIVED), ("usual-closed", _CLOSED)):
        for week in range(1, weeks + 1):
            then = now.astimezone(zone) - timedelta(weeks=week)
            since = then.replace(hour=0, minute=0, second=0, microsecond=0)
            cursor.execute(statement + _ADDED, {**values, "what": what, "since": since, "until": then})


_ADDED = " ON CONFLICT (organisation, unit, person, what, of) DO UPDATE SET number = tally.number + excluded.number"
