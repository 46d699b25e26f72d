"""Dates and minutes of the day turned into instants. Elapsed time is only ever measured in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def to_utc(moment: datetime) -> datetime:
    """Return `moment` in UTC; ValueError if it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; pass an aware datetime")
    return moment.astimezone(UTC)


def moment_at(day: date, minutes: int, tz: ZoneInfo) -> datetime:
    """Return, in UTC, the instant when clocks in `tz` show that minute (0-1440) of `day`."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=tz).astimezone(UTC)


def midnight_of(day: date, tz: ZoneInfo) -> datetime:
    """Return, in UTC, the instant at which `day` begins."""
    return moment_at(day, 0, tz)
