"""Spans counted in days: d, w, mo and y by the calendar, wd by working days.

Counting begins on the day after the start (Civil Code of China, art. 201) and a month without the day in
question ends on its last day (art. 202). The last day ends as the calendar's `day_ends` says (art. 203). The
"same day" is the start's own, to its close, or to 24:00 where the close is past or days end at the same time.

Pauses: a due moment in d, w, mo or y moves by exactly the time paused. A due moment in wd moves by the
working days that its pauses cover in total, a part of a day by its working time, the sum rounded up.
Only pauses that begin before the due moment, as moved so far, count.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from math import ceil

from .calendar import Calendar, Day
from .instants import midnight_of, moment_at
from .pauses import Stop
from .span import Span
from .steps import Reckoning, Step, cut_at, pause_step, reckoned, skip_step, start_step
from .units import Unit
from .working_time import days_worked

_NEXT_DAY = ("次日起算", "counting starts the next day")
_DAYS = ("按日计时", "days count")
_SAME_DAY = ("当日计时", "the day itself counts")
_WORKING_DAYS = ("工作日计时", "working days count")
_ONE_DAY = timedelta(days=1)


def reckon_days(start: datetime, span: Span, calendar: Calendar, stops: Sequence[Stop]) -> Reckoning:
    """Return the due moment of a span in d, wd, w, mo or y from `start` (UTC)."""
    count = _Working(start, span, calendar) if span.unit is Unit.WORKING_DAY else _Plain(start, span, calendar)
    due, steps, paused = count.due_after(()), count.steps(), list[Stop]()
    base = due
    for stop in stops:
        if stop.start >= due:
            break
        steps_so_far = [*steps, *_extension(base, due, paused)]
        if stop.end is None:
            held = [*cut_at(steps_so_far, stop.start), pause_step(stop)]
            return reckoned(None, count.provisional, held, calendar.tz)
        paused.append(stop)
        due = count.due_after(paused)
    return reckoned(due, count.provisional, [*steps, *_extension(base, due, paused)], calendar.tz)


def _extension(base: datetime, due: datetime, paused: Sequence[Stop]) -> Iterator[Step]:
    why = "; ".join(dict.fromkeys(stop.reason for stop in paused))
    if due > base:
        yield Step("extend", base, due, 0, f"因暂停顺延：{why}", f"moved on by pauses: {why}")


class _Plain:
    """Calendar days, weeks, months and years."""

    def __init__(self, start: datetime, span: Span, calendar: Calendar) -> None:
        self.start = start
        self.calendar = calendar
        self.first = start.astimezone(calendar.tz).date()
        self.same_day = span.same_day
        last = _last_day(self.first, int(span.amount), span.unit)
        self.base = _end_of_start(self.first, start, calendar) if self.same_day else _end(last, start, calendar)
        self.provisional = calendar.day_ends == "close" and not calendar.day(last).known

    def due_after(self, paused: Sequence[Stop]) -> datetime:
        return self.base + sum((_length(stop) for stop in paused), timedelta())

    def steps(self) -> list[Step]:
        if self.same_day:
            return [start_step(self.start), _run_step(self.start, self.base, _SAME_DAY)]
        return [*_opening(self.start, self.first, self.calendar), *self._run()]

    def _run(self) -> Iterator[Step]:
        same = self.calendar.day_ends == "same-time"
        begin = self.start if same else midnight_of(self.first + _ONE_DAY, self.calendar.tz)
        yield _run_step(begin, self.base, _DAYS)


class _Working:
    """Working days."""

    def __init__(self, start: datetime, span: Span, calendar: Calendar) -> None:
        self.start = start
        self.amount = int(span.amount)
        self.calendar = calendar
        self.first = start.astimezone(calendar.tz).date()
        self.provisional = False

    def due_after(self, paused: Sequence[Stop]) -> datetime:
        covered = sum(days_worked(stop.start, stop.end, self.calendar) for stop in paused if stop.end)
        days = self._days(self.amount + ceil(covered))
        self.provisional = not all(day.known for day in days)
        return _end_of_working_day(days[-1], self.start, self.calendar)

    def steps(self) -> list[Step]:
        return [*_opening(self.start, self.first, self.calendar, skip_start=True), *self._counted()]

    def _days(self, working: int) -> list[Day]:
        """Return the days after the start's, working or not, up to the given number of working days."""
        days: list[Day] = []
        date = self.first
        while working:
            date += _ONE_DAY
            days.append(self.calendar.day(date))
            working -= bool(days[-1].windows)
        return days

    def _counted(self) -> Iterator[Step]:
        days, tz = self._days(self.amount), self.calendar.tz
        for day in days:
            begin, end = midnight_of(day.date, tz), midnight_of(day.date + _ONE_DAY, tz)
            if day is days[-1]:
                end = _end_of_working_day(day, self.start, self.calendar)
            if not day.windows:
                yield skip_step(begin, end, day.name)
            elif end > begin:
                yield _run_step(begin, end, day.name if day.special else _WORKING_DAYS)


def _opening(start: datetime, first: date, calendar: Calendar, *, skip_start: bool = False) -> Iterator[Step]:
    yield start_step(start)
    if skip_start or calendar.day_ends != "same-time":
        yield skip_step(start, midnight_of(first + _ONE_DAY, calendar.tz), _NEXT_DAY)


def _run_step(begin: datetime, end: datetime, why: tuple[str, str]) -> Step:
    return Step("run", begin, end, int((end - begin).total_seconds() // 60), *why)


def _last_day(first: date, amount: int, unit: Unit) -> date:
    if unit in (Unit.DAY, Unit.WEEK):
        return first + amount * (_ONE_DAY if unit is Unit.DAY else 7 * _ONE_DAY)
    months = first.year * 12 + first.month - 1 + amount * (12 if unit is Unit.YEAR else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def _end(last: date, start: datetime, calendar: Calendar) -> datetime:
    if calendar.day_ends == "same-time":
        return _same_clock(last, start.astimezone(calendar.tz), calendar)
    return calendar.end_of_day(last) if calendar.day_ends == "close" else midnight_of(last + _ONE_DAY, calendar.tz)


def _end_of_start(day: date, start: datetime, calendar: Calendar) -> datetime:
    """The close of the start's own day where `day_ends` there and it is still ahead, else its 24:00."""
    close = calendar.end_of_day(day)
    ahead = calendar.day_ends == "close" and close > start
    return close if ahead else midnight_of(day + _ONE_DAY, calendar.tz)


def _end_of_working_day(day: Day, start: datetime, calendar: Calendar) -> datetime:
    """Close, 24:00, or the start's clock time moved into a window.

    A clock time between windows moves to the next one. A start on a day off counts as made at the last
    close, so that a later start is never due earlier.
    """
    if calendar.day_ends != "same-time":
        return _end(day.date, start, calendar)
    clock = start.astimezone(calendar.tz)
    if not calendar.day(clock.date()).windows:
        return calendar.end_of_day(day.date)
    same = _same_clock(day.date, clock, calendar)
    for begin, until in day.windows:
        if same <= moment_at(day.date, until, calendar.tz):
            return max(same, moment_at(day.date, begin, calendar.tz))
    return calendar.end_of_day(day.date)


def _same_clock(day: date, clock: datetime, calendar: Calendar) -> datetime:
    past_midnight = timedelta(
        hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond
    )
    whole = past_midnight // timedelta(minutes=1)
    return moment_at(day, whole, calendar.tz) + past_midnight % timedelta(minutes=1)


def _length(stop: Stop) -> timedelta:
    return stop.end - stop.start if stop.end else timedelta()
