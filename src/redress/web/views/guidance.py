"""The guidance library, and a playbook as steps to be read with the phone in the hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from redress.policy.pack import Pack
from redress.web import library
from redress.web.access import Member, forbidden, member_only
from redress.web.page import page
from redress.web.plain_words import names

LONGEST = 100


@member_only
def guidance(request: HttpRequest, member: Member) -> HttpResponse:
    """Everything the policy says to the person at work, or what fits the search."""
    pack, lang = member.pack, names.language()
    entries = library.entries_of(pack, lang)
    asked = {key: request.GET.get(key, "")[:LONGEST] for key in ("q", "sort", "at", "fact")}
    groups = library.found(entries, **asked)
    sorts = dict.fromkeys(entry.sort for entry in entries)
    return page(
        request,
        "web/guidance.html",
        member,
        pack=pack,
        asked=asked,
        narrowed=any(asked.values()),
        groups=[(at, library.moment_name(pack, at), found) for at, found in groups],
        number=sum(len(found) for _at, found in groups),
        sorts=[(sort, library.SORTS[sort]) for sort in library.SORTS if sort in sorts],
        moments=_moments(pack, entries),
        facts=_facts(pack, entries),
        playbooks=pack.source.playbooks,
    )


@member_only
def playbook(request: HttpRequest, member: Member, playbook_id: str) -> HttpResponse:
    """A playbook step by step."""
    pack = member.pack
    rule = library.playbook_of(pack, playbook_id)
    if rule is None:
        return forbidden(request, member)
    return page(
        request,
        "web/playbook.html",
        member,
        pack=pack,
        rule=rule,
        begins=library.starts_when(pack, rule),
        steps=library.steps_of(pack, rule, names.language()),
    )


def _moments(pack: Pack, entries: tuple[library.Entry, ...]) -> list[tuple[str, str]]:
    """(moment, its name) of every moment that has guidance."""
    at = dict.fromkeys(one for entry in entries for one in entry.at)
    first = [one for one in library.FIRST if one in at]
    return [(one, library.moment_name(pack, one)) for one in (*first, *(one for one in at if one not in first))]


def _facts(pack: Pack, entries: tuple[library.Entry, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(field in words, its (key, name)) of every circumstance that has guidance of its own."""
    groups: dict[str, dict[str, str]] = {}
    for field, value in dict.fromkeys(fact for entry in entries for fact in entry.facts):
        groups.setdefault(names.field(pack, field), {})[f"{field}={value}"] = library.fact_name(pack, field, value)
    return [(field, list(values.items())) for field, values in groups.items()]
