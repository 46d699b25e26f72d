"""The periods that reports cover: days, ISO weeks, months, quarters, halves and years, with their labels."""

from __future__ import annotations

from datetime import date, timedelta

from .calendar import Calendar
from .recurrence_reader import Every

Period = tuple[date, date, str]
"""First day, the day after the last, and the label."""

_ONE_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def period_before(every: Every, day: date, calendar: Calendar, year_starts: int = 1) -> Period:
    """Return the last whole period that ended before `day` or at its 00:00.

    Quarters, halves and years are those of a year that begins in month `year_starts`. For working days it runs from the last working day to `day`, so that no day off is left unreported.
    """
    if every == "day":
        return day - _ONE_DAY, day, (day - _ONE_DAY).isoformat()
    if every == "working-day":
        return _since_last_working_day(day, calendar)
    if every == "week":
        return _week_before(day)
    return _months_before(every, day, year_starts)


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


def _months_before(every: Every, day: date, year_starts: int) -> Period:
    length, shift = _MONTHS[every], year_starts - 1
    elapsed = day.year * 12 + day.month - 1 - shift
    until, first = _month(elapsed // length * length + shift), _month((elapsed // length - 1) * length + shift)
    if shift:
        return first, until, f"{first:%Y-%m}..{until - _ONE_DAY:%Y-%m}"
    number = (first.month - 1) // length + 1
    names = {
        "month": f"{first:%Y-%m}",
        "quarter": f"{first.year}-Q{number}",
        "half-year": f"{first.year}-H{number}",
    }
    return first, until, names.get(every, str(first.year))


def _month(number: int) -> date:
    """The first day of a month counted from the year 0."""
    return date(number // 12, number % 12 + 1, 1)
