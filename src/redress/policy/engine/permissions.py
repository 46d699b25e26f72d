"""Whether an act may be done: by this person, now, with these values. One answer for the page, the API and the import.

Refusals come in the order a person would ask: does it exist, is the case open, is it mine, must I keep out, is it time for it,
what must hold first, what is forbidden, is the sum within my authority, is the form complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.policy.pack import Pack

from .appeals import ledger_refusals
from .authorities import beyond_authority
from .case import Case
from .drafts import findings
from .facts import Facts
from .filling import form_refusals
from .keeping import kept
from .refusals import plain_refusal, said_refusal
from .standing_of import acting_role, keeps_out
from .worksheet import sum_refusals
from .world import Actor, World

AFTER_CLOSING = {"reopen", "archive", "erase"}


class Permission(msgspec.Struct, frozen=True):
    """The answer: refusals (none means yes), warnings, and the role the actor would act in."""

    refusals: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...] = ()
    role: str = ""
    stands_in_for: str = ""

    @property
    def granted(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.refusals


def permission(
    pack: Pack,
    case: Case,
    act_id: str,
    actor: Actor,
    at: datetime,
    world: World,
    data: Mapping[str, Any],
    unit: str = "",
    *,
    form: bool = True,
) -> Permission:
    """Whether ``actor`` may do ``act_id`` at ``at`` with ``data``. ``form=False`` leaves out what the form must hold (for offers)."""
    act = pack.acts.get(act_id)
    if act is None:
        return Permission(
            (plain_refusal("unknown-act", f"本制度没有“{act_id}”这项操作", f"this policy has no act '{act_id}'"),)
        )
    role = _role(pack, case, act, actor, world, data, unit)
    asked_anew = {item.field: None for item in act.form if item.anew}  # an earlier answer says nothing about this one
    facts = Facts(pack, case, at, world, actor, {**asked_anew, **data}, act_id)
    refusals = list(_standing_in_the_way(pack, case, act, actor, role, facts))
    refusals = refusals[:1] if refusals else list(_rules_against(pack, act, facts, role, actor, world, case))
    if form and not refusals:
        refusals = list(form_refusals(pack, case, act, data, facts))
    role_id, stand_in = role or ("", "")
    return Permission(tuple(refusals), tuple(_warnings(pack, act, facts)) if not refusals else (), role_id, stand_in)


def _role(
    pack: Pack, case: Case, act: Act, actor: Actor, world: World, data: Mapping[str, Any], unit: str
) -> tuple[str, str] | None:
    """The role to act in: in the unit named; else where a duty stands open per unit, in one of those; else on the case."""
    rules = {rule.id for rule in pack.met_by.get(act.id, ()) if rule.for_each}
    places = tuple(duty.unit for duty in case.duties.values() if duty.live and duty.rule in rules)
    if unit:
        return acting_role(pack, case, actor, act.who, world, (unit,))
    found = acting_role(pack, case, actor, act.who, world, places) if places else None
    return found or acting_role(pack, case, actor, act.who, world, (), dict(data))


def _standing_in_the_way(
    pack: Pack, case: Case, act: Act, actor: Actor, role: tuple[str, str] | None, facts: Facts
) -> Iterator[Refusal]:
    yield from _out_of_place(pack, case, act)
    yield from _recused(pack, case, act, actor, facts)
    if role is None:
        names = [pack.role_text(name) for name in act.who]
        zh = "、".join(name.zh for name in names) or "无人"
        en = ", ".join(name.en for name in names) or "nobody"
        yield plain_refusal(
            "not-yours", f"只有{zh}可以“{act.text.zh}”", f"only {en} may do this: {act.text.en}", act.clauses, act.id
        )


def _out_of_place(pack: Pack, case: Case, act: Act) -> Iterator[Refusal]:
    """The act belongs to another kind of case, or to another stage of its life."""
    if (
        case.kind == "standing"
        and act.ledger is None
        and case.subject not in act.on
        and act.id not in {d.id for d in _live_rules(pack, case, act)}
        and act.id != "note"
    ):
        yield plain_refusal("not-here", "这项操作不属于这条例行义务", "this act does not belong to this standing duty")
    if case.kind == "complaint" and act.on:
        yield plain_refusal(
            "not-here",
            "这项操作属于例行义务，不属于投诉",
            "this act belongs to a standing duty, not to a complaint",
        )
    if (
        case.stage
        and not case.is_open
        and act.life not in AFTER_CLOSING
        and not act.after_closing
        and act.id != "note"
        and not _live_rules(pack, case, act)
    ):
        yield plain_refusal("closed", "案件已了结；先重新打开", "the case is closed; reopen it first")
    if case.is_open and act.life in AFTER_CLOSING - {"reopen"}:
        yield plain_refusal("still-open", "案件尚未了结", "the case is not closed yet")
    if act.life == "reopen" and case.stage not in ("closed", "followed-up", "declined"):
        yield plain_refusal(
            "not-closed",
            "案件还没有了结，不需要重新打开",
            "the case is not closed; there is nothing to reopen",
        )


def _recused(pack: Pack, case: Case, act: Act, actor: Actor, facts: Facts) -> Iterator[Refusal]:
    for rule in pack.recusals:
        if (
            (not rule.acts or act.id in rule.acts)
            and act.ledger != "appeal"  # whoever is charged may always object
            and keeps_out(pack, case, rule, actor, facts.at, facts.world)
            and facts.holds(rule.when)
        ):
            yield said_refusal(
                rule.say,
                "recused",
                rule.own_clauses(),
                rule.id,
                "须回避：被投诉人不得经办本案",
                "you must keep out of this case: the complaint is about you",
            )


def _rules_against(
    pack: Pack, act: Act, facts: Facts, role: tuple[str, str] | None, actor: Actor, world: World, case: Case
) -> Iterator[Refusal]:
    # What a duty brings is done while that duty stands, not for another that it also meets.
    own = pack.duties.get(act.id)
    if own is not None and not own.done_by and own not in _live_rules(pack, case, act):
        yield plain_refusal(
            "no-such-duty",
            f"眼下没有“{act.text.zh}”这项义务",
            f"there is no open duty for this: {act.text.en}",
            act.clauses,
            act.id,
        )
    if act.once and any(r.act == act.id and (act.once == "case" or r.round == case.round) for r in case.acts):
        yield plain_refusal(
            "once",
            f"“{act.text.zh}”已经做过",
            f"this has already been done: {act.text.en}",
            act.clauses,
            act.id,
        )
    if not facts.holds(act.when):
        yield said_refusal(
            act.say, "not-now", act.clauses, act.id, f"现在还不能“{act.text.zh}”", f"not yet: {act.text.en}"
        )
    if act.life == "erase":
        yield from kept(pack, case, facts)
    if act.ledger is not None:
        yield from ledger_refusals(pack, case, act, facts, actor, facts.typed)
    for gate in pack.gates.get(act.id, ()):
        if facts.holds(gate.when) and not facts.holds(gate.needs):
            yield said_refusal(gate.say, "gate", gate.own_clauses(), gate.id, gate.text.zh, gate.text.en)
    for rule in pack.prohibitions.get(act.id, ()):
        if rule.effect == "block" and facts.holds(rule.when):
            refusal = said_refusal(rule.say, "forbidden", rule.own_clauses(), rule.id, rule.text.zh, rule.text.en)
            yield msgspec.structs.replace(refusal, instead=rule.instead)
    yield from beyond_authority(act.id, facts)
    yield from sum_refusals(pack, act.id, facts)


def _warnings(pack: Pack, act: Act, facts: Facts) -> Iterator[Refusal]:
    for rule in pack.prohibitions.get(act.id, ()):
        if rule.effect == "warn" and facts.holds(rule.when):
            yield said_refusal(rule.say, "warning", rule.own_clauses(), rule.id, rule.text.zh, rule.text.en)
    yield from (finding.refusal for finding in findings(act, facts) if not finding.block)


def _live_rules(pack: Pack, case: Case, act: Act) -> list[Any]:
    live = {duty.rule for duty in case.duties.values() if duty.live}
    return [rule for rule in pack.met_by.get(act.id, ()) if rule.id in live]
