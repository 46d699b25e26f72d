"""The case: everything about one complaint, and what the reader may do on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from redress.cases import case_file
from redress.cases.case_file import Done, OpenFile
from redress.cases.models import CaseRecord
from redress.policy.engine.commands import Reveal
from redress.web import case_sheet as sheet
from redress.web.access import Member, forbidden, member_only, open_case
from redress.web.page import page
from redress.web.plain_words import names
from redress.web.stages import life_of
from redress.web.story import story
from redress.web.worksheets import time_held, worksheets_of


@member_only
def case(request: HttpRequest, member: Member, case_id: str) -> HttpResponse:
    """The whole page."""
    file = open_case(member, case_id)
    return show(request, member, file) if file else forbidden(request, member)


def show(request: HttpRequest, member: Member, file: OpenFile, revealed: str = "") -> HttpResponse:
    offers = sheet.offers_of(file)
    entries = story(file.pack, file.directory, file.case, case_file.history(file.case_id))
    duties = sheet.live_duties(file, offers)
    return page(
        request,
        "web/case.html",
        member,
        file=file,
        case=file.case,
        pack=file.pack,
        title=sheet.title_of(file.pack, file.case),
        numbers=list(file.case.numbers.values()),
        life=life_of(file.case.stage) if file.case.kind == "complaint" else [],
        report=_report(file),
        marks=[names.mark(file.pack, mark) for mark in file.case.marks if file.pack.rule(mark)],
        duties=duties,
        ended=sheet.ended_duties(file),
        requests=sheet.requests_of(file),
        todo=_offers(file, [offer for offer in offers if offer.duties and offer.allowed]),
        allowed=_offers(file, [offer for offer in offers if offer.allowed and not offer.duties]),
        refused=[offer for offer in offers if not offer.allowed and not _others(offer)],
        others=[offer for offer in offers if not offer.allowed and _others(offer)],
        ladders=sheet.ladders_of(file),
        facts=sheet.facts_of(file, revealed),
        people=sheet.people_of(file),
        worksheets=worksheets_of(file),
        held=time_held(file),
        ledger=list(file.case.ledger.values()),
        links=links_of(file),
        papers=_papers(file),
        books=[(book, names.said(file.pack.books[book].text), locked) for book, locked in file.case.books.items()],
        guidance=sheet.guidance_of(file),
        entries=list(reversed(entries)),
        settled=[request for request in file.case.requests.values() if request.status != "asked"],
    )


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
    """(pattern, its clauses, the cases alike as id and number) for each pattern that linked this case; one query."""
    ids = {case_id for cases in file.case.links.values() for case_id in cases}
    if not ids:
        return []
    found = CaseRecord.objects.filter(organisation=file.directory.slug, id__in=ids).order_by("registered_at")
    records = {str(row["id"]): row for row in found.values("id", "number", "registered_at", "stage")}
    return [
        (
            names.said(file.pack.patterns[pattern].text) if pattern in file.pack.patterns else pattern,
            file.pack.patterns[pattern].own_clauses() if pattern in file.pack.patterns else (),
            [records[case_id] for case_id in cases if case_id in records],
        )
        for pattern, cases in file.case.links.items()
    ]


def _offers(file: OpenFile, offers: list[Any]) -> list[tuple[Any, str, str]]:
    """(offer, address of its form, id of the place where it opens)."""
    return [
        (offer, sheet.act_address(file.case_id, offer.act.id), sheet.slot_of("act-" + offer.act.id)) for offer in offers
    ]


def _report(file: OpenFile) -> str:
    """The id of the report that a standing duty carries, "" for none."""
    rule = file.pack.standing.get(file.case.subject) if file.case.kind == "standing" else None
    return rule.report if rule else ""


def _others(offer: Any) -> bool:
    """Whether an act is refused only because it is somebody else's."""
    return all(refusal.code == "not-yours" for refusal in offer.refusals)


def _papers(file: OpenFile) -> list[tuple[str, str, Any, tuple[str, ...]]]:
    """(id, name, issued at, clauses) of the documents this case has called for."""
    return [
        (name, names.said(file.pack.documents[name].text), at, file.pack.documents[name].own_clauses())
        for name, at in file.case.documents.items()
        if name in file.pack.documents
    ]
