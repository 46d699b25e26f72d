"""The unit board: for whoever answers for a unit, what is late and where, who carries how much, what comes up again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from redress.web.access import Member, forbidden, member_only
from redress.web.board import board_of
from redress.web.page import page


@member_only
def board(request: HttpRequest, member: Member) -> HttpResponse:
    """The page; it asks for itself again every minute."""
    found = board_of(member, request.GET.get("unit", ""), request.GET.get("by", ""))
    if found is None:
        return forbidden(request, member)
    return page(request, "web/board.html", member, board=found, pack=member.pack, directory=member.directory)
