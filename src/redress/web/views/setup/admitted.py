"""Who may administer, and how a posted change is carried out: done and told, or shown again with what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from redress.people.changes import Hand, NotPossible
from redress.web.access import Member, MemberView, forbidden, member_only
from redress.web.given import whole_number
from redress.web.page import go, page, say
from redress.web.plain_words.names import language

Change = Callable[[Hand, Any], Any]
"""Carries out one posted form (``request.POST``). Raises ``NotPossible``."""


def administrators_only(view: MemberView) -> MemberView:
    """The page for those who may set the organisation up; for everybody else it is not there."""

    @member_only
    @wraps(view)
    def guarded(request: HttpRequest, member: Member, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, member, *args, **kwargs) if member.administers else forbidden(request, member)

    return guarded


def hand_of(member: Member) -> Hand:
    return Hand(member.organisation, member.person, member.now, member.today)


def answer(
    request: HttpRequest,
    member: Member,
    template: str,
    changes: Mapping[str, Change],
    shown: Callable[[], dict[str, Any]],
    back: Callable[[], str] | str,
    said: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page; posted, the change named by ``do``: then back to ``back``, or the page again with what is wrong."""
    wrong: NotPossible | None = None
    if request.method == "POST":
        change = changes.get(request.POST.get("do", ""))
        try:
            if change is None:
                raise NotPossible("没有这项操作", "there is no such change")
            change(hand_of(member), request.POST)
        except NotPossible as refused:
            wrong = refused
        else:
            say(request, (said or {}).get(request.POST["do"]) or _("已保存。"))
            return go(request, back() if callable(back) else back)
    context = shown()
    told = {"text": wrong.text.of(language()), "field": wrong.field, "do": request.POST.get("do", "")} if wrong else {}
    return page(
        request, template, member, 422 if wrong else 200, pack=member.pack, wrong=told,
        posted=request.POST if wrong else {}, today=member.today, **context,
    )  # fmt: skip


def day(text: str) -> date | None:
    """A date as the browser sends it, None where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def number(text: str) -> int:
    """An id as a form sends it; one that nothing has where it is none."""
    return whole_number(text, -1)
