"""Doing something on a case: an act with its form, and the answer to an approval."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.cases import case_file
from redress.cases.case_file import Done, OpenFile, Stale
from redress.policy.engine.commands import Decide, Perform
from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.web.access import Member, forbidden, member_only, open_case
from redress.web.asking import Asked, ask, typed, voting_act, warnings_for
from redress.web.case_sheet import act_address, slot_of, title_of
from redress.web.drafting import draft_address
from redress.web.given import whole_number
from redress.web.page import go, happened, in_place, page, say
from redress.web.plain_words import names
from redress.web.story import Entry, story
from redress.web.uploads import begun, gathered

from .addresses import case_address

ORIGINS = ("work", "approvals", "callbacks", "rounds", "corrections", "ledger", "lessons")
"""Pages from which an act may be begun, and to which one comes back when it is done; others come back to the case."""

UNSAID = Refusal("answer", (), "请选择批准或不批准", "choose whether to approve or refuse", "answer")


@member_only
def act(request: HttpRequest, member: Member, case_id: str, act_id: str) -> HttpResponse:
    """The form of an act; posted, the act."""
    file = open_case(member, case_id)
    rule = file.pack.acts.get(act_id) if file else None
    if file is None or rule is None or act_id in ("register", "decide"):
        return forbidden(request, member)
    more = _about(request, file, rule)
    if request.method != "POST":
        return _show(
            request, member, file, ask(file, rule, file.case, seq=file.case.seq, **begun(file.case_id).shown(), **more)
        )
    files = gathered(request, member)
    more |= files.shown()
    raw, values = typed(file, rule, request.POST, file.case)
    unit = more["unit"]
    if files.wrong or "let-go" in request.POST:
        asked = ask(file, rule, file.case, raw=raw, refusals=files.wrong, seq=_seq(request, file), **more)
        return _show(request, member, file, asked, 422)
    warnings = warnings_for(file, file.case, rule, files.among(file.case, values), unit)
    if warnings and request.POST.get("confirmed") != "yes":
        return _show(
            request,
            member,
            file,
            ask(file, rule, file.case, raw=raw, warnings=warnings, seq=_seq(request, file), **more),
            422,
        )
    outcome = case_file.act(
        file.case_id,
        Perform(rule.id, values, unit, files.files),
        member.person,
        member.now,
        expected_seq=_seq(request, file),
    )
    if isinstance(outcome, Done):
        return _done(request, file, more["duty"], _("已完成：%(act)s") % {"act": names.said(rule.text)})
    if isinstance(outcome, Stale):
        changes = story(file.pack, file.directory, outcome.case, outcome.events)
        asked = ask(file, rule, outcome.case, raw=raw, changes=changes, seq=outcome.actual, **more)
        return _show(request, member, file, asked, 409)
    asked = ask(file, rule, file.case, raw=raw, refusals=outcome.refusals, seq=_seq(request, file), **more)
    return _show(request, member, file, asked, 422)


@member_only
def approval(request: HttpRequest, member: Member, case_id: str, key: str) -> HttpResponse:
    """The form that answers a request; posted, it approves or refuses, with the reason."""
    file = open_case(member, case_id)
    if file is None:
        return forbidden(request, member)
    asked_for = file.case.requests.get(key)
    approve = request.POST.get("answer") == "approve"
    form = voting_act(file.pack, asked_for.approval if asked_for else "")
    if request.method != "POST":
        return _show_vote(
            request, member, file, key, ask(file, form, file.case, seq=file.case.seq, origin=_origin(request))
        )
    raw, values = typed(file, form, request.POST, file.case)
    if request.POST.get("answer") not in ("approve", "refuse"):  # never an answer that nobody gave
        asked = ask(
            file, form, file.case, raw=raw, refusals=(UNSAID,), seq=_seq(request, file), origin=_origin(request)
        )
        return _show_vote(request, member, file, key, asked, 422)
    command = Decide(key, approve, request.POST.get("reason", "").strip(), values)
    outcome = case_file.act(file.case_id, command, member.person, member.now, expected_seq=_seq(request, file))
    if isinstance(outcome, Done):
        asking = next((duty.key for duty in file.case.live_duties() if duty.cause == key), "")
        return _done(request, file, asking, _("已批准。") if approve else _("已答复：不批准。"))
    changes: list[Entry] = []
    if isinstance(outcome, Stale):
        changes = story(file.pack, file.directory, outcome.case, outcome.events)
        seq, refusals, status = outcome.actual, (), 409
    else:
        seq, refusals, status = file.case.seq, outcome.refusals, 422
    asked = ask(file, form, file.case, raw=raw, refusals=refusals, changes=changes, seq=seq, origin=_origin(request))
    return _show_vote(request, member, file, key, asked, status)


def _show_vote(
    request: HttpRequest, member: Member, file: OpenFile, key: str, asked: Asked, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "web/parts/vote_form.html" if request.htmx else "web/vote.html",  # type: ignore[attr-defined]
        member,
        status,
        asked=asked,
        pack=file.pack,
        case=file.case,
        file=file,
        address=reverse("approval", args=[file.case_id, key]),
        reason=request.POST.get("reason", ""),
    )


def _about(request: HttpRequest, file: OpenFile, rule: Act) -> dict[str, Any]:
    """For which duty and unit the act is done, and from which page."""
    key = request.GET.get("duty", "")
    duty = file.case.duties.get(key)
    unit = request.POST.get("unit", "")
    if duty is not None and file.pack.duties[duty.rule].for_each:
        unit = duty.unit
    origin = _origin(request)
    return {"unit": unit, "origin": origin, "duty": key, "address": act_address(file.case_id, rule.id, key, origin)}


def _origin(request: HttpRequest) -> str:
    given = request.POST.get("from") or request.GET.get("from") or ""
    return given if given in ORIGINS else "case"


def _done(request: HttpRequest, file: OpenFile, duty: str, words: str) -> HttpResponse:
    """Back to where the reader came from; in My work the row goes and nothing else on the page is touched."""
    origin = _origin(request)
    if origin == "work" and duty and request.htmx:  # type: ignore[attr-defined]
        return happened("work:done", row=f"row-{slot_of(f'{file.case_id}-{duty}')}", words=words)
    say(request, words)
    return go(request, reverse(origin) if origin in ORIGINS else case_address(file.case_id))


def _seq(request: HttpRequest, file: OpenFile) -> int:
    """The state of the case that the reader was looking at."""
    return whole_number(request.POST.get("seq", ""), file.case.seq)


def _show(request: HttpRequest, member: Member, file: OpenFile, asked: Asked, status: int = 200) -> HttpResponse:
    return page(
        request,
        "web/parts/act_form.html" if in_place(request) else "web/act.html",
        member,
        status,
        asked=asked,
        pack=file.pack,
        case=file.case,
        title=title_of(file.pack, file.case),
        draft_address=draft_address(file, asked.act),
    )
