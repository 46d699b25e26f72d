"""Work that comes back: every working day, every Monday, the first working day of each quarter.

Which period an occurrence reports on is `periods`' to say.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Self

from .calendar import Calendar
from .instants import moment_at, to_utc
from .periods import period_before
from .recurrence_reader import Every, On, read_recurrence

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When something comes back.

    `on` is a weekday 0-6 for weeks, else a day of the month (clipped to short months), "last",
    "first-working-day" or dates of the year; `months` are those it falls in; `at` is the minute of the day;
    `year_starts` is the month in which the year begins whose quarters and halves it reports on.
    """

    every: Every
    on: On
    months: tuple[int, ...]
    at: int
    year_starts: int = 1

    @classmethod
    def parse(cls, data: Mapping[str, object]) -> Self:
        """Read pack data such as {"every": "quarter", "on": "first-working-day", "at": "09:00"}.

        Without "at" it is 09:00; without "on", Monday or the 1st. RecurrenceError with the `key` at fault.
        """
        return cls(*read_recurrence(data))

    def next_after(self, moment: datetime, calendar: Calendar) -> datetime:
        """Return the first occurrence strictly after `moment`, in the calendar's zone.

        ValueError for a naive moment.
        """
        instant, tz = to_utc(moment), calendar.tz
        for day in self._dates_from(instant.astimezone(tz).date(), calendar):
            occurrence = moment_at(day, self.at, tz)
            if occurrence > instant:
                return occurrence.astimezone(tz)
        raise AssertionError("a recurrence has no end")

    def period_of(self, occurrence: datetime, calendar: Calendar) -> tuple[datetime, datetime, str]:
        """Return (start, end, label) of the last whole period that ended before the day of `occurrence`.

        The end is excluded. Labels: "2026-11-21", "2026-W47", "2026-10", "2026-Q3", "2026-H1", "2026"; "2025-12..2026-05" where
        the year does not start in January.
        """
        day = to_utc(occurrence).astimezone(calendar.tz).date()
        first, until, label = period_before(self.every, day, calendar, self.year_starts)
        begin, end = (moment_at(edge, 0, calendar.tz).astimezone(calendar.tz) for edge in (first, until))
        return begin, end, label

    def _dates_from(self, day: date, calendar: Calendar) -> Iterator[date]:
        if self.every == "day":
            yield from (day + n * _ONE_DAY for n in count())
        elif self.every == "working-day":
            yield from (_working_day_from(day + n * _ONE_DAY, calendar) for n in count())
        elif self.every == "week":
            monday = day - day.weekday() * _ONE_DAY
            yield from (self._in_week(monday + 7 * n * _ONE_DAY, calendar) for n in count())
        else:
            for year in count(day.year):
                yield from self._in_year(year, calendar)

    def _in_week(self, monday: date, calendar: Calendar) -> date:
        if isinstance(self.on, int):
            return monday + self.on * _ONE_DAY
        return _working_day_from(monday, calendar)

    def _in_year(self, year: int, calendar: Calendar) -> list[date]:
        if isinstance(self.on, tuple):
            return [_clipped(year, month, day) for month, day in self.on]
        if self.on == "first-working-day":
            return [_working_day_from(date(year, month, 1), calendar) for month in self.months]
        return [_clipped(year, month, self.on if isinstance(self.on, int) else 31) for month in self.months]


def _clipped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _working_day_from(day: date, calendar: Calendar) -> date:
    while not calendar.day(day).windows:
        day += _ONE_DAY
    return day
