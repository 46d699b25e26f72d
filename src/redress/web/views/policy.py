"""The policy as a document, and one clause of it with what it did."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse

from redress.cases.queries import lived
from redress.web.access import Member, forbidden, member_only
from redress.web.page import page
from redress.web.plain_words.names import language
from redress.web.policy_pages.articles import MEANS, STATUS, articles, chapters, text_of


@member_only
def policy(request: HttpRequest, member: Member) -> HttpResponse:
    """The document; ``shows`` narrows it to clauses that run, are prompted or are shown."""
    pack, asked = member.pack, request.GET.get("shows", "")
    shows = asked if asked in STATUS else ""
    counted = Counter(article.status for article in articles(pack, language()))
    return page(
        request,
        "web/policy/document.html",
        member,
        pack=pack,
        chapters=chapters(pack, language()),
        parameters=pack.parameters,
        text=text_of(pack, language(), shows),
        shows=shows,
        statuses=[
            (name, str(STATUS[name][0]), STATUS[name][1], str(MEANS[name]), counted[name])
            for name in STATUS
            if counted[name]
        ],
        total=len(pack.source.clauses),
    )


@member_only
def clause(request: HttpRequest, member: Member, clause_id: str) -> HttpResponse:
    """One clause: its rules, what proves them, and how it went in the latest cases within the reader's reach."""
    shown = articles(member.pack, language())
    at = next((number for number, article in enumerate(shown) if article.clause.id == clause_id), None)
    if at is None:
        return forbidden(request, member)
    rules = [duty.id for duty in member.pack.duties.values() if clause_id in duty.clauses]
    cases = lived.latest(member.desk)
    by_rule = lived.duties_lived(cases) if rules and cases else {}
    return page(
        request,
        "web/policy/clause.html",
        member,
        pack=member.pack,
        article=shown[at],
        before=shown[at - 1] if at else None,
        after=shown[at + 1] if at + 1 < len(shown) else None,
        looked_at=len(cases),
        duties=[by_rule[rule] for rule in rules if rule in by_rule],
        ledger=lived.ledger_of(cases, clause_id) if cases else [],
        bitten=lived.bitten(cases, rules) if by_rule else [],
        directory=member.directory,
    )
