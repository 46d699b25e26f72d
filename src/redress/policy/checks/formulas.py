"""Formulas of worksheets: the fields and parameters they work with must exist and be figures."""

from __future__ import annotations

from collections.abc import Iterator

from redress.policy.formula import Formula, FormulaError
from redress.policy.language.base import Rule
from redress.policy.language.pack import Source
from redress.policy.language.sums import Compensation, Item

from .parts import Path, parts_of
from .references import Sort
from .study import Study

KEYS = {
    (Item, "amount"), (Item, "at_most"), (Item, "at_least"), (Compensation, "total_at_most"),
}  # fmt: skip
FIGURES = ("money", "number", "date", "datetime")
FIGURE = Sort(
    "field",
    "金额、数字或日期字段",
    "money, number or date field",
    lambda n: {field.id for field in n.fields.values() if field.type in FIGURES},
)
PARAMETER = Sort("parameter", "参数", "parameter", lambda n: {f"${name}" for name in n.of("parameter")})


def check(study: Study) -> None:
    """Reports names in formulas that are no figures of the pack."""
    for rule, path, text in formulas_of(study.source):
        for name in names_in(text):
            sort = PARAMETER if name.startswith("$") else FIGURE
            if name not in sort.names(study.names):
                study.unknown(study.within(rule, path, max(text.find(name), 0)), sort, name)


def formulas_of(source: Source) -> Iterator[tuple[Rule, Path, str]]:
    """Every formula with its rule and path."""
    for rule in source.of(Compensation):
        for part in parts_of(rule):
            if (type(part.owner), part.key) in KEYS:
                yield rule, part.path, str(part.value)


def names_in(text: str) -> tuple[str, ...]:
    """The fields and ``$parameters`` of a formula; none where it cannot be read (the reader has told)."""
    try:
        return Formula.parse(text).names
    except FormulaError:
        return ()
