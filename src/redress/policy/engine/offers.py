"""What somebody may do on a case now; and for what they may not, the clause that says so."""

from __future__ import annotations

from datetime import datetime

import msgspec

from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.policy.language.words import Guidance
from redress.policy.pack import Pack

from .case import Case
from .facts import Facts
from .permissions import permission
from .standing_of import answers_for
from .world import Actor, World

QUIET = {"unknown-act", "not-here", "no-such-duty", "registered"}
"""Refusals that only mean "this has no place here": such acts are not shown at all."""


class Offer(msgspec.Struct, frozen=True):
    """An act and whether it may be done now. ``duties`` are keys of the actor's open duties that it would fulfil."""

    act: Act
    refusals: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...]
    duties: tuple[str, ...]
    guidance: tuple[Guidance, ...]

    @property
    def allowed(self) -> bool:
        """Whether the actor may do it now."""
        return not self.refusals


def offers(pack: Pack, case: Case, actor: Actor, at: datetime, world: World) -> list[Offer]:
    """Every act that has a place on this case now: those the actor's duties wait for first, then allowed, then refused."""
    found = []
    for act in pack.acts.values():
        if act.id == "register" or act.id.startswith("approval.") or _waits_for_its_duty(pack, case, act.id):
            continue
        answer = permission(pack, case, act.id, actor, at, world, {}, form=False)
        if any(refusal.code in QUIET for refusal in answer.refusals):
            continue
        mine = tuple(
            duty.key
            for duty in case.live_duties()
            if act.id in _fulfilling(pack, duty.rule) and answers_for(pack, case, duty, actor, world)
        )
        found.append(
            Offer(
                act,
                answer.refusals,
                answer.warnings,
                mine,
                tuple(guidance_for(pack, case, act.id, actor, at, world)),
            )
        )
    return sorted(found, key=lambda offer: (not offer.duties, not offer.allowed))


def guidance_for(pack: Pack, case: Case, moment: str, actor: Actor, at: datetime, world: World) -> list[Guidance]:
    """The guidance that belongs to a moment: an act or duty id, ``stage X``, ``desk`` or ``overview``."""
    facts = Facts(pack, case, at, world, actor, act=moment)
    held = {seat.role for seat in actor.seats}
    return [
        words for words in pack.guidance if moment in words.at and (not words.roles or held & set(words.roles)) and facts.holds(words.when)
    ]  # fmt: skip


def _waits_for_its_duty(pack: Pack, case: Case, act: str) -> bool:
    """Whether an act that a duty brings has no place yet, for anybody: that duty does not stand open."""
    duty = pack.duties.get(act)
    return duty is not None and not duty.done_by and all(live.rule != act for live in case.live_duties())


def _fulfilling(pack: Pack, rule: str) -> tuple[str, ...]:
    return pack.duties[rule].done_by or (rule,)
