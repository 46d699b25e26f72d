"""The working calendars of the policy: the hours of a week, and the days of this year and the next as they count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from redress.calendars import Calendar
from redress.calendars.hours import clock
from redress.policy.language.pack import Calendar as WrittenCalendar
from redress.policy.pack import Pack
from redress.web.plain_words import names
from redress.web.plain_words.recurrences import DAYS

CELL = 13


@dataclass(frozen=True)
class Square:
    """A day in the picture of its year: where it stands, and how it counts (work, off, holiday, makeup, unknown)."""

    x: int
    y: int
    sort: str
    words: str


@dataclass(frozen=True)
class Special:
    """Days that do not count as their weekday would: from, to (both included), and why."""

    first: date
    last: date
    name: str
    sort: str


@dataclass(frozen=True)
class Year:
    """A year; ``published`` says whether its holidays are known."""

    year: int
    published: bool
    squares: tuple[Square, ...]
    months: tuple[tuple[int, int], ...]
    specials: tuple[Special, ...]
    width: int


@dataclass(frozen=True)
class DrawnCalendar:
    """A calendar in words and pictures; ``week`` gives for each weekday its windows in percent of the day, and in words."""

    id: str
    name: str
    own: bool
    zone: str
    always: bool
    week: tuple[tuple[str, tuple[tuple[float, float], ...], str], ...]
    day_ends: str
    holidays: bool
    published: tuple[date, date] | None
    years: tuple[Year, ...]
    clauses: tuple[str, ...]


def calendars(pack: Pack, today: date) -> list[DrawnCalendar]:
    """Every calendar of the pack, its own first."""
    written = {rule.id: rule for rule in pack.source.of(WrittenCalendar)}
    found = [_drawn(pack, rule, pack.calendars[name], today) for name, rule in written.items()]
    return sorted(found, key=lambda calendar: not calendar.own)


def _drawn(pack: Pack, rule: WrittenCalendar, calendar: Calendar, today: date) -> DrawnCalendar:
    week = tuple(
        (
            str(DAYS[weekday]),
            tuple((round(a / 14.4, 2), round((b - a) / 14.4, 2)) for a, b in calendar.hours.get(weekday, ())),
            names.joined(f"{clock(a)}–{clock(b)}" for a, b in calendar.hours.get(weekday, ())) or _("不计"),
        )
        for weekday in range(7)
    )
    always = all(calendar.hours.get(day) == ((0, 1440),) for day in range(7)) and calendar.holidays is None
    ends = {
        "close": _("以工作日计的期限，到最后一天下班时为止"),
        "midnight": _("以工作日计的期限，到最后一天 24:00 为止"),
        "same-time": _("以工作日计的期限，到最后一天的同一时刻为止"),
    }[calendar.day_ends]
    special = not always or calendar.closed or calendar.open
    name = names.said(rule.text) if rule.zh or rule.en else (_("全天候") if always else rule.id)
    return DrawnCalendar(
        rule.id, name, rule.id == pack.head.calendar, calendar.zone, always, week, "" if always else ends,
        calendar.holidays is not None,
        (calendar.holidays.first, calendar.holidays.last) if calendar.holidays else None,
        tuple(_year(calendar, year) for year in (today.year, today.year + 1)) if special else (), rule.clauses,
    )  # fmt: skip


def _year(calendar: Calendar, year: int) -> Year:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    squares, months, specials = [], [], []
    for day in days:
        told = calendar.day(day)
        column = (day.timetuple().tm_yday - 1 + first.weekday()) // 7
        sort = _sort(calendar, day)
        name = names.chosen(told.name[0], told.name[1])
        squares.append(Square(column * CELL, day.weekday() * CELL + 16, sort, f"{day.isoformat()} {name}"))
        if day.day == 1:
            months.append((day.month, column * CELL))
        if sort in ("holiday", "makeup"):
            last = specials[-1] if specials else None
            if last and last.name == name and last.sort == sort and last.last + timedelta(days=1) == day:
                specials[-1] = Special(last.first, day, name, sort)
            else:
                specials.append(Special(day, day, name, sort))
    known = calendar.holidays is None or calendar.holidays.covers(days[-1])
    width = (days[-1].timetuple().tm_yday - 1 + first.weekday()) // 7 * CELL + CELL
    return Year(year, known, tuple(squares), tuple(months), tuple(specials), width)


def _sort(calendar: Calendar, day: date) -> str:
    told = calendar.day(day)
    if told.special:
        return "makeup"
    if not told.known:
        return "unknown" if told.windows else "unknown off"
    if told.windows:
        return "work"
    named = day in calendar.closed or (calendar.holidays is not None and calendar.holidays.name_of(day) is not None)
    return "holiday" if named else "off"
