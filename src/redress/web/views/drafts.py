"""What is being written to a customer, checked against the policy while it is written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from redress.web.access import Member, forbidden, member_only, open_case
from redress.web.drafting import drafts_of


@require_POST
@member_only
def draft(request: HttpRequest, member: Member, case_id: str, act_id: str) -> HttpResponse:
    """The findings in the texts typed so far. Nothing is done or kept."""
    file = open_case(member, case_id)
    rule = file.pack.acts.get(act_id) if file else None
    if file is None or rule is None:
        return forbidden(request, member)
    return drafts_of(request, member, file, rule)
