"""Reading the event log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg

from redress.policy.engine.events import Event, decode

_AFTER = "SELECT body FROM case_event WHERE case_id = %s AND seq > %s ORDER BY seq"


def events_after(cursor: psycopg.Cursor[Any], case_id: UUID, seq: int) -> list[Event]:
    """The events of a case that follow on event ``seq`` (0: all), oldest first."""
    return [decode(body) for (body,) in cursor.execute(_AFTER, [case_id, seq]).fetchall()]
