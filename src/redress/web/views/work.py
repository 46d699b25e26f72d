"""My work: what I must do, late ones first; what I am asked to approve; what I was told; what I follow."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from redress.cases.case_file import OpenFile
from redress.cases.queries import WorkItem, counts, my_work
from redress.cases.queries.following import followed
from redress.cases.queries.states import cases_of
from redress.letters.inbox import inbox
from redress.people import packs
from redress.policy.engine.case import Case, DutyState
from redress.policy.engine.permissions import permission
from redress.policy.errors import Refusal
from redress.policy.pack import APPROVING
from redress.web import case_sheet as sheet
from redress.web.access import Member, member_only
from redress.web.page import page
from redress.web.plain_words import names

MOST = 50


@dataclass(frozen=True)
class Task:
    """A duty of mine as it is shown: with the acts that would fulfil it, or, where none may be done yet, why not."""

    item: WorkItem
    state: DutyState
    must: str
    title: str
    late: bool
    acts: tuple[sheet.Doable, ...]
    refusals: tuple[Refusal, ...]
    file: OpenFile

    @property
    def slot(self) -> str:
        return sheet.slot_of(f"{self.item.case_id}-{self.item.key}")


@member_only
def work(request: HttpRequest, member: Member) -> HttpResponse:
    """The page."""
    items = my_work(member.desk, MOST)
    cases = cases_of(member.organisation, {item.case_id for item in items})
    duties = [item for item in items if item.case_id in cases]
    total = counts(member.desk)
    return page(
        request,
        "web/work.html",
        member,
        tasks=[_task(member, item, cases[item.case_id]) for item in duties if not item.rule.startswith(APPROVING)],
        requests=[
            found
            for item in duties
            if item.rule.startswith(APPROVING)
            for found in _request(member, item, cases[item.case_id])
        ],
        total=total,
        more=total.open > len(items),
        notices=inbox(member.organisation, member.person, unread=True, limit=10),
        followed=followed(member.desk),
    )


def _task(member: Member, item: WorkItem, case: Case) -> Task:
    file = _file(member, item, case)
    state = case.duties[item.key]
    rule = file.pack.duties[item.rule]
    acts, refusals = [], []
    for act in rule.done_by or (rule.id,):
        answer = permission(
            file.pack, case, act, file.actor, file.now, file.world, {}, state.unit if rule.for_each else "", form=False
        )
        if answer.granted:
            address = sheet.act_address(item.case_id, act, item.key, "work")
            acts.append(sheet.Doable(names.act(file.pack, act), address))
        else:
            refusals += answer.refusals
    return Task(
        item,
        state,
        names.duty(file.pack, item.rule),
        sheet.title_of(file.pack, case),
        item.due is not None and file.now >= item.due and not item.paused,
        tuple(acts),
        () if acts else tuple(refusals[:1]),
        file,
    )


def _request(member: Member, item: WorkItem, case: Case) -> list[tuple[sheet.RequestView, WorkItem, str, OpenFile]]:
    file = _file(member, item, case)
    cause = case.duties[item.key].cause
    title = sheet.title_of(file.pack, case)
    return [(view, item, title, file) for view in sheet.requests_of(file) if view.request.key == cause]


def _file(member: Member, item: WorkItem, case: Case) -> OpenFile:
    desk = member.desk
    return OpenFile(desk.directory, packs.pinned(item.pack_hash), desk.actor, desk.world, desk.now, item.case_id, case)
