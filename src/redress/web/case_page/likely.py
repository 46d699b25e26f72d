"""What else may be done, the likely first: how near an act is to what the case needs now, read from the policy's own rules.

No act is hidden and none is forbidden here. An act that would fulfil somebody's open duty stands before the steps that lead on
from the stage the case is at, and what clears the way for another act; then come talks with the customer, sums the reader may
settle, and acts that the policy's conditions have just set free. What was done in this round already, and what leads back, comes last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from redress.cases.case_file import OpenFile
from redress.policy.engine.authorities import limit_of_actor
from redress.policy.engine.case import DutyState
from redress.policy.engine.facts import Facts
from redress.policy.engine.life import LIFE
from redress.policy.engine.offers import Offer
from redress.policy.language.acts import Act
from redress.web import case_sheet as sheet
from redress.web.case_page.bounds import Closed
from redress.web.case_page.in_the_way import clearing
from redress.web.plain_words import names
from redress.web.stages import BESIDE, MAIN_LINE, stage_name

FIRST = 5
"""So many stand first; the note, which everybody writes, comes after them."""
UNFOLDED = 7
"""As many as this are shown without a fold."""
SEEN = 3
"""So many of those not possible stand in plain sight: what the case seems to need and the policy does not allow yet."""
DUTY, STEP, CLEAR, TALK, SUM, FREE, AGAIN = 100, 40, 40, 20, 10, 5, 15
OUT_OF_TURN = {"still-open", "not-closed", "once"}
"""Refusals that say only that it is not the turn for this: nobody is waiting to hear them."""


@dataclass(frozen=True)
class Choice:
    """An act that may be done: the address of its form, the place where it opens, and in words why it is likely ("" for none)."""

    offer: Offer
    address: str
    slot: str
    why: str


@dataclass(frozen=True)
class Choices:
    """``first`` in plain sight, ``rest`` folded."""

    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]

    def __len__(self) -> int:
        return len(self.first) + len(self.rest)


def choices_of(file: OpenFile, offers: Sequence[Offer]) -> Choices:
    """What may be done besides the reader's own duties."""
    free = [offer for offer in offers if offer.allowed and not offer.duties]
    needed = sorted((offer for offer in offers if is_needed(file, offer)), key=lambda offer: -weight_of(file, offer))
    clears = clearing(file, offers, needed)
    weights = {offer.act.id: weight_of(file, offer) + CLEAR * (offer.act.id in clears) for offer in free}
    ranked = sorted(free, key=lambda offer: -weights[offer.act.id])
    if len(ranked) <= UNFOLDED:
        first = ranked
    else:
        notes = [offer for offer in ranked if offer.act.id == "note"]
        first = [offer for offer in ranked if weights[offer.act.id] > 0 and offer not in notes][:FIRST] + notes
    rest = [offer for offer in ranked if offer not in first]
    first, rest = ([_choice(file, offer, clears.get(offer.act.id)) for offer in part] for part in (first, rest))
    return Choices(tuple(first), tuple(rest))


def wanted_first(file: OpenFile, closed: Sequence[Closed], told: Collection[str]) -> tuple[list[Closed], list[Closed]]:
    """(what the case seems to need next although it is not possible, everything else that is not).

    ``told``: keys of the reader's duties whose rows say already what stands in the way.
    """
    near = [one for one in closed if is_needed(file, one.offer) and not set(told) & set(one.offer.duties)]
    seen = sorted(near, key=lambda one: -weight_of(file, one.offer))[:SEEN]
    return seen, [one for one in closed if one not in seen]


def is_needed(file: OpenFile, offer: Offer) -> bool:
    """Whether the case seems to wait for an act that may not be done yet."""
    if offer.allowed or {refusal.code for refusal in offer.refusals} <= OUT_OF_TURN:
        return False
    return bool(_meets(file, offer) or _steps_ahead(file, offer))


def weight_of(file: OpenFile, offer: Offer) -> int:
    """How likely an act is to be the one that is looked for; nothing below 1 speaks for it."""
    act, case = offer.act, file.case
    if _meets(file, offer):
        return DUTY
    ahead = _steps_ahead(file, offer)
    weight = STEP - ahead if ahead else 0
    if act.contact is not None:
        weight += TALK
    weight += sum(_for_now(file, offer))
    done = any(record.act == act.id and record.round == case.round for record in case.acts)
    return weight - (AGAIN if done and act.contact is None else 0)


def _for_now(file: OpenFile, offer: Offer) -> Iterator[int]:
    """What in the policy's conditions speaks for the act as the case stands."""
    act = offer.act
    facts = Facts(file.pack, file.case, file.now, file.world, file.actor, {}, act.id)
    rules = file.pack.authority.get(act.id, ())
    if any(facts.holds(rule.when) and limit_of_actor(rule, facts) > 0 for rule in rules):
        yield SUM
    gated = any(facts.holds(gate.when) for gate in file.pack.gates.get(act.id, ()))
    if offer.allowed and (act.when or gated):
        yield FREE


def _meets(file: OpenFile, offer: Offer) -> list[DutyState]:
    """The open duties, whoever has them, that the act would fulfil; the most urgent first."""
    rules = {rule.id for rule in file.pack.met_by.get(offer.act.id, ())}
    return [duty for duty in file.case.live_duties() if duty.rule in rules]


def _steps_ahead(file: OpenFile, offer: Offer) -> int:
    """By how many stages the act leads on from here; 0 where it leads nowhere or back.

    Reopening leads a closed case on; and whatever has been proposed to the customer, they may say no to it.
    """
    case, stage = file.case, _leads_to(offer.act)
    if offer.act.life == "reopen":
        return 0 if case.is_open else 1
    if stage in ("", case.stage):
        return 0
    if stage == "disputed" and case.is_open and _place(case.stage) > _place("proposed"):
        return 2
    return max(0, _place(stage) - _place(case.stage) + (case.stage in BESIDE))


def _leads_to(act: Act) -> str:
    """The stage an act leads to, "" for none."""
    moved = [effect.stage for effect in act.then if effect.stage and not effect.when]
    return LIFE.get(act.life or "", moved[-1] if moved else "")


def _place(stage: str) -> int:
    line = BESIDE.get(stage, stage)
    return MAIN_LINE.index(line) if line in MAIN_LINE else 0


def _choice(file: OpenFile, offer: Offer, clears: Act | None) -> Choice:
    act = offer.act
    return Choice(
        offer, sheet.act_address(file.case_id, act.id), sheet.slot_of("act-" + act.id), _why(file, offer, clears)
    )


def _why(file: OpenFile, offer: Offer, clears: Act | None) -> str:
    duties = _meets(file, offer)
    if duties:
        duty = names.duty(file.pack, duties[0].rule)
        return _("可办结：%(duty)s · %(who)s") % {"duty": duty, "who": sheet.who_has(file, duties[0])}
    if _steps_ahead(file, offer):
        return _("办后：%(stage)s") % {"stage": stage_name(_leads_to(offer.act))}
    if clears:
        return _("“%(act)s”等着它") % {"act": names.said(clears.text)}
    return ""
