"""How far somebody's eyes reach in lists, and which seats bring them work. The engine's ``may_read`` decides on each case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from redress.people.directory import Directory
from redress.policy.engine.world import Actor
from redress.policy.pack import Pack


@dataclass(frozen=True)
class Reach:
    """``everything``: all cases of the organisation; else those of ``units``. Cases one has a part in always count."""

    everything: bool
    units: tuple[str, ...]


def reach_of(pack: Pack, directory: Directory, actor: Actor) -> Reach:
    """The units whose cases the actor's seats let them see."""
    seats = (seat for seat in actor.seats if seat.role in pack.roles and pack.roles[seat.role].reads == "unit")
    units = {unit for seat in seats for unit in directory.below(seat.unit)}
    return Reach(len(units) == len(directory.units) > 0, tuple(sorted(units)))


def seated_work(pack: Pack, directory: Directory, actor: Actor, whos: Iterable[str]) -> list[tuple[str, str]]:
    """The (who, unit) pairs whose duties fall to the actor by a seat; ``whos`` are the role lists that duties are open for."""
    places: dict[str, set[str]] = {}
    for seat in actor.seats:
        rule = pack.roles.get(seat.role)
        for role in (seat.role, *(rule.stands_in_for if rule else ())):
            places.setdefault(role, set()).update(directory.below(seat.unit))
    pairs = {
        (who, unit)
        for who in whos
        for role in who.split(",")
        if role in places and (role not in pack.roles or pack.roles[role].found == "seat")
        for unit in places[role]
    }
    return sorted(pairs)
