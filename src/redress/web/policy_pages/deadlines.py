"""Every limit of the policy on one axis of time, from a minute to years; those within another limit stand under it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from redress.calendars import Span
from redress.policy.implied import APPROVING
from redress.policy.language.duties import Duty
from redress.policy.pack import Pack
from redress.web.plain_words import names
from redress.web.plain_words.limits import limit

LONGEST = 365 * 24 * 60
TICKS = ((1, "1 min"), (10, "10 min"), (60, "1 h"), (8 * 60, "8 h"), (1440, "1 d"), (7 * 1440, "1 w"), (30 * 1440, "1 mo"), (LONGEST, "1 y"))  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A limit on the axis: ``at`` in percent of its length; ``working`` counts working time only."""

    at: float
    words: str
    working: bool


@dataclass(frozen=True)
class Deadline:
    """A duty with its limits. ``depth`` is how far it stands inside others; ``outer`` where the outer limit lies (percent)."""

    duty: str
    must: str
    who: str
    sort: str
    limit: str
    marks: tuple[Mark, ...]
    clauses: tuple[str, ...]
    depth: int = 0
    outer: float | None = None

    @property
    def first(self) -> float:
        return min(mark.at for mark in self.marks)

    @property
    def last(self) -> float:
        return max(mark.at for mark in self.marks)


def ticks() -> list[tuple[float, str]]:
    """The marks of the axis, with their words."""
    return [(place(minutes), _in_words(Span.parse(text))) for minutes, text in TICKS]


def place(minutes: int) -> float:
    """Where so many minutes lie on the axis, in percent: each step of it is a multiple, not a sum."""
    return round(100 * math.log(min(max(minutes, 1), LONGEST)) / math.log(LONGEST), 2)


def deadlines(pack: Pack, role: str = "") -> list[Deadline]:
    """Every duty with a limit (of one role, where it is named), the shortest first, inner ones under the outer."""
    found = [duty for duty in pack.duties.values() if duty.within and (not role or role in duty.who)]
    wanted = {duty.id for duty in found}
    inner: dict[str, list[Duty]] = {}
    for duty in found:
        inner.setdefault(duty.part_of if duty.part_of in wanted else "", []).append(duty)
    return list(_nested(pack, inner, "", 0, None))


def _nested(pack: Pack, inner: dict[str, list[Duty]], outer: str, depth: int, at: float | None) -> Iterator[Deadline]:
    rows = [(duty, tuple(_marks(pack, duty))) for duty in inner.get(outer, ())]
    rows.sort(key=lambda row: (min((mark.at for mark in row[1]), default=101), row[0].id))
    for duty, marks in rows:
        yield Deadline(
            duty.id,
            names.duty(pack, duty.id),
            names.any_of(pack, duty.who),
            _sort(pack, duty.id),
            limit(pack, duty.within),
            marks,
            duty.clauses,
            depth,
            at,
        )
        yield from _nested(pack, inner, duty.id, depth + 1, max((mark.at for mark in marks), default=None))


def _marks(pack: Pack, duty: Duty) -> Iterable[Mark]:
    within = duty.within
    assert within is not None
    written = [("", within.span)] if within.span else []
    written += [(names.option(pack, within.by, value), span) for value, span in within.table.items()]
    written += [(_("其他"), within.otherwise)] if within.otherwise else []
    written += [(_("最长"), within.at_most)] if within.at_most else []
    for words, text in written:
        span = pack.span(str(text))
        said = _in_words(span)
        yield Mark(place(span.rough_minutes()), f"{words} {said}".strip(), str(span).endswith(("wd", "wh")))


def _sort(pack: Pack, duty: str) -> str:
    """What sort of duty it is, where it is none like any other."""
    if duty.startswith(APPROVING):
        return _("审批")
    if duty in pack.standing:
        return _("例行")
    return _("上报") if duty.partition(".")[0] in pack.ladders else ""


def _in_words(span: Span) -> str:
    return names.chosen(span.describe("zh"), span.describe("en"))
