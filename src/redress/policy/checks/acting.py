"""Who may do which act, as far as a pack alone can tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from redress.policy.language.limits import Prohibition

from .study import Study


@dataclass(frozen=True)
class ActInPack:
    """An act with those who may do it; ``duty`` is the duty it can only be done for, "" where it stands alone."""

    id: str
    who: tuple[str, ...]
    duty: str
    on: tuple[str, ...] = ()


def acts_of(study: Study) -> dict[str, ActInPack]:
    """Every act of the pack: written, or brought by a duty, a rung or a standing duty."""
    names = study.names
    found = {duty.id: ActInPack(duty.id, duty.who, duty.id) for duty in names.own_duties.values() if not duty.done_by}
    for standing in names.standing.values():
        if not standing.done_by:
            found[standing.id] = ActInPack(standing.id, standing.who, standing.id, (standing.id,))
    for ladder in names.ladders.values():
        for rung in ladder.rungs:
            name = f"{ladder.id}.{rung.rung}"
            if not rung.done_by:
                found[name] = ActInPack(name, rung.who, name)
    for act in names.own_acts.values():
        found[act.id] = ActInPack(act.id, act.who, found[act.id].duty if act.id in found else "", act.on)
    return found


def inside(study: Study, roles: Iterable[str]) -> list[str]:
    """The roles whose holders have an account: those that can act. Unknown roles count (``names`` tells of them)."""
    known = study.names.roles
    return [role for role in roles if role not in known or known[role].found != "outside"]


def always_blocked(study: Study) -> set[str]:
    """Acts that a prohibition blocks whatever the case."""
    return {
        act
        for rule in study.source.of(Prohibition)
        if rule.effect == "block" and rule.when in ("", "true")
        for act in rule.acts
    }


def shares_a_role(study: Study, one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a person could hold a role of each by one and the same standing: a role in both, all staff, or a deputy."""
    left, right = set(one), set(other)
    roles = study.names.roles
    everyone = {role.id for role in roles.values() if role.found == "everyone"}
    if left & right or (left | right) & everyone:
        return True
    return any(
        set(roles[a].stands_in_for) & b for a_set, b in ((left, right), (right, left)) for a in a_set if a in roles
    )
