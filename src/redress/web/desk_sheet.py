"""What stands beside a complaint while it is typed: options its words speak for, what would follow, what to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from redress.policy.engine.case import DutyState
from redress.policy.engine.foreseeing import Foreseen, foresee
from redress.policy.engine.suggesting import Suggestion, suggestions
from redress.policy.language.acts import Act
from redress.policy.language.words import Guidance

from .access import Member
from .forms.parse import NAME
from .forms.shown import shown
from .plain_words import names

AROUND = 10
"""Characters of the sentence that are shown on either side of the words found."""
MOST_AHEAD = 4
ADVICE: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("先做"), ("step", "technique", "aim")),
    (_("可以说"), ("say",)),
    (_("不要说，不要做"), ("avoid", "warning")),
)


@dataclass(frozen=True)
class Suggested:
    """An option that was suggested: ``pieces`` are the sentence around the words found, marked where they stand."""

    name: str
    value: str
    field: str
    option: str
    means: str
    pieces: tuple[tuple[str, bool], ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Ahead:
    """Something that registering would bring: a field that is settled, or a duty with who has it and until when."""

    what: str
    value: str
    clauses: tuple[str, ...]
    due: datetime | None = None


def suggested(member: Member, act: Act, values: Mapping[str, Any]) -> list[Suggested]:
    """The options that the words typed so far speak for."""
    return [_suggested(member, one, values) for one in suggestions(member.pack, act.form, values)]


def settled_ahead(member: Member, foreseen: Foreseen) -> list[Ahead]:
    """What the policy's decisions would settle."""
    pack, zone, lang = member.pack, member.zone, names.language()
    return [
        Ahead(
            names.field(pack, one.field),
            shown(pack.fields.get(one.field), one.value, member.directory, zone, lang),
            one.clauses,
        )
        for one in foreseen.settled
    ]


def duties_ahead(member: Member, duties: Iterable[DutyState]) -> list[Ahead]:
    """Who would have to do what, the nearest first."""
    told = {one.rule: one for one in sorted(duties, key=lambda one: one.due is None, reverse=True)}
    ordered = sorted(told.values(), key=lambda one: (one.due is None, one.due))
    return [
        Ahead(names.duty(member.pack, one.rule), names.any_of(member.pack, one.roles), one.clauses, one.due)
        for one in ordered
    ]


def foreseen_by(member: Member, unit: str, values: Mapping[str, Any], act: str = "") -> Foreseen:
    """What registering these values in this unit would set going, and then ``act``."""
    own = member.pack.head.unit_field
    chosen = str(values.get(own) or unit) if own else unit
    given = {**values, own: chosen} if own else dict(values)
    return foresee(member.pack, chosen, given, member.actor, member.now, member.desk.world, act)


def advice(guidance: Iterable[Guidance]) -> list[tuple[str, list[Guidance]]]:
    """Words for the person at the desk, by what they are for; empty parts left out."""
    found = list(guidance)
    parts = [(str(title), [words for words in found if words.sort in sorts]) for title, sorts in ADVICE]
    return [(title, words) for title, words in parts if words]


def _suggested(member: Member, one: Suggestion, values: Mapping[str, Any]) -> Suggested:
    return Suggested(
        NAME + one.field,
        one.option.id,
        names.field(member.pack, one.field),
        names.said(one.option.text),
        names.said(one.option.means),
        _pieces(one, values),
        one.clauses,
    )


def _pieces(one: Suggestion, values: Mapping[str, Any]) -> tuple[tuple[str, bool], ...]:
    """The part of the first text in which words were found, cut where they begin and end."""
    text = str(values[one.found[0].field])
    marks = _joined([(place.start, place.end) for place in one.found if place.field == one.found[0].field])
    start, end = max(0, marks[0][0] - AROUND), min(len(text), marks[-1][1] + AROUND)
    pieces = [("…", False)] if start else []
    for mark_start, mark_end in marks:
        pieces += [(text[start:mark_start], False), (text[mark_start:mark_end], True)]
        start = mark_end
    pieces += [(text[start:end], False)] + ([("…", False)] if end < len(text) else [])
    return tuple((words, marked) for words, marked in pieces if words)


def _joined(marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The marks in order, those that touch each other made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
