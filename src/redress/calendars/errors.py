"""The three mistakes a pack author can make about time, and the "did you mean" that goes with them.

Each error says what was found and what would be allowed. Nothing here reads data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


class SpanError(ValueError):
    """A span of time that cannot be read or cannot exist, such as "2 wdd" or "1.5 wd"."""


class KeyedError(ValueError):
    """A mistake in pack data; `key` is the path to it (such as "hours.sat[0]"), `message` the sentence."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}" if key else message)
        self.key = key
        self.message = message


class CalendarError(KeyedError):
    """A calendar that cannot be read or has no working time."""


class RecurrenceError(KeyedError):
    """A recurrence that cannot be read."""


def suggestion(found: object, allowed: Iterable[str]) -> str:
    """Return ' Did you mean "x"?' for the closest allowed word, or '' when none is close."""
    close = get_close_matches(str(found).strip().lower(), list(allowed), n=1, cutoff=0.5)
    return f' Did you mean "{close[0]}"?' if close else ""


def refuse_unknown_keys(
    data: Mapping[str, object], allowed: tuple[str, ...], error: type[KeyedError], within: str = ""
) -> None:
    """Raise `error` for the first key of `data` that is not in `allowed`."""
    for key in data:
        if key not in allowed:
            path = f"{within}.{key}" if within else str(key)
            raise error(path, f"unknown key; allowed: {', '.join(allowed)}.{suggestion(key, allowed)}")
