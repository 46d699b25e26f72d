"""Whether an act may be done: by this person, now, with these values. One answer for the page, the API and the import.

Refusals come in the order a person would ask: does it exist, is the case open, is it mine, must I keep out, is it time for it,
what must hold first, what is forbidden, is the sum within my authority, is the form complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from redress.calendars import reckon
from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.policy.language.base import Text
from redress.policy.language.fields import Field
from redress.policy.language.papers import Retention
from redress.policy.pack import Pack

from .appeals import ledger_refusals
from .authorities import beyond_authority, decimal
from .case import Case
from .drafts import findings
from .facts import Facts
from .standing_of import acting_role, keeps_out
from .timing import moment_in
from .worksheet import sum_refusals
from .world import Actor, World

AFTER_CLOSING = {"reopen", "archive", "erase"}
LISTS = ("choices", "units", "file")


class Permission(msgspec.Struct, frozen=True):
    """The answer: refusals (none means yes), warnings, and the role the actor would act in."""

    refusals: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...] = ()
    role: str = ""
    stands_in_for: str = ""

    @property
    def granted(self) -> bool:
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
            (_refusal("unknown-act", f"本制度没有“{act_id}”这项操作", f"this policy has no act '{act_id}'"),)
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
    if (
        case.kind == "standing"
        and act.ledger is None
        and case.subject not in act.on
        and act.id not in {d.id for d in _live_rules(pack, case, act)}
        and act.id != "note"
    ):
        yield _refusal("not-here", "这项操作不属于这条例行义务", "this act does not belong to this standing duty")
    if case.kind == "complaint" and act.on:
        yield _refusal(
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
        yield _refusal("closed", "案件已了结；先重新打开", "the case is closed; reopen it first")
    if case.is_open and act.life in AFTER_CLOSING - {"reopen"}:
        yield _refusal("still-open", "案件尚未了结", "the case is not closed yet")
    if act.life == "reopen" and case.stage not in ("closed", "followed-up", "declined"):
        yield _refusal(
            "not-closed",
            "案件还没有了结，不需要重新打开",
            "the case is not closed; there is nothing to reopen",
        )
    for rule in pack.recusals:
        if (
            (not rule.acts or act.id in rule.acts)
            and act.ledger != "appeal"  # whoever is charged may always object
            and keeps_out(pack, case, rule, actor, facts.at, facts.world)
            and facts.holds(rule.when)
        ):
            yield _said(
                rule.say,
                "recused",
                rule.own_clauses(),
                rule.id,
                "须回避：被投诉人不得经办本案",
                "you must keep out of this case: the complaint is about you",
            )
    if role is None:
        names = [pack.role_text(name) for name in act.who]
        zh, en = (
            "、".join(name.zh for name in names) or "无人",
            ", ".join(name.en for name in names) or "nobody",
        )
        yield _refusal(
            "not-yours",
            f"只有{zh}可以“{act.text.zh}”",
            f"only {en} may do this: {act.text.en}",
            act.clauses,
            act.id,
        )


def _rules_against(
    pack: Pack, act: Act, facts: Facts, role: tuple[str, str] | None, actor: Actor, world: World, case: Case
) -> Iterator[Refusal]:
    own = pack.duties.get(
        act.id
    )  # what a duty brings is done while that duty stands, not for another that it also meets
    if own is not None and not own.done_by and own not in _live_rules(pack, case, act):
        yield _refusal(
            "no-such-duty",
            f"眼下没有“{act.text.zh}”这项义务",
            f"there is no open duty for this: {act.text.en}",
            act.clauses,
            act.id,
        )
    if act.once and any(r.act == act.id and (act.once == "case" or r.round == case.round) for r in case.acts):
        yield _refusal(
            "once",
            f"“{act.text.zh}”已经做过",
            f"this has already been done: {act.text.en}",
            act.clauses,
            act.id,
        )
    if not facts.holds(act.when):
        yield _said(act.say, "not-now", act.clauses, act.id, f"现在还不能“{act.text.zh}”", f"not yet: {act.text.en}")
    if act.life == "erase":
        yield from _kept(pack, case, facts)
    if act.ledger is not None:
        yield from ledger_refusals(pack, case, act, facts, actor, facts.typed)
    for gate in pack.gates.get(act.id, ()):
        if facts.holds(gate.when) and not facts.holds(gate.needs):
            yield _said(gate.say, "gate", gate.own_clauses(), gate.id, gate.text.zh, gate.text.en)
    for rule in pack.prohibitions.get(act.id, ()):
        if rule.effect == "block" and facts.holds(rule.when):
            refusal = _said(rule.say, "forbidden", rule.own_clauses(), rule.id, rule.text.zh, rule.text.en)
            yield msgspec.structs.replace(refusal, instead=rule.instead)
    yield from beyond_authority(act.id, facts)
    yield from sum_refusals(pack, act.id, facts)


def _kept(pack: Pack, case: Case, facts: Facts) -> Iterator[Refusal]:
    for rule in pack.retentions:
        if not facts.holds(rule.when):
            continue
        until = _kept_until(pack, case, rule)
        if until is None or facts.at < until:
            zh = "记录须长期保存，不得删除" if until is None else f"记录须保存到 {until:%Y-%m-%d}"
            en = (
                "the record must be kept for good"
                if until is None
                else f"the record must be kept until {until:%Y-%m-%d}"
            )
            yield _refusal("retention", zh, en, rule.own_clauses(), rule.id)


def _kept_until(pack: Pack, case: Case, rule: Retention) -> datetime | None:
    """When a rule lets go of a case; None for never, or while it has not begun to count."""
    archived = (r.at for r in reversed(case.acts) if pack.acts[r.act].life == "archive")
    start = next(archived, None) if rule.from_ == "archived" else case.closed_at
    if rule.keep == "forever" or start is None:
        return None
    return reckon(start, pack.span(rule.keep), pack.calendar("")).due


def form_refusals(pack: Pack, case: Case, act: Act, data: Mapping[str, Any], facts: Facts) -> Iterator[Refusal]:
    """What is wrong with the values typed for an act: unknown, missing, of the wrong kind, fixed, or locked."""
    allowed = {item.field for item in act.form}
    for name in data:
        if name not in allowed:
            yield _field_refusal(pack, "unknown-field", name, "这张表没有这一项", "is not on this form", act.clauses)
    for item in act.form:
        value = data.get(item.field)
        if _empty(value):
            needed = item.required if isinstance(item.required, bool) else facts.holds(item.required)
            blanked = item.field in data  # a required fact may be left as recorded, but not wiped out
            if needed and (blanked or item.anew or _empty(case.fields.get(item.field))):
                clauses = item.clauses or pack.fields[item.field].clauses or act.clauses
                yield _field_refusal(pack, "required", item.field, "必须填写", "must be filled in", clauses)
            continue
        yield from _value_refusals(pack, case, pack.fields[item.field], value, facts.world)
    yield from _fixed_slots(pack, case, act, data)
    yield from (finding.refusal for finding in findings(act, facts) if finding.block)


def _value_refusals(pack: Pack, case: Case, field: Field, value: Any, world: World) -> Iterator[Refusal]:
    problem = wrong_value(field, value, pack, world)
    if problem:
        yield _field_refusal(pack, "bad-value", field.id, problem.zh, problem.en, field.clauses)
    changes = field.id in case.fields and case.fields[field.id] not in (None, "", value)
    if field.fixed and changes:
        yield _field_refusal(
            pack, "fixed", field.id, "一经登记不得更改", "is never changed once recorded", field.clauses
        )
    for book_id, locked in case.books.items():
        if locked and changes and field.id in pack.books[book_id].columns:
            yield _field_refusal(
                pack,
                "locked",
                field.id,
                "已签认入簿，不得更改",
                "is signed in the register and locked",
                pack.books[book_id].own_clauses(),
            )


def wrong_value(field: Field, value: Any, pack: Pack, world: World) -> Text | None:
    """What is wrong with a value of a field, or None. Dates are ISO 8601, money has at most two decimals, lists are lists."""
    values = list(value) if isinstance(value, (list, tuple)) else [value]
    if isinstance(value, (list, tuple)) != (field.type in LISTS):
        return Text(zh="格式不对", en="has the wrong shape")
    if field.type in ("choice", "choices"):
        known = {option.id for option in field.options}
        unknown = [str(item) for item in values if item not in known]
        return Text(zh=f"没有“{unknown[0]}”这个选项", en=f"has no option '{unknown[0]}'") if unknown else None
    if field.type in ("unit", "units"):
        unknown = [str(item) for item in values if not _fits(field, str(item), world)]
        return Text(zh=f"没有“{unknown[0]}”这个单位", en=f"has no unit '{unknown[0]}'") if unknown else None
    wrong = _WRONG.get(field.type)
    return wrong(value, pack) if wrong else None


def _fits(field: Field, unit: str, world: World) -> bool:
    kind = world.unit_kind(unit)
    return bool(kind) and (not field.unit_kinds or kind in field.unit_kinds)


def _wrong_money(value: Any, _pack: Pack) -> Text | None:
    amount = decimal(value)
    good = amount is not None and amount >= 0 and amount == amount.quantize(Decimal("0.01"))
    return (
        None
        if good and not isinstance(value, float)
        else Text(zh="请写金额，如 128.50", en="must be a sum such as 128.50")
    )


def _wrong_number(value: Any, _pack: Pack) -> Text | None:
    return (
        None
        if isinstance(value, int) and not isinstance(value, bool)
        else Text(zh="请写整数", en="must be a whole number")
    )


def _wrong_moment(value: Any, pack: Pack) -> Text | None:
    try:
        moment_in(value, pack.calendar(""))
    except ValueError:
        return Text(zh="请写日期和时间，如 2026-03-02 09:00", en="must be a date and time such as 2026-03-02 09:00")
    return None


_WRONG: dict[str, Callable[[Any, Pack], Text | None]] = {
    "money": _wrong_money,
    "number": _wrong_number,
    "date": _wrong_moment,
    "datetime": _wrong_moment,
    "yes-no": lambda v, _p: None if isinstance(v, bool) else Text(zh="请选是或否", en="must be yes or no"),
    "text": lambda v, _p: None if isinstance(v, str) else Text(zh="请写文字", en="must be text"),
    "long-text": lambda v, _p: None if isinstance(v, str) else Text(zh="请写文字", en="must be text"),
}


def _fixed_slots(pack: Pack, case: Case, act: Act, data: Mapping[str, Any]) -> Iterator[Refusal]:
    for effect in act.then:
        if effect.assign is None:
            continue
        slot = str(data.get(effect.assign.slot_field, "")) if effect.assign.slot_field else effect.assign.slot
        role = pack.roles.get(slot)
        if effect.assign.slot_field and (role is None or role.found != "person"):
            names = "、".join(r.id for r in pack.roles.values() if r.found == "person")
            yield _field_refusal(
                pack,
                "bad-value",
                effect.assign.slot_field,
                f"可指定：{names}",
                f"must be one of: {names}",
                (),
            )
        elif role is not None and role.fixed and case.people.get(slot):
            yield _refusal(
                "fixed",
                f"{role.text.zh}一经登记不得更改",
                f"the {role.text.en} is never changed once recorded",
                role.own_clauses(),
                role.id,
            )


def _warnings(pack: Pack, act: Act, facts: Facts) -> Iterator[Refusal]:
    for rule in pack.prohibitions.get(act.id, ()):
        if rule.effect == "warn" and facts.holds(rule.when):
            yield _said(rule.say, "warning", rule.own_clauses(), rule.id, rule.text.zh, rule.text.en)
    yield from (finding.refusal for finding in findings(act, facts) if not finding.block)


def _live_rules(pack: Pack, case: Case, act: Act) -> list[Any]:
    live = {duty.rule for duty in case.duties.values() if duty.live}
    return [rule for rule in pack.met_by.get(act.id, ()) if rule.id in live]


def _empty(value: Any) -> bool:
    return value in (None, "", [], ()) or (isinstance(value, str) and not value.strip())


def _said(say: Text | None, code: str, clauses: Iterable[str], rule: str, zh: str, en: str) -> Refusal:
    return _refusal(code, say.zh if say else zh, (say.of("en") if say else en), clauses, rule)


def _refusal(code: str, zh: str, en: str, clauses: Iterable[str] = (), rule: str = "") -> Refusal:
    return Refusal(code, tuple(clauses), zh, en, "", rule)


def _field_refusal(pack: Pack, code: str, name: str, zh: str, en: str, clauses: Iterable[str]) -> Refusal:
    text = pack.fields[name].text if name in pack.fields else Text(zh=name, en=name)
    return Refusal(code, tuple(clauses), f"“{text.zh}”{zh}", f"{text.en}: {en}", name, name)
