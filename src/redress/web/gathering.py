"""Duties gathered from many cases (rounds, corrective actions, lessons), each with its case, its words and what may be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redress.cases.case_file import OpenFile
from redress.cases.queries import WorkItem
from redress.cases.queries.states import cases_of
from redress.people import packs
from redress.policy.engine.case import Case, DutyState
from redress.policy.engine.permissions import permission
from redress.policy.pack import Pack

from . import case_sheet as sheet
from .access import Member
from .forms.shown import masked, shown
from .plain_words import names


@dataclass(frozen=True)
class Item:
    """A gathered duty. ``acts`` are what the reader may do about it now; ``recorded`` what was written down with it."""

    row: WorkItem
    file: OpenFile
    state: DutyState
    must: str
    title: str
    who: str
    late: bool
    acts: tuple[sheet.Doable, ...]
    recorded: tuple[tuple[str, str], ...]

    @property
    def pack(self) -> Pack:
        return self.file.pack

    @property
    def done_by(self) -> str:
        """Who did it, by name; "" while nobody has."""
        person = self.state.met_by
        return self.file.directory.person_text(person).of(names.language()) if person else ""

    @property
    def slot(self) -> str:
        return sheet.slot_of(f"{self.row.case_id}-{self.row.key}")


def items_of(member: Member, rows: Sequence[WorkItem], origin: str) -> list[Item]:
    """The rows with their cases (one query)."""
    cases = cases_of(member.organisation, {row.case_id for row in rows})
    return [_item(member, row, cases[row.case_id], origin) for row in rows if row.case_id in cases]


def _item(member: Member, row: WorkItem, case: Case, origin: str) -> Item:
    desk = member.desk
    pack = packs.pinned(row.pack_hash)
    file = OpenFile(desk.directory, pack, desk.actor, desk.world, desk.now, row.case_id, case)
    state = case.duties[row.key]
    return Item(
        row,
        file,
        state,
        names.duty(pack, row.rule),
        sheet.title_of(pack, case),
        sheet.who_has(file, state),
        state.live and state.due is not None and member.now >= state.due and not state.paused,
        tuple(_acts(file, state, origin)) if state.live else (),
        tuple(recorded(file, fields_of(pack, row.rule))),
    )


def fields_of(pack: Pack, rule: str) -> list[str]:
    """The fields that are written down when a duty is done."""
    duty = pack.duties[rule]
    forms = [pack.acts[act].form for act in duty.done_by or (rule,) if act in pack.acts]
    return list(dict.fromkeys(item.field for form in forms for item in form))


def recorded(file: OpenFile, fields: Iterable[str]) -> Iterable[tuple[str, str]]:
    """(name, value) of these facts as the case now holds them; personal and confidential ones masked."""
    for name in fields:
        value = file.case.fields.get(name)
        rule = file.pack.fields.get(name)
        if value in (None, "", []) or rule is None:
            continue
        hidden = rule.personal or rule.confidential
        zone, lang = file.pack.zone(), names.language()
        yield names.said(rule.text), masked(value) if hidden else shown(rule, value, file.directory, zone, lang)


def _acts(file: OpenFile, state: DutyState, origin: str) -> Iterable[sheet.Doable]:
    rule = file.pack.duties[state.rule]
    unit = state.unit if rule.for_each else ""
    for act in rule.done_by or (rule.id,):
        answer = permission(file.pack, file.case, act, file.actor, file.now, file.world, {}, unit, form=False)
        if answer.granted:
            address = sheet.act_address(file.case_id, act, state.key, origin)
            yield sheet.Doable(names.act(file.pack, act), address)
