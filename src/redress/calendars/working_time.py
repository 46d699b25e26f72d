"""The working time of a calendar as a stream of intervals, and the names of the stretches between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from .calendar import Calendar, Day
from .instants import MINUTE, midnight_of, moment_at, to_utc
from .steps import Step, skip_step

_TICK = timedelta(microseconds=1)
OUTSIDE_HOURS = ("非营业时间", "outside working hours")


@dataclass(frozen=True, slots=True)
class Interval:
    """A working window on a real day, in UTC, after `off`: the days without working time since the last."""

    start: datetime
    end: datetime
    day: Day
    off: tuple[Day, ...]


def working_intervals(start: datetime, calendar: Calendar) -> Iterator[Interval]:
    """Yield working intervals from `start` (UTC) on without end, the first one clipped to `start`."""
    tz, off = calendar.tz, list[Day]()
    date = start.astimezone(tz).date()
    while True:
        day = calendar.day(date)
        if not day.windows:
            off.append(day)
        for begin, until in day.windows:
            end = moment_at(date, until, tz)
            if end > start:
                yield Interval(max(moment_at(date, begin, tz), start), end, day, tuple(off))
            off.clear()
        date += timedelta(days=1)


def working_minutes_between(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Return the whole working minutes from `start` to `end`; 0 if `end` is not later. Both aware."""
    first, last = to_utc(start), to_utc(end)
    total = timedelta()
    for interval in working_intervals(first, calendar):
        if interval.start >= last:
            break
        total += min(interval.end, last) - interval.start
    return total // MINUTE


def days_worked(start: datetime, end: datetime, calendar: Calendar) -> Fraction:
    """Return how many working days lie between two UTC instants, a part of a day by its working time."""
    tz, total = calendar.tz, Fraction()
    date, last = start.astimezone(tz).date(), end.astimezone(tz).date()
    while date <= last:
        day = calendar.day(date)
        spans = [(moment_at(date, a, tz), moment_at(date, b, tz)) for a, b in day.windows]
        whole = sum((b - a for a, b in spans), timedelta())
        covered = sum((max(min(b, end) - max(a, start), timedelta()) for a, b in spans), timedelta())
        total += Fraction(covered // _TICK, whole // _TICK) if whole else 0
        date += timedelta(days=1)
    return total


def gap_steps(start: datetime, end: datetime, off: tuple[Day, ...], calendar: Calendar) -> Iterator[Step]:
    """Yield the skips from `start` to `end` (UTC).

    Days off lend their name to the evening before and the morning after; without any, the time simply
    lies outside working hours.
    """
    if not off:
        if start < end:
            yield skip_step(start, end, OUTSIDE_HOURS)
        return
    for day, following in zip(off, [*off[1:], None], strict=True):
        until = min(midnight_of(following.date, calendar.tz), end) if following else end
        if start < until:
            yield skip_step(start, until, day.name)
        start = max(start, until)
