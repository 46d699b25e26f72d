"""The case: everything about one complaint, and what the reader may do on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from redress.cases import case_file
from redress.cases.case_file import Done, OpenFile
from redress.cases.models import CaseRecord
from redress.policy.engine.commands import Reveal
from redress.policy.engine.events import Revealed
from redress.web import case_sheet as sheet
from redress.web.access import Member, forbidden, member_only, open_case
from redress.web.case_page import bounds, people
from redress.web.case_page.contacts import contacts_of
from redress.web.case_page.costs import costs_of
from redress.web.case_page.evidence import evidence_of, people_near
from redress.web.case_page.head import head_of
from redress.web.case_page.likely import choices_of, wanted_first
from redress.web.case_page.timeline import Timeline, timeline_of
from redress.web.case_page.times import times_of
from redress.web.given import whole_number
from redress.web.page import page
from redress.web.plain_words import names
from redress.web.plain_words.marks import mark as mark_words
from redress.web.stages import life_of
from redress.web.story import Entry, story
from redress.web.uploads import begun

CONTACTS = 8
"""The latest talks with the customer that stand apart; all of them are in the time line."""


@member_only
def case(request: HttpRequest, member: Member, case_id: str) -> HttpResponse:
    """The whole page."""
    file = open_case(member, case_id)
    return show(request, member, file) if file else forbidden(request, member)


def show(
    request: HttpRequest, member: Member, file: OpenFile, revealed: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """The page; ``more`` is what a form on it that was refused brings back."""
    offers = sheet.offers_of(file)
    entries = _entries(file)
    duties = sheet.live_duties(file, offers)
    facts = sheet.facts_of(file, revealed)
    costs = costs_of(file)
    refused, others = bounds.not_possible(file, offers)
    wanted, refused = wanted_first(file, refused, {duty.state.key for duty in duties if duty.barred})
    choices = choices_of(file, offers)
    asked = sheet.requests_of(file)
    parts: dict[str, Any] = {
        "file": file,
        "case": file.case,
        "pack": file.pack,
        "title": sheet.title_of(file.pack, file.case),
        "numbers": list(file.case.numbers.values()),
        "life": life_of(file.case.stage) if file.case.kind == "complaint" else [],
        "report": _report(file),
        "marks": [mark_words(file.pack, mark) for mark in file.case.marks if file.pack.rule(mark)],
        "head": head_of(file, duties, facts),
        "duties": duties,
        "mine": [duty for duty in duties if duty.mine],
        "theirs": [duty for duty in duties if not duty.mine],
        "ended": sheet.ended_duties(file),
        "asks_me": [view for view in asked if view.mine],
        "asks_others": [view for view in asked if not view.mine],
        "settled": sheet.answered_of(file),
        "todo": any(offer.duties and offer.allowed for offer in offers),
        "choices": choices,
        "wanted": wanted,
        "refused": refused,
        "others": others,
        "bounds": bounds.may_offer(file, offers),
        "nevers": bounds.must_not(file, offers),
        "worth": [view for view in costs.worksheets if view.sheet.total],
        "guidance": sheet.guidance_of(file),
        "facts": facts,
        "parts": people.parts_of(file),
        "out": people.kept_out(file),
        "ladders": sheet.ladders_of(file),
        "times": times_of(file),
        "papers": _papers(file),
        "books": [(book, names.said(file.pack.books[book].text), locked) for book, locked in file.case.books.items()],
        "links": links_of(file),
        "costs": costs,
        "callbacks": sheet.callbacks_of(file),
        "contacts": contacts_of(file.pack, entries, CONTACTS),
        "timeline": _timeline(request, file, entries),
    }
    return page(request, "web/case.html", member, status, **(parts | evidence_parts(file) | more))


def evidence_parts(file: OpenFile) -> dict[str, Any]:
    """What the evidence section needs."""
    return {
        "evidence": evidence_of(file),
        "near": people_near(file),
        "token": begun(file.case_id).token,
        "no_field": {"id": ""},
    }


@require_GET
@member_only
def case_story(request: HttpRequest, member: Member, case_id: str) -> HttpResponse:
    """The time line alone, narrowed."""
    file = open_case(member, case_id)
    if file is None:
        return forbidden(request, member)
    timeline = _timeline(request, file, _entries(file))
    return page(request, "web/case/story.html", member, case=file.case, pack=file.pack, file=file, timeline=timeline)


@require_GET
@member_only
def case_news(request: HttpRequest, member: Member, case_id: str) -> HttpResponse:
    """What has happened since the page was made (``seq``), but for what the reader did; 204 where that is nothing."""
    file = open_case(member, case_id)
    if file is None:
        return forbidden(request, member)
    seen = whole_number(request.GET.get("seq", ""), file.case.seq)
    if file.case.seq <= seen:
        return HttpResponse(status=204)
    since = [event for event in case_file.history(file.case_id)[seen:] if not isinstance(event, Revealed)]
    entries = [entry for entry in story(file.pack, file.directory, file.case, since) if entry.by != member.person]
    if not entries:
        return HttpResponse(status=204)
    return page(
        request, "web/case/news.html", member, case=file.case, pack=file.pack, entries=entries, seq=file.case.seq
    )


@require_GET
@member_only
def case_proof(request: HttpRequest, member: Member, case_id: str, key: str) -> HttpResponse:
    """Why a duty that has ended was due when it was."""
    file = open_case(member, case_id)
    duty = file.case.duties.get(key) if file else None
    if file is None or duty is None:
        return forbidden(request, member)
    template = "web/case/proof.html" if request.htmx else "web/case/proof_page.html"  # type: ignore[attr-defined]
    view = sheet.duty_view(file, duty, ())
    return page(request, template, member, case=file.case, pack=file.pack, file=file, duty=view)


@require_POST
@member_only
def reveal(request: HttpRequest, member: Member, case_id: str) -> HttpResponse:
    """Shows one masked fact; the log keeps that it was shown, and to whom."""
    file = open_case(member, case_id)
    field = request.POST.get("field", "")
    if file is None or field not in file.case.fields:
        return forbidden(request, member)
    outcome = case_file.act(file.case_id, Reveal(field), member.person, member.now)
    if not isinstance(outcome, Done):
        return forbidden(request, member)
    if request.htmx:  # type: ignore[attr-defined]
        fact = next(fact for fact in sheet.facts_of(file, field) if fact.id == field)
        return page(request, "web/parts/fact.html", member, fact=fact, case=file.case)
    return show(request, member, file, field)


def links_of(file: OpenFile) -> list[tuple[str, tuple[str, ...], list[dict[str, Any]]]]:
    """(pattern, its clauses, the cases alike, the latest first) for each pattern that linked this case; one query."""
    case = file.case
    ids = {case_id for cases in case.links.values() for case_id in cases} | {*case.finds, case.found_in} - {""}
    if not ids:
        return []
    # A case that is hidden from the reader (recusal) is not even named here.
    found = CaseRecord.objects.filter(organisation=file.directory.slug, id__in=ids)
    found = found.exclude(hidden_from__contains=[file.actor.id]).order_by("-registered_at")
    records = {
        str(row["id"]): row for row in found.values("id", "number", "registered_at", "stage", "subject", "title")
    }
    for row in records.values():
        standing = file.pack.standing.get(row["subject"])
        row["number"] = row["number"] or (f"{names.said(standing.text)} {row['title']}" if standing else "")
    together: list[tuple[str, tuple[str, ...], list[dict[str, Any]]]] = [
        (_("例行中发现"), (), [records[case.found_in]] if case.found_in in records else []),
        (_("由此登记的投诉"), (), [records[case_id] for case_id in case.finds if case_id in records]),
    ]
    together += [
        (
            names.said(file.pack.patterns[pattern].text) if pattern in file.pack.patterns else pattern,
            file.pack.patterns[pattern].own_clauses() if pattern in file.pack.patterns else (),
            [record for case_id, record in records.items() if case_id in cases],
        )
        for pattern, cases in file.case.links.items()
    ]
    return [one for one in together if one[2]]


def _entries(file: OpenFile) -> list[Entry]:
    return story(file.pack, file.directory, file.case, case_file.history(file.case_id))


def _timeline(request: HttpRequest, file: OpenFile, entries: list[Entry]) -> Timeline:
    asked = request.GET
    return timeline_of(file, entries, asked.get("only", ""), asked.get("by", ""), bool(asked.get("all")))


def _report(file: OpenFile) -> str:
    """The id of the report that a standing duty carries, "" for none."""
    rule = file.pack.standing.get(file.case.subject) if file.case.kind == "standing" else None
    return rule.report if rule else ""


def _papers(file: OpenFile) -> list[tuple[str, str, Any, tuple[str, ...]]]:
    """(id, name, issued at, clauses) of the documents this case has called for."""
    return [
        (name, names.said(file.pack.documents[name].text), at, file.pack.documents[name].own_clauses())
        for name, at in file.case.documents.items()
        if name in file.pack.documents
    ]
