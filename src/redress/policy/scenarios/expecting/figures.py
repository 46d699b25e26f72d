"""Expectations of figures: reports, worksheets, and who held the case for how long."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from redress.policy.engine.facts import Facts
from redress.policy.engine.holders import by_holder
from redress.policy.engine.measures import report
from redress.policy.engine.worksheet import worksheet
from redress.policy.engine.world import CLOCK

from ..language import Expect, HeldSaid, ReportSaid, WorthSaid
from .seen import Seen


def figures(seen: Seen, expect: Expect) -> Iterator[str]:
    """What does not hold of the figures."""
    for wanted in expect.reported or ():
        yield from _report(seen, wanted)
    for sheet in expect.worth or ():
        yield from _worth(seen, sheet)
    for share in expect.held or ():
        yield from _held(seen, share)


def _report(seen: Seen, said: ReportSaid) -> Iterator[str]:
    rule = seen.stage.pack.reports.get(said.report)
    if rule is None:
        yield f"there is no report {said.report}"
        return
    sections = report(seen.stage.pack, said.report, list(seen.stage.cases.values()), seen.stage.now, seen.stage)
    figures = {name: value for part in sections for name, value in part.figures.items()}
    for name, wanted in said.figures.items():
        if name not in figures or not _same_figure(figures[name], wanted):
            yield f"{said.report}: {name} should be {wanted}, is {figures.get(name, 'not in the report')}"
    if not set(said.to) <= set(rule.to):
        yield f"{said.report} should go to {' '.join(said.to)}, goes to {' '.join(rule.to)}"
    parts = {part.section.en or part.section.zh for part in sections} | {part.section.zh for part in sections}
    yield from (f"{said.report} should have the part {part}" for part in said.parts if part not in parts)
    cited = {
        *rule.own_clauses(),
        *(c for name in figures for c in seen.stage.pack.measures[name].own_clauses()),
    }
    if not set(said.clause) <= cited:
        yield f"{said.report} should cite {' '.join(said.clause)}"


def _worth(seen: Seen, said: WorthSaid) -> Iterator[str]:
    pack = seen.stage.pack
    facts = Facts(pack, seen.case, seen.stage.now, seen.stage, CLOCK)
    sheet = worksheet(pack, pack.compensations[said.worksheet], facts)
    lines = {line.item.item: line for line in sheet.lines}
    for name, wanted in (("total", said.total), ("own", said.own)):
        if wanted is not None and Decimal(str(wanted)) != getattr(sheet, name):
            yield f"{said.worksheet}: {name} should be {wanted}, is {getattr(sheet, name)}"
    for name, wanted in said.lines.items():
        have = lines[name].amount if name in lines else None
        if have is None or have != Decimal(str(wanted)):
            missing = "; ".join(r.en for r in lines[name].missing) if name in lines else "no such line applies"
            yield f"{said.worksheet}: {name} should be {wanted}, is {have} {missing}"
    for name, payer in said.payers.items():
        have_payer = lines[name].payer if name in lines else "nobody"
        if have_payer != payer:
            yield f"{said.worksheet}: {name} should be paid by {payer}, is paid by {have_payer}"
    for name in said.locked:
        if name not in lines or lines[name].amount is not None:
            yield f"{said.worksheet}: {name} should be locked"
    cited = set(pack.compensations[said.worksheet].clauses)
    for line in (lines[name] for name in (*said.lines, *said.locked, *said.payers) if name in lines):
        cited.update(line.clauses, line.item.clauses, *(refusal.clauses for refusal in line.missing))
    if not set(said.clause) <= cited:
        yield f"{said.worksheet} should cite {' '.join(said.clause)}; cites {' '.join(sorted(cited))}"


def _held(seen: Seen, said: HeldSaid) -> Iterator[str]:
    held = by_holder(seen.case, seen.stage.now)
    mine = [t.total_seconds() for (who, unit), t in held.items() if who == said.who and said.unit in ("", unit)]
    if sum(mine) / 60 != said.minutes:
        told = ", ".join(f"{who}@{unit} {t.total_seconds() / 60:g}" for (who, unit), t in held.items())
        yield f"{said.who} should have held {said.minutes} minutes, held {sum(mine) / 60:g}; {told}"


def _same_figure(have: Any, wanted: Any) -> bool:
    if isinstance(have, dict) and isinstance(wanted, dict):
        return {k: str(v) for k, v in have.items()} == {str(k): str(v) for k, v in wanted.items()}
    if have is None or wanted is None:
        return have is wanted
    return Decimal(str(have)) == Decimal(str(wanted))
