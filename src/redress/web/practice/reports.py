"""The reports that came round in a sandbox, computed over its own complaints: those of the period, within the reach of whoever makes it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from redress.cases.queries.reach import Reach, reach_of
from redress.people.directory import Directory
from redress.policy.engine.case import Case
from redress.policy.engine.measures import report as contents_of
from redress.policy.engine.measures import standing_read_by
from redress.policy.engine.standing_of import recused_from_reading
from redress.policy.engine.world import Actor
from redress.policy.sandbox.sandbox import Sandbox

from ..plain_words import names
from ..report_words import SectionWords, sections_in_words
from .players import holders_of

PERIODS_SHOWN = 3
"""Of each report of each unit, so many periods are shown: whoever winds the clock by a quarter reads no ninety daily ones."""


@dataclass(frozen=True)
class ReportView:
    """One report that came round ``at``: for which period and unit, over how many complaints, and its contents."""

    name: str
    at: datetime
    period: str
    unit: str
    counted: int
    clauses: tuple[str, ...]
    sections: list[SectionWords]


def reports_of(sandbox: Sandbox, directory: Directory) -> list[ReportView]:
    """The reports that came round, the latest first."""
    files = _standing_files(sandbox)
    carrying: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in files:
        if sandbox.pack.standing[case.subject].report:
            carrying[case.subject, case.unit].append(case)
    latest = (case for cases in carrying.values() for case in cases[-PERIODS_SHOWN:])
    return [_view(sandbox, directory, case, files) for case in sorted(latest, key=_opened, reverse=True)]


def _standing_files(sandbox: Sandbox) -> list[Case]:
    """Every standing duty that came round as it was left, the earliest first: the stage itself keeps only the last of each."""
    found = {
        (brought.label, brought.case.registered_at): brought.case
        for taken in sandbox.taken
        for brought in taken.brought
        if brought.case.kind == "standing"
    }
    return sorted(found.values(), key=_opened)


def _view(sandbox: Sandbox, directory: Directory, occurrence: Case, files: list[Case]) -> ReportView:
    pack, rule = sandbox.pack, sandbox.pack.standing[occurrence.subject]
    read = standing_read_by(pack, rule.report)
    makers = _makers(sandbox, directory, occurrence)
    counted = [case for case in sandbox.complaints().values() if _counts(sandbox, occurrence, case, makers)]
    beside = [case for case in files if case.subject in read and _counts(sandbox, occurrence, case, makers)]
    contents = contents_of(pack, rule.report, [*counted, *beside], sandbox.now, sandbox)
    return ReportView(
        names.said(pack.reports[rule.report].text),
        _opened(occurrence),
        str(occurrence.fields["period"]),
        directory.unit_text(occurrence.unit).of(names.language()) if rule.unit_kinds else "",
        len(counted),
        pack.reports[rule.report].clauses,
        sections_in_words(pack, directory, contents),
    )


def _makers(sandbox: Sandbox, directory: Directory, occurrence: Case) -> list[tuple[Actor, Reach]]:
    people = {
        person for duty in occurrence.duties.values() for person in holders_of(directory, duty, _opened(occurrence))
    }
    actors = [sandbox.actor(person) for person in sorted(people)]
    return [(actor, reach_of(sandbox.pack, directory, actor)) for actor in actors]


def _counts(sandbox: Sandbox, occurrence: Case, case: Case, makers: list[tuple[Actor, Reach]]) -> bool:
    """Whether a case is of the period and one of the makers would see it; without a maker, whether it is of the unit."""
    since, until = (datetime.fromisoformat(str(occurrence.fields[edge])) for edge in ("period_start", "period_end"))
    if not since <= _opened(case) < until:
        return False
    if not makers:
        return occurrence.unit in sandbox.lineage(case.unit)
    return any(
        (reach.everything or case.unit in reach.units) and not recused_from_reading(sandbox.pack, case, actor, sandbox)
        for actor, reach in makers
    )


def _opened(case: Case) -> datetime:
    assert case.registered_at is not None
    return case.registered_at
