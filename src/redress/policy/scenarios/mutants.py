"""Weakening a pack one rule at a time: dropped, its limit doubled, its role changed, its level or condition lost.

A mutant that no scenario notices means the scenarios do not hold the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel

from redress.calendars import Span, SpanError
from redress.policy.language.base import Rule
from redress.policy.language.duties import Sample
from redress.policy.language.fields import Parameter
from redress.policy.language.pack import Source
from redress.policy.language.papers import Retention
from redress.policy.language.people import Role
from redress.policy.language.periodic import Measure

SPANS = {"wait", "within", "span", "at_most", "otherwise", "before", "every", "keep", "by"}
CONDITIONS = {"when", "needs", "done_when", "unless", "where", "among"}
ROLES = {"who", "notify", "to", "on"}
SUMS = {"fine", "amount", "up_to"}
SILENT = {
    "id", "zh", "en", "note", "clauses", "must", "say", "help", "means", "summary_zh", "summary_en", "intro", "basis", "ref", "assumption",
    "ambiguity", "key", "sort", "cause", "form_", "pausable", "words", "emergency", "work", "outcomes", "found_as", "contact",
}  # fmt: skip
FLIPS: dict[str, Any] = {
    "order": {"sequence": "any", "together": "any", "any": "sequence"},
    "effect": {"block": "warn", "warn": "block"},
}


class Mutant:
    """One weakened rule. ``weakened`` is None where the rule is dropped; ``clauses`` are those it weakens."""

    def __init__(self, rule: Rule, what: str, clauses: tuple[str, ...], weakened: Rule | None) -> None:
        self.rule, self.what, self.clauses, self.weakened = rule, what, clauses, weakened

    @property
    def name(self) -> str:
        """Such as ``duty first-contact: within.major doubled``."""
        return f"{self.rule.kind_key} {self.rule.id}: {self.what}"

    def source(self, source: Source) -> Source:
        """The pack's source with this mutant in place of the rule."""
        rules = tuple(
            self.weakened if rule is self.rule else rule
            for rule in source.rules
            if rule is not self.rule or self.weakened
        )
        return source.model_copy(update={"rules": rules})


def mutants(source: Source) -> Iterator[Mutant]:
    """Every mutant of every rule that cites a clause of the pack's own (those it inherits are held by the pack they come from)."""
    roles = [rule.id for rule in source.of(Role) if rule.found == "seat"]
    for rule in source.rules:
        clauses = rule.own_clauses()
        if not clauses or set(clauses) <= source.inherited:
            continue
        yield Mutant(rule, "dropped", clauses, None)
        own = rule.clauses or clauses
        if isinstance(rule, Parameter):
            for _, value in _weaker("span", rule.value) or _weaker("amount", rule.value):
                yield Mutant(rule, "value changed", own, rule.model_copy(update={"value": value}))
            continue
        for what, cited, changed in _variants(rule, own, roles, ""):
            yield Mutant(rule, what, cited, changed)


def _variants(
    part: BaseModel, clauses: tuple[str, ...], roles: list[str], path: str
) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in SILENT or value in (None, "", (), {}):
            continue
        if name == "order" and _one_answers(part):
            continue  # one approver answers first and last in any order
        if isinstance(part, Measure) and name in ("from_", "to"):
            continue  # steps between which time is measured, not roles
        if isinstance(part, Retention) and name == "from_" and (part.from_ == "closed" or part.keep == "forever"):
            continue  # counting from the closing is what is left when nothing is said; for good has no beginning
        where = f"{path}{name.rstrip('_').replace('_', ' ')}"
        for what, cited, changed in _of_value(part, name, value, clauses, roles, where):
            yield what, cited, part.model_copy(update={name: changed})


def _one_answers(part: BaseModel) -> bool:
    """Whether one approver alone is asked: only one is written, or their limits choose one by the sum."""
    by = getattr(part, "by", ())
    return len(by) < 2 or any(getattr(approver, "up_to", None) is not None for approver in by)


