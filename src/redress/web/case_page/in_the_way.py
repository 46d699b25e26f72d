"""Which acts would clear the way for another: read from what the other's gates and conditions ask for and do not find yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redress.cases.case_file import OpenFile
from redress.policy.conditions import MEMBER
from redress.policy.engine.facts import Facts
from redress.policy.engine.offers import Offer
from redress.policy.language.acts import Act

EMPTY = (None, "", [], ())


def clearing(file: OpenFile, offers: Sequence[Offer], wanted: Sequence[Offer]) -> dict[str, Act]:
    """For each act that may be done and would help, the first of those ``wanted`` it clears the way for.

    A call for help is made because somebody needs help, never so that something else may be done.
    """
    found: dict[str, Act] = {}
    for closed in wanted:
        missing = {one for expression in _not_met(file, closed.act) for one in _asked_for(file, expression)}
        for offer in offers if missing else ():
            if offer.allowed and not offer.act.emergency and missing & set(_brings(file, offer.act)):
                found.setdefault(offer.act.id, closed.act)
    return found


def _not_met(file: OpenFile, act: Act) -> Iterator[str]:
    """The conditions of an act that do not hold now."""
    facts = Facts(file.pack, file.case, file.now, file.world, file.actor, {}, act.id)
    if act.when and not facts.holds(act.when):
        yield act.when
    for gate in file.pack.gates.get(act.id, ()):
        if facts.holds(gate.when) and not facts.holds(gate.needs):
            yield gate.needs


def _asked_for(file: OpenFile, expression: str) -> Iterator[tuple[str, str]]:
    """What a condition looks for: (sort, name) of acts done, duties met, marks, approvals, and fields with nothing in them."""
    for name, where, *_rest in MEMBER.findall(expression):
        sort = {"done_this_round": "done", "filled": "field"}.get(where, where)
        if sort in ("done", "met", "marks", "approved", "field"):
            yield sort, name
    compiled = file.pack.condition(expression)
    for name in compiled.names if compiled else ():
        if name in file.pack.fields and file.case.fields.get(name) in EMPTY:
            yield "field", name


def _brings(file: OpenFile, act: Act) -> Iterator[tuple[str, str]]:
    """What doing an act brings, in the same words; nothing of it where it has been done in this round already."""
    if any(record.act == act.id and record.round == file.case.round for record in file.case.acts):
        return
    yield "done", act.id
    for item in act.form:
        yield "field", item.field
    for duty in file.pack.met_by.get(act.id, ()):
        yield "met", duty.id
    for effect in act.then:
        if effect.mark:
            yield "marks", effect.mark
        if effect.ask:
            yield "approved", effect.ask
