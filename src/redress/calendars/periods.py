"""The periods that reports cover: days, ISO weeks, months, quarters, halves and years, with their labels."""

from __future__ import annotations

from datetime import date, timedelta

from .calendar import Calendar
from .recurrence_reader import Every

Period = tuple[date, date, str]
"""First day, the day after the last, and the label."""

_ONE_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def period_before(every: Every, day: date, calendar: Calendar) -> Period:
    """Return the last whole period that ended before `day` or at its 00:00.

    For working days it runs from the last working day to `day`, so that no day off is left unreported.
    """
    if every == "day":
        return day - _ONE_DAY, day, (day - _ONE_DAY).isoformat()
    if every == "working-day":
        return _since_last_working_day(day, calendar)
    if every == "week":
        return _week_before(day)
    return _months_before(every, day)


def _since_last_working_day(day: date, calendar: Calendar) -> Period:
    last = day - _ONE_DAY
    while not calendar.day(last).windows:
        last -= _ONE_DAY
    return last, day, last.isoformat()


def _week_before(day: date) -> Period:
    until = day - day.weekday() * _ONE_DAY
    first = until - 7 * _ONE_DAY
    year, week, _ = first.isocalendar()
    return first, until, f"{year}-W{week:02d}"


def _months_before(every: Every, day: date) -> Period:
    length = _MONTHS[every]
    until = date(day.year, (day.month - 1) // length * length + 1, 1)
    year, month = divmod(until.year * 12 + until.month - 1 - length, 12)
    number = month // length + 1
    names = {
        "month": f"{year}-{number:02d}",
        "quarter": f"{year}-Q{number}",
        "half-year": f"{year}-H{number}",
    }
    return date(year, month + 1, 1), until, names.get(every, str(year))
