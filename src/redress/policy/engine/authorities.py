"""How much somebody may commit: in one act, on a case, for a customer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal, InvalidOperation

import msgspec

from redress.policy.errors import Refusal
from redress.policy.language.people import Authority

from .facts import Facts
from .patterns import key_of
from .standing_of import acting_role


def limit_of_actor(rule: Authority, facts: Facts) -> Decimal:
    """The largest sum (yuan) the actor may commit under this rule: a deputy's own limit before that of the role stood in for."""
    acting = {role: acting_role(facts.pack, facts.case, facts.actor, (role,), facts.world) for role in rule.limits}
    own = {role for role, found in acting.items() if found and found[0] == role}
    held = [
        facts.pack.money(limit)
        for role, limit in rule.limits.items()
        if (found := acting[role]) is not None and (role in own or found[0] not in own)
    ]
    return max(held, default=Decimal(0))


def beyond_authority(act: str, facts: Facts) -> Iterator[Refusal]:
    """Why the sum an act commits is beyond the actor: alone, or together with what was committed before."""
    for rule in facts.pack.authority.get(act, ()):
        amount = decimal(facts.committing(act, rule.amount))
        if amount is None or not facts.holds(rule.when):
            continue
        before, limit = committed_before(rule, facts), limit_of_actor(rule, facts)
        if before + amount > limit:
            zh, en = _sentences(rule, amount, before, limit)
            said = rule.say
            refusal = Refusal(
                "authority",
                rule.own_clauses(),
                said.zh if said else zh,
                said.of("en") if said else en,
                rule.amount,
                rule.id,
            )
            yield msgspec.structs.replace(refusal, instead=rule.instead)


def committed_before(rule: Authority, facts: Facts) -> Decimal:
    """What counts together with this act under the rule (yuan): nothing, this case's, or all of the customer's in time."""
    own = Decimal(facts.case.committed.get(rule.id, "0"))
    if rule.per == "act":
        return Decimal(0)
    if rule.per == "case":
        return own
    pattern = facts.pack.patterns[rule.pattern]
    key = key_of(facts.case, pattern)
    since = facts.at - timedelta(minutes=facts.pack.span(pattern.within).rough_minutes())
    return own + (facts.world.committed(rule.pattern, key, since, rule.id, facts.case.id) if key else Decimal(0))


def decimal(value: object) -> Decimal | None:
    """The value as a finite decimal, None where it is none."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _sentences(rule: Authority, amount: Decimal, before: Decimal, limit: Decimal) -> tuple[str, str]:
    if before:
        return (
            f"超出权限：此前已定 {before} 元，连同本次 {amount} 元超过你的上限 {limit} 元",
            f"beyond your authority: CNY {before} committed before, with this CNY {amount} more than your CNY {limit}",
        )
    return (
        f"超出权限：你最多可定 {limit} 元，本次 {amount} 元",
        f"beyond your authority: up to CNY {limit}, this is CNY {amount}",
    )
