"""What may be typed into the form of an act: nothing unknown, nothing missing, each value of its kind, nothing that is fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.policy.language.base import Text
from redress.policy.language.fields import Field
from redress.policy.pack import Pack

from .authorities import decimal
from .case import Case
from .drafts import findings
from .facts import Facts
from .refusals import field_refusal, plain_refusal
from .timing import moment_in
from .world import World

LISTS = ("choices", "units", "file")


def form_refusals(pack: Pack, case: Case, act: Act, data: Mapping[str, Any], facts: Facts) -> Iterator[Refusal]:
    """What is wrong with the values typed for an act: unknown, missing, of the wrong kind, fixed, or locked."""
    allowed = {item.field for item in act.form}
    for name in data:
        if name not in allowed:
            yield field_refusal(pack, "unknown-field", name, "这张表没有这一项", "is not on this form", act.clauses)
    for item in act.form:
        value = data.get(item.field)
        if _empty(value):
            needed = item.required if isinstance(item.required, bool) else facts.holds(item.required)
            blanked = item.field in data  # a required fact may be left as recorded, but not wiped out
            if needed and (blanked or item.anew or _empty(case.fields.get(item.field))):
                clauses = item.clauses or pack.fields[item.field].clauses or act.clauses
                yield field_refusal(pack, "required", item.field, "必须填写", "must be filled in", clauses)
            continue
        yield from _value_refusals(pack, case, pack.fields[item.field], value, facts.world)
    yield from _fixed_slots(pack, case, act, data)
    yield from (finding.refusal for finding in findings(act, facts) if finding.block)


def _value_refusals(pack: Pack, case: Case, field: Field, value: Any, world: World) -> Iterator[Refusal]:
    problem = wrong_value(field, value, pack, world)
    if problem:
        yield field_refusal(pack, "bad-value", field.id, problem.zh, problem.en, field.clauses)
    changes = field.id in case.fields and case.fields[field.id] not in (None, "", value)
    if field.fixed and changes:
        yield field_refusal(
            pack, "fixed", field.id, "一经登记不得更改", "is never changed once recorded", field.clauses
        )
    for book_id, locked in case.books.items():
        if locked and changes and field.id in pack.books[book_id].columns:
            yield field_refusal(
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
            yield field_refusal(
                pack,
                "bad-value",
                effect.assign.slot_field,
                f"可指定：{names}",
                f"must be one of: {names}",
                (),
            )
        elif role is not None and role.fixed and case.people.get(slot):
            yield plain_refusal(
                "fixed",
                f"{role.text.zh}一经登记不得更改",
                f"the {role.text.en} is never changed once recorded",
                role.own_clauses(),
                role.id,
            )


def _empty(value: Any) -> bool:
    return value in (None, "", [], ()) or (isinstance(value, str) and not value.strip())
