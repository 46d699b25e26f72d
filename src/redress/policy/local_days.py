"""The organisation's own days on top of the pack's calendars: closed, open besides, and other hours, for all or for one unit.

They stand among the organisation's settings under ``LOCAL``, each entry in the words of a calendar (``closed``, ``open``,
``hours``) with the calendar and the unit it is for ("" for all), and so they are part of the pack's content hash: a case
keeps the days that were known when it was registered, until it is moved by an act of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from redress.calendars import Calendar

LOCAL = "@calendars"
"""No parameter can have this id."""
AT = "@"
"""Between a calendar and the unit that has its own days or hours: ``office@east``."""


def with_local_days(written: Mapping[str, Mapping[str, Any]], settings: Mapping[str, Any]) -> dict[str, Calendar]:
    """The pack's calendars under the organisation's own days; ``calendar@unit`` where a unit differs.

    Entries for calendars that the pack has no more are passed over. Raises ``CalendarError``.
    """
    entries: list[Mapping[str, Any]] = [entry for entry in settings.get(LOCAL, ()) if entry["calendar"] in written]
    house = {
        name: _laid_over(data, (entry for entry in entries if entry["calendar"] == name and not entry.get("unit")))
        for name, data in written.items()
    }
    calendars = {name: Calendar.parse(data, name) for name, data in house.items()}
    for entry in entries:
        if entry.get("unit"):
            name = entry["calendar"] + AT + entry["unit"]
            calendars[name] = Calendar.parse(_laid_over(house[entry["calendar"]], [entry]), name)
    return calendars


def canonical(value: Any) -> str:
    """A setting as it counts for the hash: the same for the same contents, in whatever order they were kept."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)


def _laid_over(base: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Whatever an entry says of a day counts before what was said of it below."""
    data = dict(base)
    closed = {str(day["date"]): day for day in base.get("closed", ())}
    opened = {str(day["date"]): day for day in base.get("open", ())}
    for entry in entries:
        for day in entry.get("closed", ()):
            closed[str(day["date"])] = day
            opened.pop(str(day["date"]), None)
        for day in entry.get("open", ()):
            opened[str(day["date"])] = day
            closed.pop(str(day["date"]), None)
        if entry.get("hours"):
            data["hours"] = entry["hours"]
    return {**data, "closed": list(closed.values()), "open": list(opened.values())}
