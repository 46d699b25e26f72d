"""The ledger as it is shown and exported: which part of it was asked for, its sums by group, its lines in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from redress.cases.queries.ledger import STATES, Asked, By, Line, Sum
from redress.people import packs
from redress.policy.pack import Pack

from .access import Member
from .plain_words import names

PERIODS = ("three-months", "month", "last-month", "year", "last-year", "all")
GROUPS: tuple[By, ...] = ("person", "unit", "role", "month")
NARROWING = ("person", "unit", "role", "kind", "status", "month")


@dataclass(frozen=True)
class Cell:
    """Lines of one group and kind: how many, and what those with a sum come to (None where none has one)."""

    lines: int
    total: Decimal | None
    address: str


@dataclass(frozen=True)
class GroupRow:
    """One person, unit, role or month: a cell for each kind of line (None where there is none)."""

    key: str
    name: str
    address: str
    cells: list[Cell | None]


@dataclass(frozen=True)
class LineView:
    """A line in words. ``whom`` is who is charged; ``moved`` whether a ruling gave it another sum."""

    line: Line
    pack: Pack
    kind: str
    whom: str
    where: str
    cause: str

    @property
    def moved(self) -> bool:
        return self.line.first_amount != self.line.amount


def asked_for(query: QueryDict, member: Member) -> tuple[Asked, str, By]:
    """(the part of the ledger, the name of its period, what it is grouped by) that an address asks for."""
    period = query.get("period", "")
    period = period if period in PERIODS else PERIODS[0]
    by = next((group for group in GROUPS if query.get("by") == group), GROUPS[0])
    given = {name: query.get(name, "").replace("\0", "")[:200] for name in NARROWING}
    if given["unit"] not in member.directory.units:
        given["unit"] = ""
    if given["status"] not in STATES:
        given["status"] = ""
    since, until = _period(period, member.now.astimezone(member.zone))
    return Asked(since=since, until=until, mine=bool(query.get("mine")), **given), period, by


def period_names() -> list[tuple[str, str]]:
    return [
        ("three-months", _("近三个月")), ("month", _("本月")), ("last-month", _("上月")), ("year", _("今年")), ("last-year", _("去年")),
        ("all", _("全部")),
    ]  # fmt: skip


def group_names() -> list[tuple[str, str]]:
    return [("person", _("人员")), ("unit", _("单位")), ("role", _("岗位")), ("month", _("月份"))]


def state_names() -> list[tuple[str, str]]:
    return [("proposed", _("建议")), ("confirmed", _("已确认")), ("appealed", _("申诉中")), ("waived", _("已免除"))]


def table(
    member: Member, found: Iterable[Sum], by: By, asked: Asked, keep: dict[str, str]
) -> tuple[list[str], list[GroupRow], list[Cell]]:
    """(kinds, rows, a total for each kind). What was waived counts only where it was asked for."""
    counted = [one for one in found if one.status != "waived" or asked.status == "waived"]
    kinds = sorted({one.kind for one in counted}, key=lambda kind: (kind != "fine", kind))
    groups = sorted({one.group for one in counted}, reverse=by == "month")
    rows = []
    for group in groups:
        own = {**keep, by: group} if group else keep
        cells = [
            _cell([one for one in counted if (one.group, one.kind) == (group, kind)], {**own, "kind": kind})
            for kind in kinds
        ]
        rows.append(GroupRow(group, group_name(member, by, group), "?" + urlencode(own), cells))
    totals = [_cell([one for one in counted if one.kind == kind], {**keep, "kind": kind}) for kind in kinds]
    rows.sort(key=lambda row: (not row.key, 0 if by == "month" else -sum(cell.lines for cell in row.cells if cell)))
    return kinds, rows, [cell for cell in totals if cell]


def _cell(sums: list[Sum], where: dict[str, str]) -> Cell | None:
    if not sums:
        return None
    total = sum((one.total for one in sums), Decimal(0)) if any(one.with_sum for one in sums) else None
    return Cell(sum(one.lines for one in sums), total, "?" + urlencode(where) + "#lines")


def group_name(member: Member, by: By, key: str) -> str:
    """What a group is called; the lines of a unit alone name nobody."""
    lang = names.language()
    if by == "person":
        return member.directory.person_text(key).of(lang) if key else _("未记到个人")
    if by == "unit":
        return member.directory.unit_text(key).of(lang) if key else _("未记到单位")
    if by == "role":
        return names.role(member.pack, key) if key else _("未记到岗位")
    return key


def line_view(member: Member, line: Line) -> LineView:
    """The line with its words, in the pack of its case."""
    pack, lang = packs.pinned(line.pack_hash), names.language()
    person = member.directory.person_text(line.person).of(lang) if line.person else ""
    where = member.directory.unit_text(line.unit).of(lang) if line.unit else ""
    rule = line.duty.split("#")[0].split("@")[0].split(":")[0]
    known = pack.rule(line.rule)
    cause = names.duty(pack, rule) if rule else names.said(known.text) if known else line.rule
    field = pack.fields.get(line.role)
    if not person and field is not None and field.type == "unit":
        person, where = where, ""
    return LineView(line, pack, names.entry_kind(pack, line.kind), person or names.role(pack, line.role), where, cause)


def _period(period: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    before = replace_month(month, -1)
    year = month.replace(month=1)
    return {
        "month": (month, None),
        "last-month": (before, month),
        "three-months": (replace_month(month, -2), None),
        "year": (year, None),
        "last-year": (year.replace(year=year.year - 1), year),
    }.get(period, (None, None))


def replace_month(month: datetime, by: int) -> datetime:
    """The first of the month so many months on."""
    count = month.year * 12 + month.month - 1 + by
    return month.replace(year=count // 12, month=count % 12 + 1)
