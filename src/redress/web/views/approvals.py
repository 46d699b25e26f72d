"""Approvals: what waits for the reader's answer, one laid out whole; what they answered lately; what they asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from redress.cases.case_file import OpenFile
from redress.cases.queries import Narrow, WorkItem, my_work
from redress.cases.queries.answers import Answer, answers
from redress.cases.queries.states import cases_of
from redress.people import packs
from redress.web import case_sheet as sheet
from redress.web.access import Member, member_only
from redress.web.asking import ask, voting_act
from redress.web.deciding import decision
from redress.web.page import page
from redress.web.plain_words import names
from redress.web.tasks import file_of

MOST = 50


@dataclass(frozen=True)
class Waiting:
    """A request in the list of those that wait for the reader."""

    item: WorkItem
    file: OpenFile
    view: sheet.RequestView
    title: str

    @property
    def key(self) -> str:
        return f"{self.item.case_id}:{self.view.request.key}"

    @property
    def address(self) -> str:
        return f"{reverse('approvals')}?{urlencode({'request': self.key})}"


@dataclass(frozen=True)
class Past:
    """A request the reader has answered or made, and what became of it."""

    part: str
    case_id: object
    number: str
    title: str
    name: str
    at: datetime
    approved: bool | None
    status: str


@member_only
def approvals(request: HttpRequest, member: Member) -> HttpResponse:
    """The page; ``request`` in the query picks the one laid out, else it is the first that may be answered."""
    waiting = _waiting(member)
    asked = request.GET.get("request", "")
    chosen = next((one for one in waiting if one.key == asked), None) or next(
        (one for one in waiting if one.view.mine), waiting[0] if waiting else None
    )
    past = _past(member)
    return page(
        request,
        "web/approvals.html",
        member,
        waiting=waiting,
        chosen=chosen,
        answered=[one for one in past if one.part == "answered"],
        asked_for=[one for one in past if one.part == "asked"],
        **(_laid_out(chosen) if chosen else {}),
    )


def _waiting(member: Member) -> list[Waiting]:
    items = my_work(member.desk, MOST, Narrow(work="approval"))
    cases = cases_of(member.organisation, {item.case_id for item in items})
    found = []
    for item in items:
        if item.case_id not in cases or item.key not in cases[item.case_id].duties:
            continue
        file = file_of(member, item, cases[item.case_id])
        cause = file.case.duties[item.key].cause
        view = next((view for view in sheet.requests_of(file) if view.request.key == cause), None)
        if view is not None:
            found.append(Waiting(item, file, view, sheet.title_of(file.pack, file.case)))
    return found


def _laid_out(chosen: Waiting) -> dict[str, Any]:
    file, request = chosen.file, chosen.view.request
    form = voting_act(file.pack, request.approval)
    return {
        "sheet": decision(file, chosen.item, chosen.view),
        "file": file,
        "case": file.case,
        "pack": file.pack,
        "asked": ask(file, form, file.case, seq=file.case.seq, origin="approvals"),
        "address": chosen.view.address,
        "reason": "",
    }


def _past(member: Member) -> list[Past]:
    """What was answered and asked for, as far as it is still known on its case."""
    found = answers(member.desk)
    cases = cases_of(member.organisation, {one.case_id for one in found})
    return [_told(one, cases[one.case_id]) for one in found if one.case_id in cases]


def _told(one: Answer, case: Any) -> Past:
    pack = packs.pinned(one.pack_hash)
    request = case.requests.get(one.request)
    rule = pack.approvals.get(request.approval) if request else None
    return Past(
        one.part,
        one.case_id,
        one.number,
        sheet.title_of(pack, case),
        names.said(rule.text) if rule else one.request,
        one.at,
        one.approved,
        request.status if request else "",
    )
