"""Cases that the clock cannot catch up: set aside, tried again ever more rarely, and told of loudly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from .models import ClockTrouble

_NOTE = """
    INSERT INTO clock_trouble (case_id, since, retry_at, tries, error)
    VALUES (%(case)s, %(now)s, %(now)s + interval '1 minute', 1, %(error)s)
    ON CONFLICT (case_id) DO UPDATE SET
        tries = clock_trouble.tries + 1, error = excluded.error,
        retry_at = %(now)s + least(interval '1 minute' * 2 ^ least(clock_trouble.tries, 10), interval '6 hours')
"""


def note(case_id: UUID, now: datetime, error: str) -> None:
    """Sets a case aside: for a minute at first, then twice as long each time, at most six hours."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"case": case_id, "now": now, "error": error[:2000]})


def over(case_ids: Iterable[UUID]) -> None:
    """These cases have been caught up: nothing is wrong with them any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM clock_trouble WHERE case_id = ANY(%s)", [list(case_ids)])


def open_trouble() -> list[ClockTrouble]:
    """The cases set aside, longest first."""
    return list(ClockTrouble.objects.order_by("since"))
