"""Keys as the calendars spell them in an error (``hours.sat[0]``), as steps of a path in a file."""

from __future__ import annotations

import re

STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def steps_of(key: str) -> tuple[str | int, ...]:
    """``hours.sat[0]`` -> ("hours", "sat", 0); () for no key."""
    return tuple(int(number) if number else word for number, word in STEP.findall(key))
