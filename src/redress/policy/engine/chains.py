"""Which duties of one sort of work lead to each other: a corrective action is decided, carried out and looked at again.

Read from the rules alone: an act, a met duty, an approval, a signal or a mark may lie between one and the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

import msgspec

from redress.policy.language.effects import Effect
from redress.policy.pack import Pack

from .case import Case, DutyState

Step = Literal["decide", "do", "verify"]


class Link(msgspec.Struct, frozen=True):
    """A duty's place in its chain: what it is for, and the duties that follow on it."""

    step: Step
    next: frozenset[str]


@lru_cache(maxsize=256)
def chain_of(pack: Pack, work: str) -> dict[str, Link]:
    """Every duty of this sort of work with its place; one that stands by itself is there to ``do``."""
    rules = [duty for duty in pack.duties.values() if duty.work == work]
    follows = {
        rule.id: frozenset(
            other.id
            for other in rules
            if other.id != rule.id
            and set(other.after) & _reached(pack, (*(rule.done_by or (rule.id,)), f"met {rule.id}"))
        )
        for rule in rules
    }
    before = {name: {one for one, then in follows.items() if name in then} for name in follows}
    return {name: Link(_step(name, follows, before), then) for name, then in follows.items()}


def last_ones(pack: Pack, case: Case, work: str) -> Iterator[DutyState]:
    """Of each chain on a case the duty at which it now stands: those are left out that another has followed since."""
    chain = chain_of(pack, work)
    mine = [duty for duty in case.duties.values() if duty.rule in chain and duty.status != "cancelled"]
    for duty in mine:
        after = duty.ended_at or duty.opened_at
        again = (other for other in mine if other is not duty and other.opened_at >= after)
        followed = any(o.rule in chain[duty.rule].next or (o.rule == duty.rule and o.unit == duty.unit) for o in again)
        if duty.live or not followed:
            yield duty


def awaits_approval(case: Case, duty: DutyState) -> bool:
    """Whether what was done about a duty still waits for somebody's approval."""
    return duty.status == "met" and any(
        request.status == "asked" and request.asked_at == duty.met_at for request in case.requests.values()
    )


def _step(name: str, follows: dict[str, frozenset[str]], before: dict[str, set[str]]) -> Step:
    if not before[name]:
        return "decide" if follows[name] else "do"
    earlier = any(before[one] - {name} for one in before[name])
    return "verify" if earlier and not follows[name] - before[name] else "do"


def _reached(pack: Pack, triggers: Iterable[str]) -> set[str]:
    """The triggers that follow from these without another duty in between."""
    found: set[str] = set()
    ahead = list(triggers)
    while ahead:
        trigger = ahead.pop()
        if trigger not in found:
            found.add(trigger)
            ahead += _next(pack, trigger)
    return found


def _next(pack: Pack, trigger: str) -> Iterator[str]:
    word, _, name = trigger.partition(" ")
    rule = pack.acts.get(trigger)
    effects: list[Effect] = list(rule.then) if rule else []
    if word == "met" and name in pack.duties:
        effects += pack.duties[name].then
    if word in ("approved", "refused") and name in pack.approvals:
        approval = pack.approvals[name]
        effects += approval.if_approved if word == "approved" else approval.if_refused
    effects += (effect for reaction in pack.reactions_after.get(trigger, ()) for effect in reaction.then)
    for effect in effects:
        yield from _led_to(effect)


def _led_to(effect: Effect) -> Iterator[str]:
    if effect.mark:
        yield f"mark {effect.mark}"
    elif effect.signal:
        yield f"signal {effect.signal}"
    elif effect.ask:
        yield from (f"approved {effect.ask}", f"refused {effect.ask}")
    elif effect.entry is not None and effect.entry.approval:
        yield from (f"approved {effect.entry.approval}", f"refused {effect.entry.approval}")
