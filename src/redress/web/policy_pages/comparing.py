"""What two versions of the policy would do: the same scenarios, or the latest real cases, played under both."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from redress.cases import case_file
from redress.cases.queries import Filters, QueueRow, queue
from redress.people import packs
from redress.people.directory import Directory
from redress.people.packs import KeptVersion, packs_folder, versions_of
from redress.policy.engine.world import Actor
from redress.policy.pack import Pack
from redress.policy.scenarios.organisation import Named, OrganisationFile, PersonRow, UnitRow, read_organisation
from redress.policy.scenarios.outcomes import (
    Difference,
    Fact,
    Outcome,
    commands_of,
    differences,
    outcome_of_log,
    outcome_of_scenario,
)
from redress.policy.scenarios.reader import scenarios_of
from redress.web.access import Member
from redress.web.durations import moment
from redress.web.plain_words import names
from redress.web.plain_words.sums import yuan
from redress.web.stages import stage_name

SECONDS = 6.0
"""How long one comparison may take; it says how far it came."""
CASES = 100
"""The latest cases that are played again."""


@dataclass(frozen=True)
class Chosen:
    """Two versions, the earlier first as chosen, with their packs."""

    old_version: KeptVersion
    new_version: KeptVersion
    old: Pack
    new: Pack

    @property
    def address(self) -> str:
        """Where the difference of the two stands."""
        return f"{reverse('policy-difference')}?old={self.old_version.hash}&new={self.new_version.hash}"


@dataclass(frozen=True)
class Line:
    """A difference in words."""

    what: str
    old: str
    new: str
    case: str
    clauses: tuple[str, ...]


@dataclass
class Compared:
    """What was played under both versions: how many of how many, and those that came out differently with their differences.

    ``counts`` adds up what changed: duties late only under one of them, approvals, sums.
    """

    played: int = 0
    of: int = 0
    differing: list[tuple[str, UUID | None, list[Line]]] = field(default_factory=list)
    late_old: int = 0
    late_new: int = 0
    asked_old: int = 0
    asked_new: int = 0
    refused_old: int = 0
    refused_new: int = 0

    @property
    def more(self) -> int:
        return self.of - self.played


def chosen_versions(member: Member, old: str, new: str) -> Chosen | None:
    """The two versions with these hashes; None where the organisation has no such versions."""
    known = {version.hash: version for version in versions_of(member.directory)}
    if old not in known or new not in known or old == new:
        return None
    return Chosen(known[old], known[new], packs.pinned(old), packs.pinned(new))


def scenarios_compared(chosen: Chosen) -> Compared:
    """The scenarios that live beside the pack, played under both versions."""
    folder = packs_folder() / chosen.new.id
    if not (folder / "organisation.yaml").is_file():
        return Compared()
    organisation, found = read_organisation(folder / "organisation.yaml"), scenarios_of(folder)
    compared, until = Compared(of=len(found)), time.monotonic() + SECONDS
    for scenario in found:
        if time.monotonic() > until:
            break
        old, new = (outcome_of_scenario(pack, organisation, scenario) for pack in (chosen.old, chosen.new))
        title = names.chosen(scenario.zh or scenario.scenario, scenario.en or scenario.zh or scenario.scenario)
        _take_in(compared, chosen, title, None, old, new)
    return compared


def replayed(member: Member, chosen: Chosen) -> Compared:
    """The latest cases within the reader's reach, each by itself, under both versions: the same acts at the same times."""
    rows = queue(member.desk, Filters(), limit=CASES).rows
    organisation = _organisation(member.directory, member.now)
    compared, until = Compared(of=len(rows)), time.monotonic() + SECONDS
    for row in rows:
        if time.monotonic() > until:
            break
        log = commands_of(case_file.history(row.case_id))
        if not log:
            compared.of -= 1
            continue
        old, new = (outcome_of_log(pack, organisation, log, _actors(member.directory), member.now) for pack in (chosen.old, chosen.new))  # fmt: skip
        _take_in(compared, chosen, _title(row), row.case_id, old, new)
    return compared


def _take_in(compared: Compared, chosen: Chosen, title: str, case_id: UUID | None, old: Outcome, new: Outcome) -> None:
    compared.played += 1
    for outcome, which in ((old, "old"), (new, "new")):
        late = sum(fact.late for key, fact in outcome.items() if key[1] == "duty")
        asked = sum(key[1] == "approval" for key in outcome)
        refused = sum(key[1] == "refused" for key in outcome)
        for name, number in (("late", late), ("asked", asked), ("refused", refused)):
            setattr(compared, f"{name}_{which}", getattr(compared, f"{name}_{which}") + number)
    found = differences(old, new)
    if found:
        compared.differing.append((title, case_id, [_line(chosen, one) for one in found]))


def _line(chosen: Chosen, one: Difference) -> Line:
    pack = chosen.new if one.new else chosen.old
    fact = one.new or one.old
    assert fact is not None
    what = {
        "duty": lambda: names.duty(pack, fact.rule),
        "approval": lambda: _("审批：%(what)s") % {"what": _rule(pack, fact.rule)},
        "ledger": lambda: _("台账：%(what)s") % {"what": names.entry_kind(pack, fact.zh)},
        "refused": lambda: names.act(pack, fact.rule) if fact.rule in pack.acts else fact.rule,
        "stage": lambda: _("阶段"),
    }[one.sort]()
    said = [_said(one.sort, fact) for fact in (one.old, one.new)]
    return Line(what, *said, case="" if one.case == "A" else one.case, clauses=fact.clauses)


def _said(sort: str, fact: Fact | None) -> str:
    if sort == "refused":
        return names.chosen(fact.zh, fact.en) if fact else _("可以做")
    if fact is None:
        return _("没有")
    if sort == "stage":
        return stage_name(fact.state)
    if sort == "ledger":
        return yuan(fact.sum) if fact.sum else _("有")
    states = {
        "open": _("进行中"), "waiting": _("等候中"), "met": _("已完成"), "cancelled": _("已不再要求"), "missed": _("没有办"), "asked": _("等待批准"),
        "approved": _("已批准"), "refused": _("未获批"), "withdrawn": _("已撤回"),
    }  # fmt: skip
    parts = [states.get(fact.state, fact.state), _("逾期") if fact.late else ""]
    if fact.due:
        parts.append(_("到期 %(time)s") % {"time": moment(fact.due, fact.due.replace(year=fact.due.year + 2))})
    return names.joined(parts)


def _rule(pack: Pack, rule: str) -> str:
    found = pack.rule(rule)
    return names.said(found.text) if found else rule


def _title(row: QueueRow) -> str:
    return " ".join(part for part in (row.number, row.title[:40]) if part)


def _organisation(directory: Directory, now: datetime) -> OrganisationFile:
    """The organisation as the stage of a replay needs it; units with those above them first."""
    day = now.date()
    units = sorted(directory.units.values(), key=lambda unit: len(directory.lineage(unit.slug)))
    people = [
        PersonRow(person=slug, zh=entry.text.zh, seats=tuple((held.role, held.unit) for held in directory.held if held.person == slug and held.on(day)))
        for slug, entry in directory.people.items()
    ]  # fmt: skip
    return OrganisationFile(
        organisation=Named(zh=directory.text.zh),
        units=tuple(UnitRow(unit=u.slug, kind=u.kind, under=u.under, zh=u.text.zh) for u in units),
        people=tuple(people),
    )


def _actors(directory: Directory) -> Callable[[str, datetime], Actor]:
    return lambda person, at: directory.seated(person, at.date())
