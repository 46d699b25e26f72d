"""A document of the policy, filled from the case, for the screen and for paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from redress.web.access import Member, forbidden, member_only, open_case
from redress.web.page import page
from redress.web.papers import cell, heading
from redress.web.plain_words import names


@member_only
def document(request: HttpRequest, member: Member, case_id: str, document_id: str) -> HttpResponse:
    """The paper. Personal data stays masked: whoever needs it reveals it on the case, where that is logged."""
    file = open_case(member, case_id)
    rule = file.pack.documents.get(document_id) if file else None
    if file is None or rule is None:
        return forbidden(request, member)
    lang = names.language()
    rows = [(heading(file.pack, name), cell(file.pack, file.directory, file.case, name)) for name in rule.fields]
    signed = [
        (names.said(file.pack.acts[record.act].text), file.directory.person_text(record.by).of(lang), record.at)
        for record in file.case.acts
        if record.signed and record.act in file.pack.acts
    ]
    return page(
        request,
        "web/document.html",
        member,
        file=file,
        case=file.case,
        pack=file.pack,
        document=rule,
        rows=rows,
        signed=signed,
        signers=[names.role(file.pack, role) for role in rule.signed_by],
        copies=[(names.role(file.pack, copy.to), copy) for copy in rule.copies],
        numbers=list(file.case.numbers.values()),
    )
