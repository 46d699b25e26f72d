"""A working calendar: which days and hours count, in which zone, and when a counted day ends.

Reading pack data is `calendar_reader`'s; laying a span on a calendar is `reckon`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from .calendar_reader import read_calendar
from .errors import CalendarError
from .holidays import Holidays, Name
from .hours import FULL_DAY, Windows, window_fault
from .instants import midnight_of, moment_at, to_utc

DayEnds = Literal["close", "midnight", "same-time"]
_WEEKEND = ("周末", "weekend")
_CLOSED = ("非营业日", "closed that weekday")
_OPEN = ("工作日", "working day")
_MAKEUP = ("调休上班日", "make-up working day")
_EXTRA = ("特别开放日", "extra opening")


@dataclass(frozen=True, slots=True)
class Day:
    """One date as a calendar sees it. `known` is False when its holidays are not yet published."""

    date: date
    windows: Windows
    name: Name
    known: bool

    @property
    def special(self) -> bool:
        """Whether it counts for a reason worth telling: a make-up day or an extra opening."""
        return self.name in (_MAKEUP, _EXTRA)


@dataclass(frozen=True)
class Calendar:
    """Weekly windows, holidays, closures and openings of one organisation, in one zone.

    `hours` maps weekdays 0-6 to windows in minutes of the day. Make-up days count when `makeup_days`, with
    `makeup_hours` if given, else the weekday's own windows, else Monday's. `day_ends` says when the last
    counted day ends: at its close, at 24:00, or at the clock time of the start. Raises CalendarError for
    windows that overlap, an unknown zone or a week without working time.
    """

    id: str
    hours: Mapping[int, Windows] = field(hash=False)
    zone: str = "Asia/Shanghai"
    holidays: Holidays | None = None
    makeup_days: bool = True
    closed: Mapping[date, Name] = field(default_factory=dict, hash=False)
    open: Mapping[date, Windows] = field(default_factory=dict, hash=False)
    day_ends: DayEnds = "close"
    makeup_hours: Windows | None = None

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ValueError, OSError, KeyError):
            raise CalendarError("zone", f'"{self.zone}" is not a time zone; write "Asia/Shanghai"') from None
        for day, windows in [*self.hours.items(), *self.open.items(), (0, self.makeup_hours or ())]:
            if fault := window_fault(windows):
                raise CalendarError(f"hours.{day}", fault)
        if not any(self.hours.values()):
            raise CalendarError("hours", 'no weekday has working time; write {"mon-fri": ["09:00-18:00"]}')

    @classmethod
    def natural(cls) -> Calendar:
        """Return the round-the-clock calendar: 24 hours, 7 days, no holidays, Asia/Shanghai."""
        return _natural()

    @classmethod
    def parse(cls, data: Mapping[str, object], id: str | None = None) -> Calendar:
        """Read a calendar from pack data; CalendarError with the `key` at fault and what is allowed.

        `id` names it unless the data has its own "id".
        """
        fields = read_calendar(data)
        return cls(**{"id": id or "calendar", **fields})

    @property
    def tz(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.zone)

    def day(self, day: date) -> Day:
        """Say how that date counts: an own opening or closure first, then holidays, then the week."""
        if day in self.open:
            return Day(day, tuple(self.open[day]), _EXTRA, True)
        if day in self.closed:
            return Day(day, (), self.closed[day], True)
        if self.holidays is None:
            return self._weekly(day, known=True)
        if name := self.holidays.name_of(day):
            return Day(day, (), name, True)
        if self.makeup_days and self.holidays.is_makeup(day) and (windows := self._makeup_windows(day)):
            return Day(day, windows, _MAKEUP, True)
        return self._weekly(day, known=self.holidays.covers(day))

    def end_of_day(self, day: date) -> datetime:
        """Return, in UTC, the close of business of that date, or its 24:00 if it has no windows."""
        windows = self.day(day).windows
        return moment_at(day, windows[-1][1], self.tz) if windows else midnight_of(day + timedelta(1), self.tz)

    def _weekly(self, day: date, known: bool) -> Day:
        weekday = day.weekday()
        windows = tuple(self.hours.get(weekday, ()))
        name = _OPEN if windows else _WEEKEND if weekday >= 5 else _CLOSED
        return Day(day, windows, name, known)

    def _makeup_windows(self, day: date) -> Windows:
        usual = tuple(self.hours.get(day.weekday(), ())) or tuple(self.hours.get(0, ()))
        return self.makeup_hours or usual


def is_working(moment: datetime, calendar: Calendar) -> bool:
    """Say whether `moment` (aware; else ValueError) lies in a working window, its end excluded."""
    instant, tz = to_utc(moment), calendar.tz
    day = instant.astimezone(tz).date()
    return any(
        moment_at(day, begin, tz) <= instant < moment_at(day, until, tz) for begin, until in calendar.day(day).windows
    )


@lru_cache(maxsize=1)
def _natural() -> Calendar:
    return Calendar("natural", {weekday: FULL_DAY for weekday in range(7)})
