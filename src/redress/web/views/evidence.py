"""Evidence on a case: added, withdrawn, handed over. What is refused keeps what was typed and the files already sent."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from redress.cases import case_file
from redress.cases.case_file import Done, OpenFile
from redress.policy.engine.commands import Attach, Command, HandOver, WithdrawAttachment
from redress.policy.errors import Refusal
from redress.web.access import Member, forbidden, member_only, open_case
from redress.web.case_page.evidence import person_named
from redress.web.page import go, page, say
from redress.web.uploads import Gathered, gathered

from .addresses import case_address
from .case import evidence_parts, show


@require_POST
@member_only
def case_files(request: HttpRequest, member: Member, case_id: str) -> HttpResponse:
    """Adds files to the case."""
    file = open_case(member, case_id)
    if file is None:
        return forbidden(request, member)
    found = gathered(request, member)
    if found.wrong or "let-go" in request.POST:
        return _again(request, member, file, found.wrong, "file", found)
    command = Attach(found.files, request.POST.get("note", ""))
    return _done(request, member, file, command, _("已收入证据。"), "file", found)


@require_POST
@member_only
def case_custody(request: HttpRequest, member: Member, case_id: str) -> HttpResponse:
    """Notes that evidence has changed hands."""
    file = open_case(member, case_id)
    if file is None:
        return forbidden(request, member)
    typed = {name: request.POST.get(name, "").strip()[:300] for name in ("item", "to", "place", "note")}
    person = person_named(file, typed["to"])
    command = HandOver(typed["item"], person, "" if person else typed["to"], typed["place"], typed["note"])
    return _done(request, member, file, command, _("已记录交接。"), "hand")


@require_POST
@member_only
def file_withdrawal(request: HttpRequest, member: Member, case_id: str, file_id: str) -> HttpResponse:
    """Withdraws a file, with the reason."""
    file = open_case(member, case_id)
    if file is None or str(file_id) not in file.case.files:
        return forbidden(request, member)
    command = WithdrawAttachment(str(file_id), request.POST.get("reason", ""))
    return _done(request, member, file, command, _("已撤下，原件仍然保存。"), "")


def _done(
    request: HttpRequest,
    member: Member,
    file: OpenFile,
    command: Command,
    words: str,
    adding: str,
    found: Gathered | None = None,
) -> HttpResponse:
    outcome = case_file.act(file.case_id, command, member.person, member.now)
    if isinstance(outcome, Done):
        say(request, words)
        return go(request, case_address(file.case_id))
    refusals = outcome.refusals if isinstance(outcome, case_file.Refused) else ()
    return _again(request, member, file, refusals, adding, found)


def _again(
    request: HttpRequest,
    member: Member,
    file: OpenFile,
    wrong: Sequence[Refusal],
    adding: str,
    found: Gathered | None = None,
) -> HttpResponse:
    back = {"wrong": wrong, "adding": adding, "typed": request.POST.dict()}
    if not request.htmx:  # type: ignore[attr-defined]
        return show(request, member, file, status=422, **back, **(found.shown() if found else {}))
    parts = evidence_parts(file) | back | (found.shown() if found else {})
    return page(request, "web/case/evidence.html", member, 422, file=file, case=file.case, pack=file.pack, **parts)