def _of_value(
    part: BaseModel, name: str, value: Any, clauses: tuple[str, ...], roles: list[str], where: str
) -> Iterator[Any]:
    if isinstance(value, BaseModel):
        inner = getattr(value, "clauses", ()) or clauses
        if isinstance(value, Sample):
            yield f"{where} lost", clauses, None
        yield from _variants(value, inner, roles, where + ".")
    elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        yield from _of_items(value, clauses, roles, where)
    elif name == "recurs":
        yield (
            f"{where} changed",
            clauses,
            {**value, "every": "year" if value.get("every") != "year" else "month", "on": 1},
        )
    elif isinstance(value, dict) and name != "set":
        yield from _of_table(name, value, clauses, where)
    elif isinstance(value, bool):
        if (value and name != "read") or (name == "read" and not value):
            yield f"{where} turned off", clauses, not value
    elif name in FLIPS:
        yield f"{where} changed", clauses, FLIPS[name][value]
    elif name in CONDITIONS:
        if value != "true":  # a rule that always holds (the last row of a table) has no condition to lose
            yield f"{where} lost", clauses, "true" if name == "needs" else ""
    elif name in ROLES:
        yield from _of_roles(value, clauses, roles, where)
    elif name == "once":
        yield f"{where} lost", clauses, None
    elif name in ("from_", "until", "different_by", "found_if"):  # the ends of a limit, whom a pattern counts
        yield f"{where} lost", clauses, ""
    elif name == "at_least":
        yield f"{where} raised", clauses, value + 1
    elif isinstance(value, tuple) and name in (  # a reminder's "before" is a length of time, not a list of acts
        "after",
        "done_by",
        "cancelled_by",
        "locked_by",
        "acts",
        "before",
        "climbs_by",
        "ends_by",
        "unit_kinds",
        "words",
        "must_hold",
        "same",
    ):
        yield from _fewer(value, clauses, where, keep_one=name in ("after", "acts", "before", "unit_kinds"))
    else:
        for what, changed in _weaker(name, value):
            yield f"{where} {what}", clauses, changed


def _of_items(items: tuple[Any, ...], clauses: tuple[str, ...], roles: list[str], where: str) -> Iterator[Any]:
    for index, item in enumerate(items):
        label = getattr(item, "field", "") or getattr(item, "id", "") or getattr(item, "rung", "") or str(index)
        cited = getattr(item, "clauses", ()) or clauses
        rest = (*items[:index], *items[index + 1 :])
        if rest or not where.endswith(("rungs", "rows", "by", "sections")):
            yield f"{where}.{label} dropped", cited, rest
        if not isinstance(item, BaseModel):
            continue  # an approver without a limit is written as the role alone
        for what, inner, changed in _variants(item, cited, roles, f"{where}.{label}."):
            yield what, inner, (*items[:index], changed, *items[index + 1 :])


def _of_table(name: str, table: dict[str, Any], clauses: tuple[str, ...], where: str) -> Iterator[Any]:
    for key, value in table.items():
        yield f"{where}.{key} dropped", clauses, {k: v for k, v in table.items() if k != key}
        for what, changed in _weaker("span" if name == "table" else "amount", value):
            yield f"{where}.{key} {what}", clauses, {**table, key: changed}


def _of_roles(value: Any, clauses: tuple[str, ...], roles: list[str], where: str) -> Iterator[Any]:
    if isinstance(value, str):
        other = next((role for role in roles if role != value), None)
        if other:
            yield f"{where} changed", clauses, other
        return
    if len(value) > 1:
        yield from _fewer(value, clauses, where, keep_one=True)
    other = next((role for role in reversed(roles) if role not in value), None)
    if other:
        yield f"{where} changed to {other}", clauses, (other,)


def _fewer(value: tuple[str, ...], clauses: tuple[str, ...], where: str, *, keep_one: bool) -> Iterator[Any]:
    if len(value) == 1 and keep_one:
        return
    for item in value:
        yield f"{where} without {item}", clauses, tuple(other for other in value if other != item)


def _weaker(name: str, value: Any) -> list[tuple[str, Any]]:
    if name in ("amount", "at_most", "at_least", "total_at_most") and isinstance(value, str) and not _is_span(value):
        return [("doubled", f"({value}) * 2")]
    if isinstance(value, str) and value.startswith("$"):
        return []
    if name in SPANS and isinstance(value, str):
        try:
            return [("doubled", _longer(Span.parse(value)))]
        except SpanError:
            return []
    if name in SUMS or isinstance(value, Decimal):
        try:
            return [("doubled", Decimal(str(value)) * 2)]
        except InvalidOperation:
            return []
    return []


def _longer(span: Span) -> str:
    """Twice the span; twice nothing is nothing, so "at once" and "same day" become one unit."""
    return str(span.scaled(2) if span.amount else Span(1, span.unit))


def _is_span(value: str) -> bool:
    try:
        Span.parse(value)
    except SpanError:
        return False
    return True


def killers_first(mutant: Mutant, scenarios: Iterable[Any]) -> list[Any]:
    """The scenarios, those naming a clause of the mutant first."""
    wanted = set(mutant.clauses)
    return sorted(scenarios, key=lambda scenario: not (wanted & scenario.named_clauses()))
