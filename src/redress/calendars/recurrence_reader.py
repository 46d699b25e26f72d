"""Reads the pack data of a recurrence into the fields of `Recurrence`, naming the key at fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from .errors import RecurrenceError, refuse_unknown_keys, suggestion
from .hours import read_minutes, read_weekday

Every = Literal["day", "working-day", "week", "month", "quarter", "half-year", "year"]
MonthDay = tuple[int, int]
On = int | Literal["last", "first-working-day"] | tuple[MonthDay, ...] | None

_KEYS = ("every", "on", "months", "at", "year starts")
_WORDS = ("last", "first-working-day")
_LENGTH = {"quarter": 3, "half-year": 6, "year": 12}
_DATE = re.compile(r"(\d{1,2})-(\d{1,2})")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Fields(NamedTuple):
    """A recurrence as read: ``at`` in minutes after midnight, ``year_starts`` a month from 1."""

    every: Every
    on: On
    months: tuple[int, ...]
    at: int
    year_starts: int


def read_recurrence(data: Mapping[str, object]) -> Fields:
    """Return the fields that `data` gives; RecurrenceError for the first mistake."""
    if not isinstance(data, Mapping):
        raise RecurrenceError("", f'must be a mapping such as {{"every": "month", "on": 1}}; found {data!r}')
    if any(key is True for key in data):  # type: ignore[comparison-overlap]
        raise RecurrenceError("on", 'YAML read the key on as true; write "on" in quotes')
    refuse_unknown_keys(data, _KEYS, RecurrenceError)
    every = _every(data.get("every"))
    on = _on(every, data.get("on"))
    months, at = _months(every, on, data.get("months")), _at(data.get("at", "09:00"))
    return Fields(every, on, months, at, _year_starts(every, data.get("year starts")))


def _every(value: object) -> Every:
    allowed = get_args(Every)
    for every in allowed:
        if value == every:
            return every  # type: ignore[no-any-return]
    raise RecurrenceError(
        "every", f"{value!r} is not known; allowed: {', '.join(allowed)}.{suggestion(value, allowed)}"
    )


def _on(every: Every, value: object) -> On:
    if every in ("day", "working-day"):
        if value is not None:
            raise RecurrenceError("on", f'a recurrence every {every} takes no "on"; remove it')
        return None
    if every == "week":
        return _on_weekday("mon" if value is None else value)
    return _on_date(every, 1 if value is None else value)


def _on_weekday(value: object) -> On:
    if value == "first-working-day":
        return "first-working-day"
    try:
        return 6 if value == "last" else read_weekday(value)
    except ValueError as fault:
        raise RecurrenceError("on", f"{fault} Or first-working-day, or last.") from None


def _on_date(every: Every, value: object) -> On:
    if value == "last" or value == "first-working-day":
        return "last" if value == "last" else "first-working-day"
    if isinstance(value, int) and not isinstance(value, bool):
        if 1 <= value <= 31:
            return value
        raise RecurrenceError("on", f'{value} is not a day of the month; write 1 to 31, or "last"')
    if every != "month" and isinstance(value, str | list | tuple) and (isinstance(value, str) or value):
        dates = [value] if isinstance(value, str) else value
        return tuple(sorted({_month_day(n, item) for n, item in enumerate(dates)}))
    dates_too = "" if every == "month" else ', or dates such as ["03-15", "09-15"]'
    raise RecurrenceError(
        "on",
        f"{value!r} is not known; allowed: a day 1 to 31, last, "
        f"first-working-day{dates_too}.{suggestion(value, _WORDS)}",
    )


def _month_day(n: int, value: object) -> MonthDay:
    found = _DATE.fullmatch(str(value).strip())
    month, day = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1]):
        raise RecurrenceError(
            f"on[{n}]",
            f'"{value}" is not a date of the year; write month-day, '
            f'such as "03-15", or one of {", ".join(_WORDS)}.{suggestion(value, _WORDS)}',
        )
    return month, day


def _months(every: Every, on: On, value: object) -> tuple[int, ...]:
    """The months of the year in which it recurs; by default each period's first, or its last for "last"."""
    if value is None:
        length = _LENGTH.get(every, 1)
        return tuple(range(length if on == "last" else 1, 13, length))
    if every not in _LENGTH or isinstance(on, tuple):
        raise RecurrenceError(
            "months",
            f'only quarter, half-year and year take months, with a day in "on"; remove it (every is {every})',
        )
    if (
        not isinstance(value, list | tuple)
        or not value
        or not all(isinstance(month, int) and 1 <= month <= 12 for month in value)
    ):
        raise RecurrenceError("months", f"{value!r} is not a list of months 1 to 12, such as [6, 12]")
    return tuple(sorted(set(value)))


def _at(value: object) -> int:
    try:
        minutes = read_minutes(value)
    except ValueError as fault:
        raise RecurrenceError("at", str(fault)) from None
    if minutes == 1440:
        raise RecurrenceError("at", '"24:00" is the next day\'s 00:00; write "00:00" or "23:59"')
    return minutes


def _year_starts(every: Every, value: object) -> int:
    """The month (1-12) in which the reporting year begins: its quarters and halves are counted from there."""
    if value is None:
        return 1
    if every not in _LENGTH:
        raise RecurrenceError("year starts", f"only quarter, half-year and year take it; remove it (every is {every})")
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 12:
        raise RecurrenceError("year starts", f"{value!r} is not a month 1 to 12")
    return value
