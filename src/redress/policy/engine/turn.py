"""One turn: what has happened so far while a command is carried out. Emitting an event folds it in at once."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import Any

from redress.policy.pack import Pack

from .case import Case, evolve
from .events import Event
from .facts import Facts
from .world import Actor, World


class Turn:
    """The case under way, the events of this turn, and those not yet reacted to."""

    def __init__(self, pack: Pack, case: Case, actor: Actor, at: datetime, world: World) -> None:
        self.pack, self.case, self.actor, self.at, self.world = pack, case, actor, at, world
        self.events: list[Event] = []
        self.pending: deque[Event] = deque()

    def emit(self, event: Event) -> None:
        """Adds a fact: it is part of the case from here on, and will be reacted to."""
        self.case = evolve(self.case, event)
        self.events.append(event)
        self.pending.append(event)

    def facts(self, typed: dict[str, Any] | None = None, act: str = "") -> Facts:
        """The facts as they now stand."""
        return Facts(self.pack, self.case, self.at, self.world, self.actor, typed, act)
