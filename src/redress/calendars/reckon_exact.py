"""Spans counted to the minute: min and h round the clock, wh in working windows only.

A pause stops the count exactly: paused minutes are not counted, whatever the hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from .calendar import Calendar
from .instants import MINUTE
from .pauses import Stop
from .steps import Reckoning, Step, due_step, pause_step, reckoned, start_step
from .working_time import Interval, gap_steps, working_intervals

_RUNS = ("计时", "the clock runs")
_WORKS = ("工作时间计时", "working time counts")


def reckon_plain_minutes(start: datetime, minutes: int, calendar: Calendar) -> Reckoning:
    """Return the due moment of round-the-clock minutes without pauses: the common case, kept fast."""
    due = (start + timedelta(minutes=minutes)).astimezone(calendar.tz)
    begin = start.astimezone(calendar.tz)
    run = Step("run", begin, due, minutes, *_RUNS)
    return Reckoning(due, False, (start_step(begin), run, due_step(due)))


def reckon_exact(
    start: datetime, minutes: int, calendar: Calendar, stops: Sequence[Stop], *, working: bool
) -> Reckoning:
    """Return the due moment of `minutes` from `start` (UTC), of working time only if `working`."""
    count = _Count(start, minutes * MINUTE, calendar, working)
    for stop in stops:
        count.run_until(stop.start)
        if not count.left:
            break
        count.steps.append(pause_step(stop))
        if stop.end is None:
            return reckoned(None, count.provisional, count.steps, calendar.tz)
        count.cursor = stop.end
    count.run_until(None)
    return reckoned(count.cursor, count.provisional, count.steps, calendar.tz)


class _Count:
    """A count under way: where it stands, how much is left, and its steps so far."""

    def __init__(self, start: datetime, left: timedelta, calendar: Calendar, working: bool) -> None:
        self.cursor = start
        self.left = left
        self.total = left
        self.calendar = calendar
        self.working = working
        self.provisional = False
        self.steps = [start_step(start)]

    def run_until(self, until: datetime | None) -> None:
        """Count on until nothing is left or `until` is reached."""
        if not self.working:
            end = self.cursor + self.left
            self._run(min(until, end) if until else end, _RUNS)
            return
        for interval in self._intervals():
            begin = min(interval.start, until) if until else interval.start
            self.steps += gap_steps(self.cursor, begin, interval.off, self.calendar)
            self.cursor = begin
            end = min(interval.end, begin + self.left, until or interval.end)
            if end > begin:
                self._run(end, interval.day.name if interval.day.special else _WORKS)
            if not self.left or self.cursor == until:
                return

    def _intervals(self) -> Iterator[Interval]:
        for interval in working_intervals(self.cursor, self.calendar) if self.left else ():
            self.provisional |= not all(day.known for day in (*interval.off, interval.day))
            yield interval

    def _run(self, end: datetime, why: tuple[str, str]) -> None:
        before = (self.total - self.left) // MINUTE
        self.left -= end - self.cursor
        counted = (self.total - self.left) // MINUTE - before
        if end > self.cursor:
            self.steps.append(Step("run", self.cursor, end, counted, *why))
        self.cursor = end
