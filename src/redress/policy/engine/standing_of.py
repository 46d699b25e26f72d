"""Who somebody is on a case: the roles they hold there, and whether they may read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from redress.policy.language.people import Recusal
from redress.policy.pack import Pack

from .case import Case, DutyState, LedgerLine
from .facts import Facts
from .world import Actor, Seat, World


def units_of(pack: Pack, case: Case, role: str, typed: dict[str, object] | None = None) -> tuple[str, ...]:
    """The units in which a role's holder is looked for on this case."""
    at = pack.roles[role].at if role in pack.roles else ""
    if not at:
        return (case.unit,)
    value = (typed or {}).get(at, case.fields.get(at))
    if not value:  # not said, or an empty list of units: the case's own
        return (case.unit,)
    return tuple(value) if isinstance(value, (list, tuple)) else (str(value),)


def seat_for(pack: Pack, actor: Actor, role: str, units: Iterable[str], world: World) -> Seat | None:
    """The actor's seat that gives them ``role`` in one of the units: the role itself before a deputy's, own before stood-in."""
    lines = {ancestor for unit in units for ancestor in world.lineage(unit)}
    fitting = [
        seat
        for seat in actor.seats
        if seat.unit in lines and (seat.role == role or role in _stands_in(pack, seat.role))
    ]
    return (
        min(fitting, key=lambda seat: (seat.role != role, seat.for_person, seat.role, seat.unit)) if fitting else None
    )


def acting_role(
    pack: Pack,
    case: Case,
    actor: Actor,
    roles: Iterable[str],
    world: World,
    units: Iterable[str] = (),
    typed: dict[str, object] | None = None,
) -> tuple[str, str] | None:
    """(role acted in, whom or what it stands in for) for the first of ``roles`` that the actor holds here; None for none."""
    for role in roles:
        rule = pack.roles.get(role)
        if rule is None or rule.found == "outside":
            continue
        if rule.found == "everyone" and actor.is_person:
            return role, ""
        if rule.found == "person" and actor.is_person and case.people.get(role, case.fields.get(role)) == actor.id:
            return role, ""
        if rule.found == "seat":
            seat = seat_for(pack, actor, role, tuple(units) or units_of(pack, case, role, typed), world)
            if seat is not None:
                return seat.role, seat.for_person or (role if seat.role != role else "")
    return None


def answers_for(pack: Pack, case: Case, duty: DutyState, actor: Actor, world: World) -> bool:
    """Whether a duty falls to this actor."""
    if duty.person:
        return duty.person == actor.id
    return acting_role(pack, case, actor, duty.roles, world, (duty.unit,)) is not None


def may_read(pack: Pack, case: Case, actor: Actor, world: World) -> bool:
    """Whether the actor may see the case: by a seat over one of its units, or by having a part in it; never when recused."""
    if recused_from_reading(pack, case, actor, world):
        return False
    if actor.id in case.people.values() or any(record.by == actor.id for record in case.acts):
        return True
    units = {case.unit, *(duty.unit for duty in case.duties.values())}
    lines = {ancestor for unit in units for ancestor in world.lineage(unit)}
    seated = (seat for seat in actor.seats if seat.unit in lines and seat.role in pack.roles)
    return any(pack.roles[seat.role].reads == "unit" for seat in seated) or any(
        answers_for(pack, case, duty, actor, world) for duty in case.duties.values() if _seat_duty(pack, duty)
    )


def may_read_line(pack: Pack, case: Case, line: LedgerLine, actor: Actor, world: World) -> bool:
    """Whether the actor may see a line of the ledger: whoever is charged always may; others by the case or the unit charged."""
    if actor.is_person and line.person == actor.id:
        return True
    if recused_from_reading(pack, case, actor, world):
        return False
    lineage = set(world.lineage(line.unit))
    seated = (seat for seat in actor.seats if seat.unit in lineage and seat.role in pack.roles)
    return may_read(pack, case, actor, world) or any(pack.roles[seat.role].reads == "unit" for seat in seated)


def recused_from_reading(pack: Pack, case: Case, actor: Actor, world: World) -> bool:
    """Whether a recusal hides the case from the actor."""
    return any(
        not rule.read
        and is_recused(pack, case, rule.who, actor)
        and Facts(pack, case, _moment(case), world, actor).holds(rule.when)
        for rule in pack.recusals
    )


def is_recused(pack: Pack, case: Case, slots: Iterable[str], actor: Actor) -> bool:
    """Whether the actor is the person in one of these slots or person fields."""
    return actor.is_person and any(actor.id in _named(case, slot) for slot in slots)


def keeps_out(pack: Pack, case: Case, rule: Recusal, actor: Actor, at: datetime, world: World) -> bool:
    """Whether a recusal keeps the actor out of acts: the person it is about, or (``outranked``) nobody above that person."""
    if is_recused(pack, case, rule.who, actor):
        return True
    accused = {person for slot in rule.who for person in _named(case, slot) if person} if rule.outranked else set()
    own = _rank(pack, (seat.role for seat in actor.seats))
    return actor.is_person and any(own <= _rank(pack, world.roles_of(person, at)) for person in accused)


def _rank(pack: Pack, roles: Iterable[str]) -> int:
    return max((pack.roles[role].rank for role in roles if role in pack.roles), default=0)


def _named(case: Case, slot: str) -> tuple[str, ...]:
    value = case.people.get(slot) or case.fields.get(slot) or ()
    return tuple(value) if isinstance(value, (list, tuple)) else (str(value),)


def _stands_in(pack: Pack, role: str) -> tuple[str, ...]:
    return pack.roles[role].stands_in_for if role in pack.roles else ()


def _seat_duty(pack: Pack, duty: DutyState) -> bool:
    return bool(duty.person) or not any(
        pack.roles[role].found == "everyone" for role in duty.roles if role in pack.roles
    )


def _moment(case: Case):  # type: ignore[no-untyped-def]
    assert case.registered_at is not None
    return case.registered_at
