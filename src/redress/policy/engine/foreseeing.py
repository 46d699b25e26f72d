"""What a registration would set going, reckoned while it is being typed: the same rules as afterwards, and nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from redress.policy.pack import Pack

from . import events as ev
from .case import Case, DutyState
from .filling import wrong_value
from .react import EndlessRules, react_all
from .turn import Turn
from .world import Actor, World


class Settled(msgspec.Struct, frozen=True):
    """A field that a decision of the policy would set, and the clauses by which it would."""

    field: str
    value: Any
    clauses: tuple[str, ...]


class Foreseen(msgspec.Struct, frozen=True):
    """The case as it would stand, what decisions would settle, and the duties that would be open, by due time."""

    case: Case
    settled: tuple[Settled, ...]
    duties: tuple[DutyState, ...]


def foresee(
    pack: Pack, unit: str, values: Mapping[str, Any], actor: Actor, at: datetime, world: World, act: str = ""
) -> Foreseen:
    """What follows from registering ``values``, whether or not all that is required is there yet; and then from ``act``.

    Values that make no sense are left out: what is being typed is not finished.
    """
    good = {name: value for name, value in values.items() if not wrong_value(pack.fields[name], value, pack, world)}
    turn = Turn(pack, Case(id="foreseen", unit=unit), actor, at, _Undisturbed(world))
    turn.emit(
        ev.Registered(
            at=at, by=actor.id, kind="complaint", unit=unit, pack=pack.id, version=pack.version, hash=pack.hash
        )
    )
    for name in ("register", act) if act else ("register",):
        told = good if name == "register" else {}
        turn.emit(ev.ActDone(at=at, by=actor.id, clauses=pack.acts[name].clauses, act=name, role="", values=told))
        try:
            react_all(turn)
        except EndlessRules:  # the registration itself will tell
            break
    return Foreseen(turn.case, tuple(_settled(turn)), tuple(turn.case.live_duties()))


def _settled(turn: Turn) -> Sequence[Settled]:
    decisions = {rule.id for rules in turn.pack.decisions_after.values() for rule in rules}
    last = {
        name: Settled(name, value, event.clauses)
        for event in turn.events
        if isinstance(event, ev.FieldsSet) and event.rule in decisions
        for name, value in event.values.items()
    }
    return [one for one in last.values() if turn.case.fields.get(one.field) == one.value]


class _Undisturbed:
    """The world as it is, but nothing is taken from it: no number is used up, no case is looked for."""

    def __init__(self, world: World) -> None:
        self.lineage, self.unit_kind, self.roles_of = world.lineage, world.unit_kind, world.roles_of

    def serial(self, series: str) -> int:
        return 0

    def alike(self, pattern: str, key: str, since: datetime) -> Sequence[str]:
        return ()

    def committed(self, pattern: str, key: str, since: datetime, authority: str, but: str) -> Decimal:
        return Decimal(0)

    def different(self, cases: Sequence[str], pattern: str, key: str) -> int:
        return 0
