"""Search everywhere: a number, a name, a telephone number, any words; results as one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from redress.web.access import Member, member_only
from redress.web.page import page
from redress.web.seeking import seek


@member_only
def search(request: HttpRequest, member: Member) -> HttpResponse:
    """The page; while somebody types, only what is found."""
    typed = request.GET.get("q", "")
    htmx = request.htmx  # type: ignore[attr-defined]
    fragment = htmx and not htmx.history_restore_request
    found = seek(member, typed, mentions=bool(request.GET.get("mentions")))
    return page(request, "web/parts/found.html" if fragment else "web/search.html", member, found=found, typed=typed)
