"""What is being written to a customer, laid beside what the policy finds in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from redress.cases.case_file import OpenFile
from redress.policy.engine.drafts import Finding, findings
from redress.policy.engine.facts import Facts
from redress.policy.language.acts import Act
from redress.policy.pack import Pack

from .access import Member
from .asking import typed
from .page import page
from .plain_words import names


@dataclass(frozen=True)
class Draft:
    """A text with what was found in it: ``pieces`` are (text, whether it is marked)."""

    field: str
    pieces: Sequence[tuple[str, bool]]
    findings: Sequence[Finding]


def drafts_of(request: HttpRequest, member: Member, file: OpenFile, rule: Act) -> HttpResponse:
    """The fragment with what is found in the texts typed so far for an act on this file."""
    _, values = typed(file, rule, request.POST, file.case)
    facts = Facts(file.pack, file.case, file.now, file.world, file.actor, values, rule.id)
    return page(
        request,
        "web/parts/draft.html",
        member,
        pack=file.pack,
        drafts=list(_drafts(file, findings(rule, facts), values)),
    )


def draft_address(file: OpenFile, rule: Act) -> str:
    """Where this act's texts are checked; "" where the policy says nothing about them."""
    return reverse("draft", args=[file.case_id, rule.id]) if checks_texts(file.pack, rule) else ""


def checks_texts(pack: Pack, rule: Act) -> bool:
    """Whether the policy says anything about texts that this act asks for."""
    fields = {item.field for item in rule.form}
    return any(fields & set(phrase.fields) for phrase in pack.phrases)


def _drafts(file: OpenFile, found: list[Finding], values: dict[str, object]) -> Iterator[Draft]:
    for field in dict.fromkeys(finding.field for finding in found):
        mine = [finding for finding in found if finding.field == field]
        yield Draft(names.field(file.pack, field), list(_pieces(str(values[field]), mine)), mine)


def _pieces(text: str, found: list[Finding]) -> Iterator[tuple[str, bool]]:
    done = 0
    for start, end in sorted((finding.start, finding.end) for finding in found if finding.end > finding.start):
        if start >= done:
            yield text[done:start], False
            yield text[start:end], True
            done = end
    yield text[done:], False
