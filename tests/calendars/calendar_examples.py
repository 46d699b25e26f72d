"""The calendars that the tests in this folder speak of."""

from datetime import datetime
from zoneinfo import ZoneInfo

from redress.calendars import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
SPLIT_SHIFT = {"mon-fri": ["09:00-12:00", "13:30-18:00"]}


def office(**changes: object) -> Calendar:
    """A Chinese office with a lunch break that works on make-up days, unless `changes` say otherwise."""
    return Calendar.parse({"hours": SPLIT_SHIFT, "holidays": "cn", "makeup_days": True} | changes)


def at(text: str) -> datetime:
    """Return the moment "2026-10-01 09:00" names in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
