"""Tables by a field (``within``, ``fine``): a row for every value, and no row for a value that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable

from redress.policy.conditions import ConditionError
from redress.policy.errors import meant
from redress.policy.language.base import Rule
from redress.policy.language.duties import Limit
from redress.policy.language.effects import Effect

from .parts import Path, models_of
from .study import Study

OTHERWISE = "otherwise"


def check(study: Study) -> None:
    """Reports unknown and missing rows of every table."""
    for rule in study.source.rules:
        for path, model in models_of(rule):
            whens = _conditions_around(rule, model)
            if isinstance(model, Limit):
                _check_limit(study, rule, path, model, whens)
            elif isinstance(model, Effect):
                _check_amounts(study, rule, path, model, whens)


def _conditions_around(rule: Rule, model: object) -> list[str]:
    return [text for text in (getattr(rule, "when", ""), getattr(model, "when", "")) if text]


def _check_limit(study: Study, rule: Rule, path: Path, limit: Limit, whens: list[str]) -> None:
    if not limit.table:
        return
    rows = {row: (*path, row) for row in limit.table}
    if _known_rows(study, rule, rows, limit.by) and limit.otherwise is None:
        for option in _missing(study, limit.by, rows, whens):
            zh, en = f"{limit.by} 为 {option} 时没有时限", f"{limit.by} {option} would have no limit"
            hint = {"hint_zh": f"加一行 {option}，或写 otherwise", "hint_en": f"Add a row {option}, or otherwise"}
            study.error(study.key(rule, path), "no-row", zh, en, **hint)


def _check_amounts(study: Study, rule: Rule, path: Path, effect: Effect, whens: list[str]) -> None:
    tables = {("fine",): effect.fine, ("entry", "amount"): effect.entry.amount if effect.entry else None}
    for where, table in tables.items():
        if not isinstance(table, dict):
            continue
        rows = {row: (*path, *where, row) for row in table if row != OTHERWISE}
        if _known_rows(study, rule, rows, effect.by) and OTHERWISE not in table:
            for option in _missing(study, effect.by, rows, whens):
                zh, en = f"{effect.by} 为 {option} 时没有金额", f"{effect.by} {option} would have no sum"
                hint = {
                    "hint_zh": f"加一行 {option}，或用 when 写明何时适用",
                    "hint_en": f"Add a row {option}, or say with when for which it holds",
                }
                study.warn(study.key(rule, (*path, *where)), "no-sum", zh, en, **hint)


def _known_rows(study: Study, rule: Rule, rows: dict[str, Path], by: str) -> bool:
    """Whether ``by`` is a choice field (``names`` tells when it is not); reports rows that are none of its options."""
    options = study.names.options(by)
    if options is None:
        return False
    for row, path in rows.items():
        if row not in options:
            zh, en = f"字段 {by} 没有“{row}”这个选项", f"field {by} has no option '{row}'"
            study.error(study.key(rule, path), "unknown-option", zh, en, **meant(row, options | {OTHERWISE}))
    return set(rows) <= options


def _missing(study: Study, by: str, rows: Iterable[str], whens: list[str]) -> list[str]:
    options = [option.id for option in study.names.fields[by].options]
    present = set(rows)
    return [option for option in options if option not in present and _possible(study, by, option, whens)]


def _possible(study: Study, by: str, option: str, whens: list[str]) -> bool:
    """Whether the conditions around a table leave this value open: a conjunct that reads only ``by`` may exclude it."""
    for text in whens:
        if not _compiles(study, text):
            return False  # told elsewhere; what it would exclude is not known
        for conjunct in re.split(r"&&", text):
            try:
                compiled = study.vocabulary.compile(conjunct.replace("\n", " ").strip())
            except ConditionError:
                continue
            if compiled.names == (by,) and not compiled.holds(lambda _name: option):
                return False
    return True


def _compiles(study: Study, text: str) -> bool:
    try:
        study.vocabulary.compile(text.replace("\n", " "))
    except ConditionError:
        return False
    return True
