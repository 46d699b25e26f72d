"""Reads the pack data of a calendar into the fields of `Calendar`, naming the key of the first mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from .errors import CalendarError, refuse_unknown_keys, suggestion
from .holidays import Holidays, Name
from .hours import FULL_DAY, WEEKDAYS, Windows, read_weekdays, read_window, window_fault

_KEYS = ("id", "zone", "hours", "holidays", "makeup_days", "makeup_hours", "closed", "open", "day_ends")
_DAY_ENDS = ("close", "midnight", "same-time")
_Read = TypeVar("_Read")


def read_calendar(data: Mapping[str, object]) -> dict[str, Any]:
    """Return the keyword arguments of `Calendar` that `data` gives; CalendarError for the first mistake."""
    if not isinstance(data, Mapping):
        raise CalendarError("", f"a calendar is a mapping with the keys {', '.join(_KEYS)}; found {data!r}")
    refuse_unknown_keys(data, _KEYS, CalendarError)
    if "hours" not in data:
        raise CalendarError("hours", 'missing; write {"mon-fri": ["09:00-18:00"]} or "24x7"')
    return {key: _READERS[key](data[key]) for key in _KEYS if key in data}


def _text(key: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or not value:
            raise CalendarError(key, f"must be text, found {value!r}")
        return value

    return read


def _hours(value: object) -> dict[int, Windows]:
    if value == "24x7":
        return dict.fromkeys(range(7), FULL_DAY)
    if not isinstance(value, Mapping):
        raise CalendarError("hours", f'must map weekdays to windows or be "24x7", found {value!r}')
    hours: dict[int, Windows] = {}
    for words, windows in value.items():
        key = f"hours.{words}"
        for weekday in _at(key, read_weekdays, words):
            if weekday in hours:
                raise CalendarError(key, f"{WEEKDAYS[weekday]} already has hours; give each weekday once")
            hours[weekday] = _windows(key, windows)
    return hours


def _windows(key: str, value: object) -> Windows:
    windows = tuple(_at(f"{key}[{n}]", read_window, item) for n, item in enumerate(_list(key, value)))
    if fault := window_fault(windows):
        raise CalendarError(key, fault)
    return windows


def _holidays(value: object) -> Holidays | None:
    if value is None or isinstance(value, Holidays):
        return value
    if value == "cn":
        return Holidays.china()
    raise CalendarError("holidays", f'{value!r} is not known; allowed: "cn" or null')


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise CalendarError("makeup_days", f"must be true or false, found {value!r}")
    return value


def _closed(value: object) -> dict[date, Name]:
    closed: dict[date, Name] = {}
    for key, entry in _entries("closed", value, ("date", "zh", "en")):
        zh = str(entry.get("zh") or entry.get("en") or "停业")
        closed[_at(f"{key}.date", _date, entry.get("date"))] = (zh, str(entry.get("en") or "closed"))
    return closed


def _open(value: object) -> dict[date, Windows]:
    opened: dict[date, Windows] = {}
    for key, entry in _entries("open", value, ("date", "hours")):
        windows = _windows(f"{key}.hours", entry.get("hours"))
        if not windows:
            raise CalendarError(f"{key}.hours", "an opening needs hours; to shut for a day, use closed")
        opened[_at(f"{key}.date", _date, entry.get("date"))] = windows
    return opened


def _entries(key: str, value: object, allowed: tuple[str, ...]) -> list[tuple[str, Mapping[str, object]]]:
    entries = [(f"{key}[{n}]", entry) for n, entry in enumerate(_list(key, value))]
    for path, entry in entries:
        if not isinstance(entry, Mapping):
            raise CalendarError(path, f"must be a mapping with the keys {', '.join(allowed)}; found {entry!r}")
        refuse_unknown_keys(entry, allowed, CalendarError, path)
    return entries


def _list(key: str, value: object) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise CalendarError(key, f"must be a list, found {value!r}")
    return value


def _date(value: object) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f'{value!r} is not a date; write it as "2026-10-01"') from None


def _day_ends(value: object) -> str:
    if value not in _DAY_ENDS:
        hint = suggestion(value, _DAY_ENDS)
        raise CalendarError("day_ends", f"{value!r} is not known; allowed: {', '.join(_DAY_ENDS)}.{hint}")
    return str(value)


def _at(key: str, read: Callable[[Any], _Read], value: object) -> _Read:
    """Read `value`, giving a reader's complaint the key where it was found."""
    try:
        return read(value)
    except ValueError as fault:
        raise CalendarError(key, str(fault)) from None


_READERS: dict[str, Callable[[object], object]] = {
    "id": _text("id"),
    "zone": _text("zone"),
    "hours": _hours,
    "holidays": _holidays,
    "makeup_days": _flag,
    "makeup_hours": lambda value: None if value is None else _windows("makeup_hours", value),
    "closed": _closed,
    "open": _open,
    "day_ends": _day_ends,
}
