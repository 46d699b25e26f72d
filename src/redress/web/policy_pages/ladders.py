"""The ladders of the policy: who is asked when, for how long, and what follows where nobody answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from redress.policy.language.duties import Ladder, Limit
from redress.policy.pack import Pack
from redress.web.durations import in_words
from redress.web.plain_words import names
from redress.web.plain_words.effects import consequences
from redress.web.plain_words.limits import limit
from redress.web.plain_words.triggers import after

STEP = 26
"""Pixels that a stair rises."""


@dataclass(frozen=True)
class Stair:
    """One rung, drawn and told. ``since``: when it is reached, by level, if nobody below answers."""

    number: int
    who: str
    must: str
    limit: str
    form: str
    late: tuple[str, ...]
    clauses: tuple[str, ...]
    since: str
    left: float
    width: float
    top: int
    height: int


@dataclass(frozen=True)
class Drawn:
    """A ladder with its stairs, bottom first."""

    rule: Ladder
    name: str
    begins: str
    ends: str
    stairs: tuple[Stair, ...]
    height: int
    climbs: bool


def ladders(pack: Pack) -> list[Drawn]:
    """Every ladder of the pack."""
    return [_drawn(pack, rule) for rule in pack.ladders.values()]


def _drawn(pack: Pack, rule: Ladder) -> Drawn:
    many = len(rule.rungs)
    levels = list(dict.fromkeys(value for rung in rule.rungs if rung.within for value in rung.within.table)) or [""]
    passed: dict[str, int | None] = dict.fromkeys(levels, 0)
    stairs = []
    for number, rung in enumerate(rule.rungs, 1):
        form = {"phone": _("电话"), "written": _("书面"), "in person": _("当面")}.get(rung.form, "")
        stairs.append(
            Stair(
                number, names.any_of(pack, rung.who), names.said(rung.must), limit(pack, rung.within), form,
                tuple(consequences(pack, rung.if_late)), rung.clauses or rule.clauses, _since(pack, passed, rule, number),
                round(100 * (number - 1) / many, 3), round(100 / many, 3), STEP * (many - number) + 24, STEP * number,
            )
        )  # fmt: skip
        for level in levels:
            minutes = _minutes(pack, rung.within, level)
            before = passed[level]
            passed[level] = before + minutes if before is not None and minutes is not None else None
    ends = after(pack, rule.ends_by) if rule.ends_by else ""
    return Drawn(
        rule,
        names.said(rule.text),
        after(pack, rule.after),
        ends,
        tuple(stairs),
        STEP * many + 24,
        rule.climbs_when_late,
    )


def _since(pack: Pack, passed: dict[str, int | None], rule: Ladder, number: int) -> str:
    """「立即」, 「第 15 分」: when a rung is reached where each one below has let its time pass."""
    if number == 1:
        return _("立即")
    if not rule.climbs_when_late:
        return ""
    known = {level: minutes for level, minutes in passed.items() if minutes is not None}
    if not known:
        return ""
    if len(set(known.values())) == 1:
        return _("%(time)s后") % {"time": in_words(next(iter(known.values())))}
    by = next((rung.within.by for rung in rule.rungs if rung.within and rung.within.table), "level")
    return names.joined(f"{names.option(pack, by, level)} {in_words(minutes)}" for level, minutes in known.items())


def _minutes(pack: Pack, within: Limit | None, level: str) -> int | None:
    if within is None:
        return None
    written = within.span or within.table.get(level, within.otherwise)
    return pack.span(written).rough_minutes() if written else None
