"""What a check of expectations looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from redress.policy.engine import events as ev
from redress.policy.engine.case import Case
from redress.policy.engine.world import Actor

from ..language import PaperSaid
from ..stage import Stage
from ..times import moment


@dataclass(frozen=True)
class Seen:
    """The stage at this moment, and on it the case called ``label``; ``start`` is when the scenario began."""

    stage: Stage
    label: str
    start: datetime

    @property
    def case(self) -> Case:
        """The case as it now stands; a blank one before it is registered."""
        return self.stage.cases.get(self.label, Case(id=self.label))

    @property
    def log(self) -> list[ev.Event]:
        """Its events so far, oldest first."""
        return self.stage.logs[self.label]

    def actor(self, who: str) -> Actor:
        """A person, a role of the organisation, or a role on this case."""
        return self.stage.actor(who, self.label)

    def moment(self, text: str) -> datetime:
        """A time as scenarios write it."""
        return moment(text, self.stage.now, self.start, self.stage.pack.zone())

    def cites(self, said: PaperSaid, kind: type[ev.Event], key: str, value: str = "") -> bool:
        """Whether an event of that kind about it names the clauses expected."""
        events = [event for event in self.log if isinstance(event, kind) and getattr(event, key) == (value or said.id)]
        return any(set(said.clause) <= set(event.clauses) for event in events)


def show(said: Any) -> str:
    """What was expected, as it was written."""
    told = said.model_dump(exclude_defaults=True, by_alias=True)
    return ", ".join(
        f"{key} {' '.join(value) if isinstance(value, (list, tuple)) else value}" for key, value in told.items()
    )
