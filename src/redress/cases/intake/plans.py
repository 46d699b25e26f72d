"""A row into what is to be done: the registration with its moment, and the steps known to have followed. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping as Cells
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from redress.policy.language.fields import Field
from redress.policy.pack import Pack

from .mapping import REGISTERED, Mapping, Value, When, Who
from .moments import Moment, counted, in_order, read_moment, spanned
from .reading import PLACEHOLDER
from .tables import Row
from .wrong import WrongRow

LISTS = ("choices", "units", "file")
YES_NO = {"1": True, "true": True, "yes": True, "y": True, "是": True, "有": True,
          "0": False, "false": False, "no": False, "n": False, "否": False, "无": False}  # fmt: skip


@dataclass(frozen=True)
class Performer:
    """Who acts: a person's id; or a role, to be found in a unit ("" for the case's own)."""

    person: str = ""
    role: str = ""
    unit: str = ""


@dataclass(frozen=True)
class PlannedAct:
    act: str
    at: datetime
    performer: Performer
    unit: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What becomes of one row. ``key`` is its name in the source, ``line`` its place in the file."""

    line: int
    key: str
    registered: datetime
    performer: Performer
    unit: str
    data: dict[str, Any]
    acts: tuple[PlannedAct, ...]


class Planner:
    """Makes plans of rows by a mapping that fits (``reading.check_mapping``)."""

    def __init__(self, mapping: Mapping, pack: Pack) -> None:
        self.mapping, self.pack = mapping, pack
        self.zone = ZoneInfo(mapping.zone) if mapping.zone else pack.zone()

    def wanted(self, row: Row) -> bool:
        """Whether the mapping's filters let the row in."""
        return all(written.lets_in(row.cells.get(written.column, "")) for written in self.mapping.rows)

    def plan(self, row: Row) -> Plan:
        """The row's plan. Raises ``WrongRow``."""
        if row.wrong is not None:
            raise WrongRow(*row.wrong)
        key = row.cells[self.mapping.key]
        if not key:
            raise WrongRow(f"“{self.mapping.key}”是空的", f"{self.mapping.key} is empty")
        cells, steps = (
            row.cells,
            [s for s in self.mapping.replay if all(f.lets_in(row.cells.get(f.column, "")) for f in s.rows)],
        )
        times = {REGISTERED: self._moment(self.mapping.registered, cells, {})}
        for step in steps:
            times[step.name] = self._moment(step.at, cells, times)
        moments = in_order(times[REGISTERED], [times[step.name] for step in steps])
        times.update({step.name: moment for step, moment in zip(steps, moments, strict=True)})
        return Plan(
            line=row.line,
            key=key,
            registered=times[REGISTERED].at,
            performer=self._performer(self.mapping.actor, cells),
            unit=str(self._text(self.mapping.unit, cells) or ""),
            data=self._data(self.mapping.fields, cells, times),
            acts=tuple(
                PlannedAct(
                    act=step.act,
                    at=times[step.name].at,
                    performer=self._performer(step.actor, cells),
                    unit=str(self._text(step.unit, cells) or "") if step.unit else "",
                    data=self._data(step.fields, cells, times),
                )
                for step in steps
            ),
        )

    def _performer(self, who: Who, cells: Cells[str, str]) -> Performer:
        unit = str(self._text(who.unit, cells) or "") if who.unit else ""
        if who.person is None:
            return Performer(role=who.role, unit=unit)
        person = self._text(who.person, cells)
        if not person:
            raise WrongRow("没有写明由谁操作", "nobody is named who acts")
        return Performer(person=str(person))

    def _moment(self, when: When, cells: Cells[str, str], times: Cells[str, Moment]) -> Moment:
        if not when.after:
            return Moment(read_moment(cells[when.column], when.format, when.at, self.zone, when.column), True)
        start = times.get(when.after)
        if start is None:  # the step it refers to does not apply to this row
            raise WrongRow(f"缺少步骤 {when.after} 的时间", f"there is no time of the step {when.after}")
        if when.span:
            return Moment(spanned(start.at, when.span, self.zone), False)
        assert when.unit is not None
        return Moment(counted(start.at, cells[when.column], when.unit, when.at, self.zone, when.column), True)

    def _data(self, fields: Cells[str, Value], cells: Cells[str, str], times: Cells[str, Moment]) -> dict[str, Any]:
        data = {}
        for name, value in fields.items():
            found = self._value(name, value, cells, times)
            if found not in (None, "", []):
                data[name] = found
        return data

    def _value(self, name: str, value: Value, cells: Cells[str, str], times: Cells[str, Moment]) -> Any:
        field = self.pack.fields[name]
        kind = field.type
        if value.time is not None:
            moment = self._moment(value.time, cells, times).at
            return moment.date().isoformat() if kind == "date" else moment.isoformat()
        if value.column and value.split:
            found: Any = [self._looked_up(value, part.strip()) for part in cells[value.column].split(value.split)]
        else:
            found = self._text(value, cells)
        if kind in LISTS:
            parts = found if isinstance(found, list) else [found]
            return [self._converted(field, part, value) for part in parts if part not in (None, "")]
        return self._converted(field, found, value)

    def _text(self, value: Value, cells: Cells[str, str]) -> Any:
        """The value before it takes the shape of its field."""
        if value.constant is not None:
            return value.constant
        if value.template:
            return PLACEHOLDER.sub(lambda found: cells[found[1]], value.template).strip()
        return self._looked_up(value, cells[value.column])

    def _looked_up(self, value: Value, cell: str) -> Any:
        if value.values is None:
            return cell or value.otherwise
        if cell in value.values:
            return value.values[cell]
        if value.otherwise is None and cell:
            raise WrongRow(
                f"“{value.column}”的“{cell}”不在对照表里", f"'{cell}' in {value.column} is not in the table of values"
            )
        return value.otherwise

    def _converted(self, field: Field, text: Any, value: Value) -> Any:
        """A text in the shape that the engine wants of a field; what cannot be read stays, for the engine to refuse."""
        if not isinstance(text, str):
            return text
        plain = unicodedata.normalize("NFKC", text).strip()
        match field.type:
            case "datetime":
                return read_moment(text, value.format, "00:00", self.zone, value.column).isoformat()
            case "date":
                return read_moment(text, value.format, "00:00", self.zone, value.column).date().isoformat()
            case "number":
                return int(plain) if plain.removeprefix("-").isascii() and plain.removeprefix("-").isdigit() else text
            case "money":
                return plain.replace(",", "").removeprefix("¥").removesuffix("元")
            case "yes-no":
                return YES_NO.get(plain.lower(), text)
            case "choice" | "choices":
                names = {name: option.id for option in field.options for name in (option.en, option.zh, option.id)}
                return names.get(text, text)
        return text[: value.longest]
