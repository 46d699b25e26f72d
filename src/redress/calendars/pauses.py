"""Intervals in which a clock did not run, and their tidy form: clipped, in order, not overlapping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .instants import to_utc


@dataclass(frozen=True, slots=True)
class Pause:
    """An interval in which the clock did not run; `end` None means it is still paused.

    `by` names who paused it. Raises ValueError for naive moments or an end before the start.
    """

    start: datetime
    end: datetime | None
    by: str
    reason: str

    def __post_init__(self) -> None:
        if to_utc(self.start) > to_utc(self.end or self.start):
            raise ValueError(f"a pause cannot end ({self.end}) before it starts ({self.start})")


@dataclass(frozen=True, slots=True)
class Stop:
    """A stretch of paused time in UTC, made of one pause or several overlapping ones."""

    start: datetime
    end: datetime | None
    reason: str


def stops_after(start: datetime, pauses: Iterable[Pause]) -> list[Stop]:
    """Return the paused stretches from `start` (UTC) on, in order, overlapping pauses made one."""
    stops: list[Stop] = []
    for pause in sorted(pauses, key=lambda pause: to_utc(pause.start)):
        begin = max(to_utc(pause.start), start)
        end = None if pause.end is None else to_utc(pause.end)
        if end is not None and end <= begin:
            continue
        if stops and (stops[-1].end is None or begin <= stops[-1].end):
            stops[-1] = _joined(stops[-1], end, pause.reason)
        else:
            stops.append(Stop(begin, end, pause.reason))
    return stops


def _joined(stop: Stop, end: datetime | None, reason: str) -> Stop:
    last = None if stop.end is None or end is None else max(stop.end, end)
    return Stop(stop.start, last, stop.reason if reason == stop.reason else f"{stop.reason}; {reason}")
