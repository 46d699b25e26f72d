"""Working windows of a day, in minutes from midnight, and the ways they and weekdays are written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .errors import suggestion

Window = tuple[int, int]
"""From and until, in minutes of the day; `until` may be 1440 (24:00)."""
Windows = tuple[Window, ...]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_DAY: Windows = ((0, 1440),)

_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_WEEKDAY_WORDS: Mapping[str, int] = (
    {word: n for n, word in enumerate(WEEKDAYS)}
    | {word: n for n, word in enumerate(_NAMES)}
    | {f"周{zh}": n for n, zh in enumerate("一二三四五六日")}
    | {f"星期{zh}": n for n, zh in enumerate("一二三四五六日")}
)


def read_minutes(text: object) -> int:
    """Return the minute of the day of "09:30" (0-1440); ValueError with a sentence otherwise."""
    if isinstance(text, int):
        raise ValueError(f'{text} is a number, not a time; put the time in quotes, such as "10:00"')
    found = _TIME.fullmatch(str(text).strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else -1
    if not 0 <= minutes <= 1440:
        raise ValueError(f'"{text}" is not a time of day; write 00:00 to 24:00, such as "09:30"')
    return minutes


def read_weekday(text: object) -> int:
    """Return 0 (Monday) to 6 for "mon", "Monday" or "周一"; ValueError with a suggestion otherwise."""
    word = str(text).strip().lower()
    if word not in _WEEKDAY_WORDS:
        hint = suggestion(word, [*WEEKDAYS, *_NAMES])
        raise ValueError(f'"{text}" is not a weekday; allowed: {", ".join(WEEKDAYS)}.{hint}')
    return _WEEKDAY_WORDS[word]


def read_weekdays(text: str) -> list[int]:
    """Return the weekdays of "mon-fri", "sat", "tue,thu" or "fri-mon" (which runs over the week's end)."""
    days: list[int] = []
    for part in str(text).split(","):
        first, _, last = part.partition("-")
        begin = read_weekday(first)
        days += [(begin + n) % 7 for n in range((read_weekday(last or first) - begin) % 7 + 1)]
    return days


def read_window(text: object) -> Window:
    """Return the window of "09:00-12:00"; ValueError with a sentence otherwise."""
    begin, dash, until = str(text).replace("–", "-").partition("-")
    if not dash:
        raise ValueError(f'"{text}" is not a window; write it as "09:00-12:00"')
    window = read_minutes(begin), read_minutes(until)
    if window[0] >= window[1]:
        raise ValueError(
            f'"{text}" ends before it begins; split night work in two, '
            '"22:00-24:00" on one day and "00:00-02:00" on the next'
        )
    return window


def window_fault(windows: Windows) -> str | None:
    """Return what is wrong with a day's windows (bounds, order, overlap) as a sentence, or None."""
    before = 0
    for begin, until in windows:
        if not 0 <= begin < until <= 1440:
            return f"the window {begin}-{until} must lie within minutes 0-1440 and end after it begins"
        if begin < before:
            return f"the window from {clock(begin)} starts before the one ahead of it ends at {clock(before)}"
        before = until
    return None


def clock(minutes: int) -> str:
    """Return "09:30" for 570."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
