"""Figures over cases: what a report of the pack comes to for a period. Pure; the caller brings the cases."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec

from redress.policy.language.periodic import Measure, Section
from redress.policy.pack import Pack

from .case import Case
from .facts import Facts
from .world import CLOCK, World

Figure = Decimal | int | None | dict[str, Any]


class SectionContents(msgspec.Struct, frozen=True):
    """A part of a report: its figures by measure, and the field in which its maker writes (or "")."""

    section: Section
    figures: dict[str, Any]
    field: str


def report(pack: Pack, report_id: str, cases: Sequence[Case], at: datetime, world: World) -> list[SectionContents]:
    """The contents of a report over ``cases`` (those of its period), computed at ``at``."""
    rule = pack.reports[report_id]
    return [
        SectionContents(
            section,
            {name: figure(pack, pack.measures[name], cases, at, world) for name in section.measures},
            section.field,
        )
        for section in rule.sections
    ]


def figure(pack: Pack, measure: Measure, cases: Iterable[Case], at: datetime, world: World) -> Figure:
    """One figure: a number (shares in percent, sums in yuan, medians in hours), or a table by the values of ``by``."""
    cases = list(cases)
    chosen = [case for case in cases if _counts(case, measure) and _holds(pack, measure.among, case, at, world)]
    if measure.what == "rate":
        return _rate(pack, measure, chosen, cases, at, world)
    if not measure.by:
        return _figure(pack, measure, chosen, at, world)
    groups: dict[str, list[Case]] = {}
    for case in chosen:
        value = case.unit if measure.by == "unit" else case.fields.get(measure.by)
        for key in value if isinstance(value, (list, tuple)) else (value,):
            groups.setdefault(str(key or ""), []).append(case)
    return {key: _figure(pack, measure, group, at, world) for key, group in sorted(groups.items())}


def _figure(pack: Pack, measure: Measure, cases: list[Case], at: datetime, world: World) -> Figure:
    hits = [case for case in cases if _holds(pack, measure.where, case, at, world)]
    if measure.what == "cases":
        return len(hits)
    if measure.what == "share":
        return _round(Decimal(100 * len(hits)) / len(cases), "0.1") if cases else None
    if measure.what == "sum":
        return _round(sum((_sum_of(case, measure.of) for case in hits), Decimal(0)), "0.01")
    if measure.what == "average":
        given = [
            Decimal(str(case.fields[measure.of])) for case in hits if case.fields.get(measure.of) not in (None, "")
        ]
        return _round(sum(given, Decimal(0)) / len(given), "0.1") if given else None
    if measure.what == "median-hours":
        spent = [hours for case in hits if (hours := _hours(case, measure.from_, measure.to)) is not None]
        return _round(Decimal(str(statistics.median(spent))), "0.1") if spent else None
    return sum(_duties(case, measure.of)[measure.what] for case in hits)


def standing_read_by(pack: Pack, report_id: str) -> set[str]:
    """The standing duties whose files the figures of a report look at, besides the complaints."""
    measures = [pack.measures[name] for section in pack.reports[report_id].sections for name in section.measures]
    named = {measure.of for measure in measures if measure.of in pack.standing}
    volumes = {measure.of for measure in measures if measure.what == "rate"}
    return named | {rule.id for rule in pack.standing.values() if volumes & {item.field for item in rule.record}}


def _rate(pack: Pack, measure: Measure, chosen: list[Case], cases: list[Case], at: datetime, world: World) -> Figure:
    hits = sum(_holds(pack, measure.where, case, at, world) for case in chosen)
    volume = sum((_sum_of(case, measure.of) for case in cases if case.kind == "standing"), Decimal(0))
    return _round(1000 * hits / volume, "0.1") if volume else None


def _counts(case: Case, measure: Measure) -> bool:
    """Complaints count; occurrences of a standing duty only for a figure about that very duty."""
    return case.kind == "complaint" or (measure.of != "" and case.subject == measure.of)


def _holds(pack: Pack, condition: str, case: Case, at: datetime, world: World) -> bool:
    return not condition or Facts(pack, case, at, world, CLOCK).holds(condition)


def _sum_of(case: Case, of: str) -> Decimal:
    if of in case.fields:
        return Decimal(str(case.fields[of] or 0))
    return sum(
        (
            Decimal(line.amount)
            for line in case.ledger.values()
            if line.kind == of and line.amount and line.status != "waived"
        ),
        Decimal(0),
    )


def _duties(case: Case, of: str) -> Counter[str]:
    found: Counter[str] = Counter({"duties-late": 0, "duties-met": 0})
    for duty in case.duties.values():
        if of in ("", duty.rule):
            found["duties-late"] += bool(duty.late_at or duty.late_by)
            found["duties-met"] += duty.status == "met" and not duty.late_by
    return found


def _hours(case: Case, start: str, end: str) -> float | None:
    begun = next((record.at for record in case.acts if record.act == start), None)
    ended = (
        case.closed_at
        if end == "close"
        else next((record.at for record in reversed(case.acts) if record.act == end), None)
    )
    return (ended - begun).total_seconds() / 3600 if begun and ended else None


def _round(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), rounding=ROUND_HALF_UP)
