"""The administration log: every change with its hand, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from redress.web.access import Member
from redress.web.page import page
from redress.web.set_up.entries import newest_entries

from .admitted import administrators_only, number

PER_PAGE = 60


@administrators_only
def log(request: HttpRequest, member: Member) -> HttpResponse:
    """``before``: only lines older than that one."""
    before = number(request.GET.get("before", ""))
    entries = newest_entries(member, PER_PAGE + 1, before if before > 0 else None)
    older = entries[PER_PAGE - 1].id if len(entries) > PER_PAGE else None
    return page(request, "web/setup/log.html", member, pack=member.pack, entries=entries[:PER_PAGE], older=older)
