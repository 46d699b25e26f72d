"""Whom somebody leads: what they may know of other people's practice."""

from __future__ import annotations

from redress.policy.pack import Pack

from .access import Member


def leading_roles(pack: Pack) -> frozenset[str]:
    """The seats that stand above others: those with a rank, those that approve, those a ladder climbs to."""
    ranked = {role.id for role in pack.roles.values() if role.rank > 0}
    approving = {one if isinstance(one, str) else one.role for rule in pack.approvals.values() for one in rule.by}
    climbed = {role for ladder in pack.ladders.values() for rung in ladder.rungs for role in rung.who}
    return frozenset(
        role for role in ranked | approving | climbed if role in pack.roles and pack.roles[role].found == "seat"
    )


def led_units(member: Member) -> frozenset[str]:
    """The units the member heads by a seat of their own, with all below them; none for most people."""
    roles = leading_roles(member.pack)
    own = [seat.unit for seat in member.actor.seats if seat.role in roles and not seat.for_person]
    return frozenset(unit for seat in own for unit in member.directory.below(seat))
