"""What a condition may ask about a case: the values behind the variables of ``conditions``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from redress.policy.conditions import EMPTY, as_condition_value
from redress.policy.pack import Pack

from .case import Case
from .worksheet import worth
from .world import Actor, World


class Facts:
    """The facts of one case at one moment, with what is being typed (``typed``) laid over what is recorded."""

    def __init__(
        self,
        pack: Pack,
        case: Case,
        at: datetime,
        world: World,
        actor: Actor,
        typed: Mapping[str, Any] | None = None,
        act: str = "",
    ) -> None:
        self.pack, self.case, self.at, self.world, self.actor, self.act = pack, case, at, world, actor, act
        self.typed = typed or {}

    def holds(self, expression: str) -> bool:
        """Whether a condition is true; an absent condition is."""
        compiled = self.pack.condition(expression)
        return compiled is None or compiled.holds(self.value)

    def result(self, expression: str) -> Any:
        """What an expression comes to."""
        return self.pack.vocabulary.compile_value(expression).value(self.value)

    def field(self, name: str) -> Any:
        """The value of a field as recorded or being typed; None where it has none."""
        return self.typed.get(name, self.case.fields.get(name))

    def committing(self, act: str, name: str) -> Any:
        """The sum an act is about: what is typed, where its form asks for it; else what is recorded."""
        asks = any(item.field == name for item in self.pack.acts[act].form)
        return self.typed.get(name) if asks else self.field(name)

    def value(self, name: str) -> Any:
        """The value of a condition's variable."""
        if name in self.pack.fields:
            return as_condition_value(self.pack.vocabulary.kinds[name], self.field(name), self.pack.zone())
        return _WORDS[name](self)

    def _filled(self) -> list[str]:
        both = {**self.case.fields, **self.typed}
        return [name for name, value in both.items() if value not in (None, "", [])]

    def _roles(self) -> list[str]:
        return [role for role in self.pack.roles if role in {seat.role for seat in self.actor.seats}]

    def _counts(self, this_round: bool) -> dict[str, int]:
        acts = (record.act for record in self.case.acts if not this_round or record.round == self.case.round)
        return {**dict.fromkeys(self.pack.acts, 0), **Counter(acts)}

    def _people(self) -> dict[str, str]:
        return {**dict.fromkeys(self.pack.roles, ""), **self.case.people}


_WORDS: dict[str, Any] = {
    "stage": lambda f: f.case.stage,
    "round": lambda f: f.case.round,
    "kind": lambda f: f.case.kind,
    "subject": lambda f: f.case.subject,
    "act": lambda f: f.act,
    "actor": lambda f: f.actor.id,
    "roles": Facts._roles,
    "done": lambda f: [record.act for record in f.case.acts],
    "done_this_round": lambda f: [record.act for record in f.case.acts if record.round == f.case.round],
    "times": lambda f: f._counts(False),
    "times_this_round": lambda f: f._counts(True),
    "open": lambda f: [duty.rule for duty in f.case.duties.values() if duty.live],
    "late": lambda f: [duty.rule for duty in f.case.duties.values() if duty.late_at or duty.late_by],
    "met": lambda f: [duty.rule for duty in f.case.duties.values() if duty.status == "met"],
    "marks": lambda f: list(f.case.marks),
    "rungs": lambda f: [f"{climb.ladder}.{rung}" for climb in f.case.climbs.values() for rung, _ in climb.rungs],
    "asked": lambda f: [request.approval for request in f.case.requests.values() if request.status == "asked"],
    "approved": lambda f: [request.approval for request in f.case.requests.values() if request.status == "approved"],
    "refused": lambda f: [request.approval for request in f.case.requests.values() if request.status == "refused"],
    "filled": Facts._filled,
    "people": Facts._people,
    "same": lambda f: {
        **dict.fromkeys(f.pack.patterns, 1),
        **{name: len(cases) + 1 for name, cases in f.case.links.items()},
    },
    "worth": lambda f: worth(f.pack, f),
    "numbers": lambda f: {**dict.fromkeys(f.pack.numbers, ""), **f.case.numbers},
    "now": lambda f: f.at,
    "registered_at": lambda f: f.case.registered_at or EMPTY["time"],
    "unit_kind": lambda f: f.world.unit_kind(f.case.unit),
}
