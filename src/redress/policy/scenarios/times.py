"""The moments a scenario writes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from redress.calendars import Span

CLOCK = re.compile(r"(\d{1,2}):(\d{2})$")
DAY = re.compile(r"day (\d+) (\d{1,2}:\d{2})$")


def moment(text: str, now: datetime, start: datetime, zone: ZoneInfo) -> datetime:
    """``09:10`` (today), ``+40 min``, ``day 3 09:00``, ``2026-03-04 10:00`` as an aware moment.

    Raises ``ValueError`` for anything else.
    """
    text = text.strip()
    if text.startswith("+"):
        return now + timedelta(minutes=Span.parse(text[1:].strip()).rough_minutes())
    if found := DAY.match(text):
        day = start + timedelta(days=int(found[1]) - 1)
        return _at(day, found[2])
    if CLOCK.match(text):
        return _at(now, text)
    written = datetime.fromisoformat(text)
    return written if written.tzinfo else written.replace(tzinfo=zone)


def _at(day: datetime, clock: str) -> datetime:
    hour, minute = (int(part) for part in clock.split(":"))
    if hour == 24:
        return day.replace(hour=0, minute=minute, second=0, microsecond=0) + timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)
