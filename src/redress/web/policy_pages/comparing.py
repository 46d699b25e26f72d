"""What two versions of the policy would do, in words: the same scenarios, or the latest real cases, played under both."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from redress.cases.queries.states import cases_of
from redress.people import packs
from redress.people.packs import KeptVersion, packs_folder, versions_of
from redress.policy.engine.standing_of import may_read
from redress.policy.pack import Pack
from redress.policy.scenarios.outcomes import Difference, Fact
from redress.policy.scenarios.reader import scenarios_of
from redress.replays.asking import ask, at_once, kept, silent, under_way
from redress.replays.models import Replay
from redress.replays.playing import Differing, Result, What, decoded
from redress.web.access import Member
from redress.web.case_sheet import title_of
from redress.web.durations import moment
from redress.web.plain_words import names
from redress.web.plain_words.sums import yuan
from redress.web.stages import stage_name

SHOWN = 60
"""So many that came out differently are told; the figures count all."""


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

    def behaviour(self, what: What) -> str:
        """Where it stands what the two would have done."""
        address = f"{reverse('policy-behaviour')}?old={self.old_version.hash}&new={self.new_version.hash}"
        return address + ("&with=cases" if what == "cases" else "")


@dataclass(frozen=True)
class Line:
    """A difference in words."""

    what: str
    old: str
    new: str
    case: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A case or a scenario that came out differently, in words; ``case_id`` where it is a case that may be opened."""

    title: str
    case_id: UUID | None
    lines: list[Line]


@dataclass(frozen=True)
class Compared:
    """What was played under both versions, added up; of those that came out differently the first are told (``more`` are not).

    ``row``: the comparison as it is kept, None where it was quick. ``under_way``: an answer may still come.
    """

    result: Result
    differing: list[Told]
    row: Replay | None = None

    @property
    def under_way(self) -> bool:
        return self.row is not None and under_way(self.row)

    @property
    def silent(self) -> bool:
        return self.row is not None and silent(self.row)

    @property
    def played(self) -> int:
        return self.result.played

    @property
    def of(self) -> int:
        return self.result.of

    @property
    def more(self) -> int:
        return len(self.result.differing) - len(self.differing)


def chosen_versions(member: Member, old: str, new: str) -> Chosen | None:
    """The two versions with these hashes; None where the organisation has no such versions."""
    known = {version.hash: version for version in versions_of(member.directory)}
    if old not in known or new not in known or old == new:
        return None
    return Chosen(known[old], known[new], packs.pinned(old), packs.pinned(new))


def compared(member: Member, chosen: Chosen, what: What) -> Compared:
    """The answer kept from before; else one that is quick to find; else the question is handed to the worker."""
    row = kept(member.desk, what, chosen.old, chosen.new)
    if row is None:
        found = at_once(member.desk, what, chosen.old, chosen.new)
        if found is not None:
            return Compared(found, _told(member, chosen, what, found))
        row = ask(member.desk, what, chosen.old, chosen.new)
    result = decoded(row.result)
    return Compared(result, _told(member, chosen, what, result), row)


def _told(member: Member, chosen: Chosen, what: What, result: Result) -> list[Told]:
    shown = result.differing[:SHOWN]
    if what == "scenarios":
        titles = _scenario_titles(chosen)
        return [Told(titles.get(one.name, one.name), None, _lines(chosen, one)) for one in shown]
    cases = cases_of(member.organisation, (UUID(one.name) for one in shown))
    told = []
    for one in shown:
        case = cases.get(UUID(one.name))
        pack = packs.pinned(case.hash) if case else chosen.new
        if case is not None and may_read(pack, case, member.actor, member.desk.world):
            title = " ".join([*list(case.numbers.values())[:1], title_of(pack, case)[:40]])
            told.append(Told(title, UUID(one.name), _lines(chosen, one)))
    return told


def _scenario_titles(chosen: Chosen) -> dict[str, str]:
    found = scenarios_of(packs_folder() / chosen.new.id)
    return {one.scenario: names.chosen(one.zh or one.scenario, one.en or one.zh or one.scenario) for one in found}


def _lines(chosen: Chosen, one: Differing) -> list[Line]:
    return [_line(chosen, difference) for difference in one.differences]


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
