"""Who is asking, and in which organisation. Every page but the sign-in goes through ``member_only``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from redress.cases import case_file
from redress.cases.case_file import Desk, Forbidden, NoSuchCase, OpenFile
from redress.cases.world import ReadingWorld
from redress.people.accounts import signed_in
from redress.people.directory import NoSuchPerson
from redress.people.founding_drafts import may_found
from redress.people.packs import pack_for

from .clock import now
from .member import Member
from .page import page

MemberView = Callable[..., HttpResponse]


def member_only(view: MemberView) -> MemberView:
    """Gives the view a ``Member`` after the request; sends others to the sign-in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        member = member_of(request)
        if member is None:
            if may_found(request.user):
                return redirect("first-run")
            return page(request, "web/forbidden.html", status=403)
        if member.needs_second_factor and not _gave_second_factor(request):
            return redirect("second-factor-needed")
        with timezone.override(member.zone):
            return view(request, member, *args, **kwargs)

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in and back. A form in place goes there with its whole page; what a page asks for by itself is only refused."""
    if not getattr(request, "htmx", False):
        back = request.get_full_path() if request.method == "GET" else request.path
        return redirect_to_login(back, "/sign-in")
    if request.method == "GET" or request.headers.get("X-Background"):
        return HttpResponse(status=401)
    looked_at = urlsplit(request.htmx.current_url_abs_path or "/")  # type: ignore[attr-defined]
    address = redirect_to_login(looked_at.path, "/sign-in")["Location"]
    return HttpResponse(status=200, headers={"HX-Redirect": address, "X-Sign-In": "yes"})


def _gave_second_factor(request: HttpRequest) -> bool:
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def member_of(request: HttpRequest) -> Member | None:
    """The member behind the request, or None where the account belongs to nobody active."""
    found = signed_in(request.user)
    if found is None:
        return None
    directory, person = found
    moment = now(request)
    pack = pack_for(directory, moment)
    at = moment.astimezone(pack.zone())
    desk = Desk(directory, pack, directory.actor(person, at.date()), ReadingWorld(directory), at)
    return Member(directory.slug, person, desk)


def open_case(member: Member, case_id: str) -> OpenFile | None:
    """The case laid open to the member; None where there is none for them: in another organisation, not theirs, or not there."""
    try:
        file = case_file.read(case_id, member.person, member.now)
    except (NoSuchCase, Forbidden, NoSuchPerson):
        return None
    return file if file.directory.slug == member.organisation else None


def forbidden(request: HttpRequest, member: Member) -> HttpResponse:
    """The one answer for what somebody may not see and for what does not exist: it tells neither apart."""
    return page(request, "web/forbidden.html", member, status=403)
