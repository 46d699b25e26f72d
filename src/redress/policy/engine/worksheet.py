"""A compensation worksheet worked out on a case: every line with its clause, its sum, and what is still missing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from redress.policy.errors import Refusal
from redress.policy.formula import Formula, FormulaError
from redress.policy.language.base import Text
from redress.policy.language.sums import Compensation, Item, Need
from redress.policy.pack import Pack

if TYPE_CHECKING:  # facts ask what a worksheet comes to
    from .facts import Facts


class WorksheetLine(msgspec.Struct, frozen=True):
    """A line: ``amount`` in yuan, None while ``missing`` names what unlocks it; ``payer`` who pays it."""

    item: Item
    amount: Decimal | None
    missing: tuple[Refusal, ...]
    payer: str
    clauses: tuple[str, ...]


class Worksheet(msgspec.Struct, frozen=True):
    """All lines that have a place on this case, and their sums in yuan (``own``: what the organisation itself pays)."""

    rule: str
    lines: tuple[WorksheetLine, ...]
    total: Decimal
    own: Decimal


def worksheet(pack: Pack, rule: Compensation, facts: Facts) -> Worksheet:
    """The worksheet as the facts now stand."""
    lines = tuple(_line(pack, item, facts) for item in rule.items if facts.holds(item.when))
    total = sum((line.amount for line in lines if line.amount is not None), Decimal("0.00"))
    own = sum(
        (line.amount for line in lines if line.amount is not None and line.payer in ("", rule.own)), Decimal("0.00")
    )
    if rule.total_at_most:
        cap = _worked(pack, rule.total_at_most, facts)
        total, own = min(total, cap), min(own, cap)
    return Worksheet(rule.id, lines, total, own)


def worth(pack: Pack, facts: Facts) -> dict[str, float]:
    """What each worksheet that applies comes to, for conditions (yuan)."""
    sheets = {rule.id: worksheet(pack, rule, facts) for rule in pack.compensations.values() if facts.holds(rule.when)}
    return {**dict.fromkeys(pack.compensations, 0.0), **{name: float(sheet.total) for name, sheet in sheets.items()}}


def sum_refusals(pack: Pack, act: str, facts: Facts) -> list[Refusal]:
    """Why the sum an act commits is more than its worksheet comes to; names the lines that are still locked."""
    found = []
    for rule in pack.worksheets_of.get(act, ()):
        value = facts.committing(act, rule.amount)
        if value in (None, "") or not facts.holds(rule.when):
            continue
        sheet = worksheet(pack, rule, facts)
        if Decimal(str(value)) > sheet.total:
            locked = [line.item.text for line in sheet.lines if line.amount is None]
            zh = f"超出工作表合计 {sheet.total} 元" + (
                f"；尚缺依据：{'、'.join(t.zh for t in locked)}" if locked else ""
            )
            en = f"more than the worksheet's CNY {sheet.total}" + (
                f"; still without evidence: {', '.join(t.en for t in locked)}" if locked else ""
            )
            found.append(Refusal("worksheet", rule.clauses or rule.own_clauses(), zh, en, rule.amount, rule.id))
    return found


def _line(pack: Pack, item: Item, facts: Facts) -> WorksheetLine:
    missing = _missing(pack, item, facts)
    amount = None
    if not missing:
        try:
            amount = _capped(pack, item, facts)
        except FormulaError as error:
            missing = (_not_given(pack, item, str(error)),)
    payer = next((p for p in item.payer if facts.holds(p.when)), None)
    clauses = tuple(dict.fromkeys((*item.clauses, *(payer.clauses if payer else ()))))
    return WorksheetLine(item, amount, missing, payer.to if payer else "", clauses)


def _missing(pack: Pack, item: Item, facts: Facts) -> tuple[Refusal, ...]:
    lacking = [need for need in item.needs if not _met(need, facts)]
    if item.any and len(lacking) < len(item.needs):
        lacking = []
    refusals = [_lacks(pack, item, need) for need in lacking]
    if item.approval and not any(
        r.approval == item.approval and r.status == "approved" for r in facts.case.requests.values()
    ):
        text = pack.approvals[item.approval].text
        refusals.append(
            Refusal("approval", item.clauses, f"尚未批准：{text.zh}", f"not approved yet: {text.en}", "", item.item)
        )
    return tuple(refusals)


def _met(need: Need, facts: Facts) -> bool:
    return (not need.field or facts.field(need.field) not in (None, "", [], False)) and facts.holds(need.when)


def _lacks(pack: Pack, item: Item, need: Need) -> Refusal:
    name = pack.fields[need.field].text if need.field in pack.fields else item.text
    text = need.say or Text(zh=f"缺：{name.zh}", en=f"missing: {name.en}")
    return Refusal("evidence", need.clauses or item.clauses, text.zh, text.of("en"), need.field, item.item)


def _not_given(pack: Pack, item: Item, name: str) -> Refusal:
    text = pack.fields[name].text if name in pack.fields else Text(zh=name, en=name)
    return Refusal("value", item.clauses, f"未填：{text.zh}", f"not filled in: {text.en}", name, item.item)


def _capped(pack: Pack, item: Item, facts: Facts) -> Decimal:
    amount = _worked(pack, item.amount, facts)
    if item.at_least:
        amount = max(amount, _worked(pack, item.at_least, facts))
    return min(amount, _worked(pack, item.at_most, facts)) if item.at_most else amount


def _worked(pack: Pack, formula: str, facts: Facts) -> Decimal:
    def value_of(name: str) -> Any:
        return pack.parameter(name) if name.startswith("$") else facts.field(name)

    return Formula.parse(formula).value(value_of)
