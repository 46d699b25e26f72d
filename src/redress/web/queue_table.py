"""Rows of the queue as a table to take along: CSV, or a spreadsheet of one sheet, written without a library."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

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
    sheet = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{_xml(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for row in rows
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _XLSX.items():
            archive.writestr(name, _HEAD + content)
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
        )
    return packed.getvalue()


def _xml(cell: str) -> str:
    """The text without the characters that no XML may hold."""
    return escape("".join(character for character in cell if character >= " " or character in "\t\n"))


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
_MAIN = f"{_FORMATS}/spreadsheetml/2006/main"
_RELATIONS = f"{_FORMATS}/package/2006/relationships"
_OFFICE = f"{_FORMATS}/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XLSX = {
    "[Content_Types].xml": f'<Types xmlns="{_FORMATS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="cases" sheetId="1" r:id="s1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="s1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
KINDS = {
    "csv": Kind("csv", "text/csv; charset=utf-8", _csv),
    "xlsx": Kind("xlsx", f"{_TYPES}.sheet", _xlsx),
}
