"""The receipt of a complaint: what was registered, who answers by when, and the way back to the case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from redress.web.access import Member, forbidden, member_only, open_case
from redress.web.case_sheet import facts_of, title_of, who_has
from redress.web.page import page
from redress.web.plain_words import names
from redress.web.qr import qr

from .addresses import case_address

ANSWERS = 3
"""So many of the next duties tell a customer what will happen."""


@member_only
def receipt(request: HttpRequest, member: Member, case_id: str) -> HttpResponse:
    """A page to print for the customer: personal data masked, the code leads staff to the case."""
    file = open_case(member, case_id)
    if file is None or file.case.kind != "complaint":
        return forbidden(request, member)
    asked = {item.field for item in file.pack.acts["register"].form}
    duties = sorted(file.case.live_duties(), key=lambda duty: (duty.due is None, duty.due, duty.opened_at))
    told = {duty.rule: duty for duty in reversed(duties)}
    ahead = [duty for duty in duties if told[duty.rule] is duty][:ANSWERS]
    return page(
        request,
        "web/receipt.html",
        member,
        pack=file.pack,
        case=file.case,
        title=title_of(file.pack, file.case),
        number=next(iter(file.case.numbers.values()), ""),
        facts=[fact for fact in facts_of(file) if fact.id in asked],
        ahead=[(names.duty(file.pack, duty.rule), who_has(file, duty), duty) for duty in ahead],
        unit=file.directory.unit_text(file.case.unit).of(names.language()),
        code=qr(request.build_absolute_uri(case_address(file.case_id)), _("案件地址的二维码")),
        case_address=case_address(file.case_id),
    )
