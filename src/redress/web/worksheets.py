"""What a case is worth and whose time it was: compensation worksheets and the time held, laid out for the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from redress.cases.case_file import OpenFile
from redress.policy.engine.facts import Facts
from redress.policy.engine.holders import NOBODY, WAITING, by_holder
from redress.policy.engine.worksheet import Worksheet, worksheet

from .durations import in_words
from .plain_words import names


@dataclass(frozen=True)
class SheetView:
    """A worksheet on the page: its name, its clauses, its lines and sums (yuan)."""

    name: str
    clauses: tuple[str, ...]
    sheet: Worksheet


@dataclass(frozen=True)
class HeldView:
    """Who held how much of the case's time: in words, and as a share of the whole in percent."""

    who: str
    unit: str
    length: str
    percent: int


def worksheets_of(file: OpenFile) -> list[SheetView]:
    """The worksheets that have a place on this case, worked out now; on the file of a standing duty, those that come to a sum."""
    facts = Facts(file.pack, file.case, file.now, file.world, file.actor)
    sheets = [
        SheetView(names.said(rule.text), rule.clauses, worksheet(file.pack, rule, facts))
        for rule in file.pack.compensations.values()
        if facts.holds(rule.when)
    ]
    return [view for view in sheets if view.sheet.lines and (file.case.kind == "complaint" or view.sheet.total)]


def time_held(file: OpenFile) -> list[HeldView]:
    """Whose time it was, the longest first; the parts add up to the whole."""
    held = by_holder(file.case, file.now)
    whole = sum(length.total_seconds() for length in held.values())
    if whole < 60:
        return []
    lang = names.language()
    special = {WAITING: _("停表等候"), NOBODY: _("无人经手")}
    return [
        HeldView(
            special.get(who) or names.role(file.pack, who),
            "" if who in special or not unit else file.directory.unit_text(unit).of(lang),
            in_words(int(length.total_seconds() // 60)),
            round(100 * length.total_seconds() / whole),
        )
        for (who, unit), length in sorted(held.items(), key=lambda item: -item[1])
        if length.total_seconds() >= 60
    ]
