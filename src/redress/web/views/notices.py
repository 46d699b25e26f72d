"""Notices are marked as read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from redress.letters.inbox import mark_read
from redress.web.access import Member, member_only
from redress.web.given import whole_number
from redress.web.page import go


@require_POST
@member_only
def notices(request: HttpRequest, member: Member) -> HttpResponse:
    """Marks the notices named as read by the member."""
    ids = [whole_number(given, 0) for given in request.POST.getlist("notice")]
    mark_read(member.organisation, member.person, ids, member.now)
    return go(request, reverse("work"))
