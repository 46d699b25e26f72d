"""The contents of a report as pages show them: its sections, and every figure in words. What it is computed over is the caller's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redress.people.directory import Directory
from redress.policy.engine.measures import SectionContents
from redress.policy.pack import Pack
from redress.web.plain_words import names

Rows = list[tuple[str, str, float]]
"""(group, its figure in words, its share of the largest one in percent); one row without a group for a single figure."""


@dataclass(frozen=True)
class SectionWords:
    """A part of a report: what each of its figures is called with its rows, and the field that its maker writes (or "")."""

    name: str
    clauses: tuple[str, ...]
    figures: list[tuple[str, Rows]]
    field: str


def sections_in_words(pack: Pack, directory: Directory, contents: Iterable[SectionContents]) -> list[SectionWords]:
    """The sections in the language of the request; ``directory`` knows what the units are called."""
    return [
        SectionWords(
            names.chosen(part.section.zh, part.section.en),
            part.section.clauses,
            [
                (names.said(pack.measures[name].text), _rows(pack, directory, name, figure))
                for name, figure in part.figures.items()
            ],
            names.field(pack, part.field) if part.field else "",
        )
        for part in contents
    ]


def _rows(pack: Pack, directory: Directory, measure: str, figure: Any) -> Rows:
    rule = pack.measures[measure]
    unit = {"share": " %", "rate": " ‰", "sum": names.gettext(" 元"), "median-hours": names.gettext(" 小时")}.get(
        rule.what, ""
    )
    if not isinstance(figure, dict):
        return [("", "—" if figure is None else f"{figure}{unit}", 0)]
    most = max((value for value in figure.values() if value is not None), default=0)
    largest_first = sorted(figure.items(), key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))
    return [
        (
            _group(pack, directory, rule.by, key),
            "—" if value is None else f"{value}{unit}",
            float(100 * value / most) if value and most else 0,
        )
        for key, value in largest_first
    ]


def _group(pack: Pack, directory: Directory, by: str, key: str) -> str:
    if by == "unit" or (by in pack.fields and pack.fields[by].type in ("unit", "units")):
        return directory.unit_text(key).of(names.language())
    return names.option(pack, by, key) if key else names.gettext("未填")
