"""Catching up: whatever the clock should have said up to a moment is said now, each thing at its own time. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from redress.policy.engine.case import Case
from redress.policy.engine.commands import Tick
from redress.policy.engine.decide import Accepted, Refused, decide
from redress.policy.engine.events import Event
from redress.policy.engine.world import CLOCK, World
from redress.policy.pack import Pack

MOST_TICKS = 10_000
"""Ticks of one case in one go; more means that its rules never come to rest."""


class ClockStuck(RuntimeError):
    """A duty whose moment has come cannot be ticked, or ticks without end."""


def catch_up(pack_of: Callable[[str], Pack], case: Case, now: datetime, world: World) -> tuple[Case, list[Event], int]:
    """(the case at ``now``, the events on the way, the number of ticks). ``pack_of`` gives the pack of a content hash."""
    events: list[Event] = []
    ticks = 0
    while True:
        duty = case.next_tick()
        if duty is None or duty.next is None or duty.next > now:
            return case, events, ticks
        pack = pack_of(case.hash)
        ruling = decide(pack, case, Tick(duty.key), CLOCK, duty.next.astimezone(pack.zone()), world)
        if isinstance(ruling, Refused) or ticks >= MOST_TICKS:
            raise ClockStuck(f"case {case.id}: duty {duty.key} is due at {duty.next} and cannot be ticked")
        assert isinstance(ruling, Accepted)
        case, ticks = ruling.case, ticks + 1
        events += ruling.events
