"""Where one is in the first run, and the way from step to step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from redress.people import claiming, founding_drafts
from redress.people.models import FoundingDraft, Person
from redress.web.access import forbidden, member_of
from redress.web.clock import now
from redress.web.first_run import templates
from redress.web.page import page

from . import founding, opening
from .claiming import claim
from .opening import as_member
from .progress import STEPS, next_step, pack_of

VIEWS = {
    "organisation": founding.organisation, "units": founding.units, "people": founding.people,
    "values": as_member(opening.values), "trial": as_member(opening.trial), "done": as_member(opening.done),
}  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def first_run(request: HttpRequest) -> HttpResponse:
    """Where one is: the claim of an empty installation, the step that comes next, or nothing for others."""
    if claiming.is_unclaimed():
        return claim(request)
    if not request.user.is_authenticated:
        return redirect("sign-in")
    draft = founding_drafts.draft_of(request.user)
    if draft is None and request.method == "POST" and founding_drafts.may_found(request.user):
        name = Person.objects.filter(user=request.user).values_list("zh", flat=True).first() or request.user.first_name
        draft = FoundingDraft.objects.create(user=request.user, begun=now(request), data={"administrator": name})
    if draft is not None:
        return redirect("first-run-step", next_step(draft))
    if founding_drafts.may_found(request.user):
        return page(request, "web/first_run/again.html", member_of(request))
    return _nothing_here(request)


def step(request: HttpRequest, name: str) -> HttpResponse:
    """One step of the draft that the reader has begun; earlier ones may be opened again until the organisation is founded."""
    draft = founding_drafts.draft_of(request.user) if request.user.is_authenticated else None
    if draft is None or name not in STEPS:
        return redirect("first-run") if claiming.is_unclaimed() else _nothing_here(request)
    reached = STEPS.index(next_step(draft))
    if STEPS.index(name) > reached or (draft.organisation and STEPS.index(name) < STEPS.index("values")):
        return redirect("first-run-step", next_step(draft))
    return VIEWS[name](request, draft)


def template_table(request: HttpRequest, name: str) -> HttpResponse:
    """The spreadsheet to fill in: units or people."""
    draft = founding_drafts.draft_of(request.user) if request.user.is_authenticated else None
    if draft is None or "pack" not in draft.data or name not in ("units", "people"):
        return _nothing_here(request)
    pack = pack_of(draft)
    whole = (
        templates.units_table(pack) if name == "units" else templates.people_table(pack, draft.data.get("units", []))
    )
    response = HttpResponse(whole, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _nothing_here(request: HttpRequest) -> HttpResponse:
    member = member_of(request) if request.user.is_authenticated else None
    return forbidden(request, member) if member else redirect("sign-in")
