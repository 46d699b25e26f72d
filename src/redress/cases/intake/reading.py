"""A mapping file into a ``Mapping``; and whether it fits the table and the policy that it is to be used with.

Every mistake is told at once, at file:line:column, before the first row is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from redress.people.directory import Directory
from redress.policy.errors import PackErrors, Problem, meant
from redress.policy.language.acts import Act
from redress.policy.pack import Pack
from redress.policy.reading.explained import validated
from redress.policy.reading.yaml_tree import Path as TreePath
from redress.policy.reading.yaml_tree import Tree

from .mapping import REGISTERED, Filter, Mapping, Value, When, Who

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class MappingFile:
    """A mapping with the places of its parts, for mistakes that show only beside a table or a policy."""

    mapping: Mapping
    tree: Tree


def read_mapping(path: Path) -> MappingFile:
    """The mapping at ``path``. Raises ``PackErrors`` with the place of every mistake of form."""
    tree = Tree(path.name, path.read_text(encoding="utf-8"))
    problems: list[Problem] = []
    mapping = validated(Mapping, tree.data, tree, (), problems)
    if mapping is None:
        raise PackErrors(problems)
    problems += _moments(mapping, tree)
    if problems:
        raise PackErrors(problems)
    return MappingFile(mapping, tree)


def until_of(mapping: Mapping, zone: ZoneInfo) -> datetime | None:
    """The moment up to which the clock runs after the last row, or None."""
    if not mapping.until:
        return None
    moment = datetime.fromisoformat(mapping.until)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def check_mapping(file: MappingFile, columns: Sequence[str], pack: Pack, directory: Directory) -> None:
    """Raises ``PackErrors`` where the mapping names a column, field, act, role, unit or person that there is not."""
    problems = list(_Fit(file, columns, pack, directory).problems())
    if problems:
        raise PackErrors(problems)


def _moments(mapping: Mapping, tree: Tree) -> Iterator[Problem]:
    """Times that refer to what does not come before them; zones and moments that are none."""
    if mapping.zone and mapping.zone not in available_timezones():
        yield _unknown(tree, ("zone",), mapping.zone, "时区", "time zone", available_timezones())
    if mapping.until:
        try:
            datetime.fromisoformat(mapping.until)
        except ValueError:
            place = tree.value_place(("until",))
            yield Problem(
                place, "bad-value", "until 要写时刻，如 2026-03-02 09:00", "until is a moment such as 2026-03-02 09:00"
            )
    names: list[str] = []
    for when, path in _times(mapping):
        if when.after and when.after not in names:
            yield _unknown(tree, (*path, "after"), when.after, "在它之前的步骤", "step before this one", names)
        names += [REGISTERED] if path == ("registered",) else []
        names += [mapping.replay[path[1]].name] if path[0] == "replay" and path[2:] == ("at",) else []  # type: ignore[index]


def _times(mapping: Mapping) -> Iterator[tuple[When, TreePath]]:
    yield mapping.registered, ("registered",)
    yield from _field_times(mapping.fields, ("fields",))
    for index, step in enumerate(mapping.replay):
        yield step.at, ("replay", index, "at")
        yield from _field_times(step.fields, ("replay", index, "fields"))


def _field_times(fields: dict[str, Value], base: TreePath) -> Iterator[tuple[When, TreePath]]:
    for name, value in fields.items():
        if value.time is not None:
            yield value.time, (*base, name, "time")


@dataclass(frozen=True)
class _Fit:
    """The mapping beside a table's columns and an organisation's policy."""

    file: MappingFile
    columns: Sequence[str]
    pack: Pack
    directory: Directory

    def problems(self) -> Iterator[Problem]:
        mapping = self.file.mapping
        yield from self._column(mapping.key, ("key",))
        yield from self._filters(mapping.rows, ("rows",))
        for when, path in _times(mapping):
            yield from self._column(when.column, (*path, "column"))
        yield from self._value(mapping.unit, ("unit",))
        yield from self._unit(mapping.unit, ("unit",))
        yield from self._who(mapping.actor, ("actor",))
        yield from self._form("register", mapping.fields, ("fields",))
        for index, step in enumerate(mapping.replay):
            base: TreePath = ("replay", index)
            if step.act not in self.pack.acts or step.act == "register":
                yield self._unknown((*base, "act"), step.act, "操作", "act", set(self.pack.acts) - {"register"})
                continue
            yield from self._filters(step.rows, (*base, "rows"))
            yield from self._who(step.actor, (*base, "actor"))
            yield from self._form(step.act, step.fields, (*base, "fields"))
            if step.unit is not None:
                yield from self._value(step.unit, (*base, "unit"))
                yield from self._unit(step.unit, (*base, "unit"))

    def _form(self, act_id: str, fields: dict[str, Value], base: TreePath) -> Iterator[Problem]:
        act: Act = self.pack.acts[act_id]
        allowed = [item.field for item in act.form]
        for name, value in fields.items():
            if name not in allowed:
                zh, en = f"“{act.text.zh}”的表上没有 {name}", f"the form of '{act.text.en}' has no {name}"
                yield Problem(self.file.tree.place((*base, name)), "unknown-field", zh, en, **meant(name, allowed))
            yield from self._value(value, (*base, name))
            if name in allowed:
                yield from self._options(name, value, (*base, name))

    def _options(self, name: str, value: Value, path: TreePath) -> Iterator[Problem]:
        """Choices, units and people that a field can never take."""
        field = self.pack.fields[name]
        known = {"choice": [option.id for option in field.options], "choices": [option.id for option in field.options],
                 "unit": list(self.directory.units), "units": list(self.directory.units),
                 "person": list(self.directory.people)}.get(field.type)  # fmt: skip
        for found, where in _possible(value, path):
            for item in found if isinstance(found, list) else [found]:
                if known is not None and str(item) not in known:
                    yield self._unknown(
                        where, str(item), f"“{field.text.zh}”的取值", f"value of {field.text.en}", known
                    )

    def _value(self, value: Value, path: TreePath) -> Iterator[Problem]:
        yield from self._column(value.column, (*path, "column"))
        for name in PLACEHOLDER.findall(value.template):
            yield from self._column(name, (*path, "template"))

    def _unit(self, value: Value, path: TreePath) -> Iterator[Problem]:
        for found, where in _possible(value, path):
            if str(found) not in self.directory.units:
                yield self._unknown(where, str(found), "单位", "unit", self.directory.units)

    def _who(self, who: Who, path: TreePath) -> Iterator[Problem]:
        if who.role and who.role not in self.pack.roles:
            yield self._unknown((*path, "role"), who.role, "角色", "role", self.pack.roles)
        if who.unit is not None:
            yield from self._value(who.unit, (*path, "unit"))
            yield from self._unit(who.unit, (*path, "unit"))
        if who.person is not None:
            yield from self._value(who.person, path)
            for found, where in _possible(who.person, path):
                if str(found) not in self.directory.people:
                    yield self._unknown(where, str(found), "人员", "person", self.directory.people)

    def _filters(self, filters: Sequence[Filter], base: TreePath) -> Iterator[Problem]:
        for index, written in enumerate(filters):
            yield from self._column(written.column, (*base, index, "column"))

    def _column(self, name: str, path: TreePath) -> Iterator[Problem]:
        if name and name not in self.columns:
            yield self._unknown(path, name, "列", "column", self.columns)

    def _unknown(self, path: TreePath, word: str, zh: str, en: str, known: Iterable[str]) -> Problem:
        return _unknown(self.file.tree, path, word, zh, en, known)


def _unknown(tree: Tree, path: TreePath, word: str, zh: str, en: str, known: Iterable[str]) -> Problem:
    return Problem(
        tree.value_place(path), "unknown", f"没有{zh}“{word}”", f"there is no {en} '{word}'", **meant(word, known)
    )


def _possible(value: Value, path: TreePath) -> Iterator[tuple[object, TreePath]]:
    """What a value may come to, as far as the mapping says it."""
    if value.constant is not None:
        yield value.constant, (*path, "constant")
    for key, found in (value.values or {}).items():
        yield found, (*path, "values", key)
    if value.otherwise is not None:
        yield value.otherwise, (*path, "otherwise")
