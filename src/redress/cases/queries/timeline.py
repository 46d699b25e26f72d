"""A case's time line: its events with their places in the log and when each was recorded."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from redress.policy.engine.events import Event, decode


class Entry(NamedTuple):
    """``event.at`` is when it holds from; ``recorded_at`` when the database learnt of it."""

    seq: int
    recorded_at: datetime
    event: Event


def timeline(case_id: UUID, after: int = 0) -> list[Entry]:
    """The entries that follow on ``after`` (0: all), oldest first. Whether the reader may see them was asked by ``read``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, recorded_at, body FROM case_event WHERE case_id = %s AND seq > %s ORDER BY seq",
            [case_id, after],
        )
        return [Entry(seq, recorded_at, decode(body)) for seq, recorded_at, body in cursor.fetchall()]
