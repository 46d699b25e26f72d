"""What is found in memory: people and units of the organisation, clauses and guidance of its policy, places of the product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString

from redress.policy.language.base import Text
from redress.policy.language.words import Clause, Guidance
from redress.policy.pack import Pack
from redress.web.access import Member
from redress.web.places import groups_for
from redress.web.plain_words import names

from .asked import Asked
from .marking import holds, marked, plain

MOST = 6
"""Hits shown of each sort."""


@dataclass(frozen=True)
class Line:
    """A hit: its words with what was looked for marked, where it leads, and what stands beside it."""

    words: SafeString
    address: str
    beside: str = ""
    clauses: tuple[str, ...] = ()


def people(member: Member, asked: Asked) -> list[Line]:
    """Those who work here, by any part of their name; with their seats today."""
    directory, found = member.directory, []
    for entry in directory.people.values():
        if entry.active and holds(f"{entry.text.zh} {entry.text.en}", asked.pieces):
            seats = [held for held in directory.held if held.person == entry.slug and held.on(member.today)]
            beside = names.joined(
                f"{names.role(member.pack, held.role)}（{names.said(directory.unit_text(held.unit))}）"
                for held in seats
            )
            line = Line(_one_of(entry.text, asked), f"{reverse('queue')}?owner={entry.slug}", beside)
            found.append((not plain(entry.text.zh).startswith(asked.pieces[0]), len(found), line))
    return [line for _, _, line in sorted(found, key=lambda item: item[:2])]


def units(member: Member, asked: Asked) -> list[Line]:
    """The units of the organisation; each leads to its cases."""
    return [
        Line(_one_of(unit.text, asked), f"{reverse('queue')}?unit={unit.slug}", _above(member, unit.under))
        for unit in member.directory.units.values()
        if holds(f"{unit.text.zh} {unit.text.en}", asked.pieces)
    ]


def clauses(member: Member, asked: Asked) -> list[Line]:
    """The clauses of the policy, by their words or their number."""
    policy = reverse("policy")
    return [
        Line(marked(names.chosen(clause.zh, clause.en), asked.pieces, 120), f"{policy}#{clause.id}", label)
        for clause, label, words in _clauses(member.pack)
        if label == asked.text or holds(words, asked.pieces)
    ]


def guidance(member: Member, asked: Asked) -> list[Line]:
    """What the policy tells people at work to do, to say and not to say."""
    return [
        Line(marked(names.said(words.text), asked.pieces, 120), _guidance_page(words), "", words.own_clauses())
        for words in _guidance(member.pack)
        if holds(f"{words.zh} {words.en}", asked.pieces)
    ]


def places(member: Member, asked: Asked) -> list[Line]:
    """Pages of the product by their name."""
    shown = (place for _, group in groups_for(member) for place in group)
    return [Line(marked(str(p.words), asked.pieces), p.address) for p in shown if holds(str(p.words), asked.pieces)]


def _one_of(text: Text, asked: Asked) -> SafeString:
    """A name in the reader's language; with the other one where that is the one that was typed."""
    shown = names.said(text)
    other = text.zh if names.language().startswith("en") else text.en
    return marked(shown if holds(shown, asked.pieces) else f"{shown} · {other}", asked.pieces)


def _above(member: Member, unit: str) -> str:
    return names.said(member.directory.unit_text(unit)) if unit else ""


@lru_cache(maxsize=64)
def _clauses(pack: Pack) -> Sequence[tuple[Clause, str, str]]:
    return [(c, c.id.removeprefix(f"{pack.id}-"), f"{c.ref} {c.zh} {c.en}") for c in pack.source.clauses]


@lru_cache(maxsize=64)
def _guidance(pack: Pack) -> Sequence[Guidance]:
    return [rule for rule in pack.source.rules if isinstance(rule, Guidance)]


def _guidance_page(words: Guidance) -> str:
    return f"{reverse('guidance')}#{words.id}"
