"""Whose time was it: every minute of a case belongs to one holder, and the parts add up to the whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from .case import Case, DutyState

WAITING = "waiting"
"""The holder while clocks are paused (for the customer, an outside body): the pause says for whom."""
NOBODY = "nobody"
"""The holder while no duty stands open."""


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of a case's time and who held it: a role in a unit, ``waiting`` or ``nobody``; ``duty`` is what they held."""

    start: datetime
    end: datetime
    holder: str
    unit: str
    duty: str
    late: bool

    @property
    def length(self) -> timedelta:
        """How long it lasted by the clock on the wall."""
        return self.end - self.start


def stretches(case: Case, until: datetime) -> list[Stretch]:
    """The case's time from registration to its closing (or ``until``), without gap or overlap.

    Of several open duties the one due first holds the time; of those, the one opened first.
    """
    if case.registered_at is None:
        return []
    end = min(case.closed_at or until, until)
    marks = sorted({case.registered_at, end, *(m for m in _moments(case) if case.registered_at < m < end)})
    pieces = [_piece(case, start, stop) for start, stop in pairwise(marks)]
    return list(_joined(pieces))


def by_holder(case: Case, until: datetime) -> dict[tuple[str, str], timedelta]:
    """(role or ``waiting``/``nobody``, unit) -> time held; the values add up to the case's whole time."""
    held: dict[tuple[str, str], timedelta] = {}
    for stretch in stretches(case, until):
        key = (stretch.holder, stretch.unit)
        held[key] = held.get(key, timedelta()) + stretch.length
    return held


def _moments(case: Case) -> Iterator[datetime]:
    for duty in case.duties.values():
        yield duty.start
        yield from (moment for moment in (duty.ended_at, duty.late_at) if moment is not None)
        for pause in duty.pauses:
            yield pause.start
            yield from (moment for moment in (pause.end,) if moment is not None)


def _piece(case: Case, start: datetime, end: datetime) -> Stretch:
    live = [
        duty
        for duty in case.duties.values()
        if duty.start <= start and (duty.ended_at is None or duty.ended_at > start)
    ]
    running = [duty for duty in live if not _paused(duty, start)]
    if not running:
        return Stretch(start, end, WAITING if live else NOBODY, "", live[0].key if live else "", False)
    duty = min(running, key=lambda d: (d.due is None, d.due or d.start, d.start, d.key))
    return Stretch(start, end, duty.roles[0], duty.unit, duty.key, duty.late_at is not None and duty.late_at <= start)


def _paused(duty: DutyState, moment: datetime) -> bool:
    return any(pause.start <= moment and (pause.end is None or moment < pause.end) for pause in duty.pauses)


def _joined(pieces: list[Stretch]) -> Iterator[Stretch]:
    current: Stretch | None = None
    for piece in pieces:
        if current and (current.holder, current.unit, current.duty, current.late) == (
            piece.holder,
            piece.unit,
            piece.duty,
            piece.late,
        ):
            current = msgspec.structs.replace(current, end=piece.end)
            continue
        if current:
            yield current
        current = piece
    if current:
        yield current
