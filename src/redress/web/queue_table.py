"""Rows of the queue as a table to take along: CSV, or a spreadsheet of one sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext as _

from redress.cases.queries import QueueRow

from .access import Member
from .forms.shown import masked
from .plain_words import names
from .stages import stage_name

Rows = Iterable[Sequence[str]]


@dataclass(frozen=True)
class Kind:
    ending: str
    type: str
    write: Callable[[Rows], bytes]


def table_of(member: Member, rows: Iterable[QueueRow], kind: Kind) -> bytes:
    """The rows in the language of the request."""
    head = [
        _("编号"), _("内容"), _("客户"), _("单位"), _("级别"), _("类别"), _("渠道"), _("阶段"), _("责任人"), _("登记时间"),
        _("下一到期"), _("了结时间"), _("逾期义务"),
    ]  # fmt: skip
    return kind.write([head, *(_row(member, row) for row in rows)])


def _row(member: Member, row: QueueRow) -> list[str]:
    lang, pack = names.language(), member.pack
    times = [f"{at.astimezone(member.zone):%Y-%m-%d %H:%M}" if at else "" for at in
             (row.registered_at, row.next_due if row.is_open else None, row.closed_at)]  # fmt: skip
    return [
        row.number,
        row.title,
        masked(row.customer) if row.customer else "",
        member.directory.unit_text(row.unit).of(lang),
        names.option(pack, "level", row.level),
        names.option(pack, "category", row.category),
        names.option(pack, "channel", row.channel),
        stage_name(row.stage),
        member.directory.person_text(row.owner).of(lang) if row.owner else "",
        *times,
        str(row.late_open),
    ]


def _csv(rows: Rows) -> bytes:
    """With a byte order mark, by which spreadsheets know that it is UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def _harmless(cell: str) -> str:
    """A text that a spreadsheet would run as a formula is kept a text."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _xlsx(rows: Rows) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return packed.getvalue()


KINDS = {
    "csv": Kind("csv", "text/csv; charset=utf-8", _csv),
    "xlsx": Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
