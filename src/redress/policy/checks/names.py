"""Names that stand for nothing: every role, field, act, duty, approval ... that is referred to must be declared."""

from __future__ import annotations

from collections.abc import Iterator

from redress.policy.errors import closest, meant
from redress.policy.language.base import Rule
from redress.policy.language.pack import Head

from .parts import Part, parts_of
from .references import CHOICE_FIELD, FIELD, KEYED, PERSON, SINGLE, Sort
from .study import Study

EMPTY_BY = "level"
"""What ``by`` says where nobody wrote it; it counts only where there is a table."""


def check(study: Study) -> None:
    """Reports every name of the source and of its head that nothing declares."""
    rules: list[Rule | Head] = [study.source.head, *study.source.rules]
    for rule in rules:
        for part in parts_of(rule):
            _check_part(study, rule, part)


def _check_part(study: Study, rule: Rule | Head, part: Part) -> None:
    if isinstance(part.value, str):
        if part.value.startswith("$") and (type(part.owner), part.key) not in SINGLE:
            _check_parameter(study, rule, part.path, part.value)
        sort = SINGLE.get((type(part.owner), part.key))
        if sort is not None and part.value and not _unused_default(part):
            _check_name(study, rule, part.path, part.value, sort, key=False)
    elif isinstance(part.value, dict):
        sort = KEYED.get((type(part.owner), part.key))
        for key, value in part.value.items():
            if sort is not None:
                _check_name(study, rule, (*part.path, key), key, sort, key=True)
            if isinstance(value, str) and value.startswith("$"):
                _check_parameter(study, rule, (*part.path, key), value)


def _unused_default(part: Part) -> bool:
    """``by`` without a table, and the ends of a measure that measures no time, are never looked at."""
    owner = part.owner
    if part.key == "by" and part.value == EMPTY_BY:
        tables = (getattr(owner, name, None) for name in ("table", "fine"))
        entry = getattr(owner, "entry", None)
        return not any(isinstance(t, dict) and t for t in (*tables, entry and entry.amount))
    return part.key in ("from_", "to") and getattr(owner, "what", "median-hours") != "median-hours"


def _check_name(
    study: Study, rule: Rule | Head, path: tuple[str | int, ...], name: str, sort: Sort, *, key: bool
) -> None:
    allowed = sort.names(study.names)
    if name in allowed:
        return
    place = study.key(rule, path) if key else study.value(rule, path)
    wrong = next(_of_another_sort(study, name, sort), None)
    if wrong:
        study.error(
            place,
            "wrong-sort",
            f"{name} {wrong[0]}，这里要写{sort.zh}",
            f"{name} {wrong[1]}; what is needed here: {sort.en}",
            **meant("", allowed),
        )
        return
    study.unknown(place, sort, name)


def _of_another_sort(study: Study, name: str, sort: Sort) -> Iterator[tuple[str, str]]:
    """What the name is instead: (zh, en) after the name."""
    if sort is not FIELD and sort.code == "field" and name in study.names.fields:
        kind: str = study.names.fields[name].type
        yield f"是 {kind} 字段", f"is a {kind} field"
    if sort is PERSON and name in study.names.roles:
        yield f"是 found: {study.names.roles[name].found} 的角色", f"is a role found: {study.names.roles[name].found}"
    if sort is CHOICE_FIELD:
        return
    for other, zh, en in (
        ("role", "是角色", "is a role"),
        ("act", "是操作", "is an act"),
        ("duty", "是义务", "is a duty"),
        ("field", "是字段", "is a field"),
    ):
        if sort.code != other and name in study.names.of(other) and not closest(name, sort.names(study.names)):
            yield zh, en


def _check_parameter(study: Study, rule: Rule | Head, path: tuple[str | int, ...], value: str) -> None:
    allowed = study.names.of("parameter")
    if value[1:] not in allowed:
        zh, en = f"没有参数 {value}", f"there is no parameter {value}"
        named = meant(value[1:], allowed)
        study.told.add(("parameter", closest(value[1:], allowed)))
        study.error(study.value(rule, path), "unknown-parameter", zh, en, **named)
