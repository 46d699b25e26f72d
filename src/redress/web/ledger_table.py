"""The ledger as a spreadsheet: the lines that are shown, and the sums they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from .access import Member
from .ledger_sheet import GroupRow, LineView, state_names
from .plain_words import names


def workbook(
    member: Member,
    lines: Iterable[LineView],
    by: str,
    kinds: Sequence[str],
    rows: Sequence[GroupRow],
    totals: Sequence[Decimal | None],
) -> bytes:
    """The XLSX file. Texts are written as texts: nothing a person typed is taken for a formula."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})
    day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet(_("台账"))
    heads = [
        _("时间"),
        _("案件"),
        _("种类"),
        _("金额"),
        _("原金额"),
        _("责任人"),
        _("单位"),
        _("缘由"),
        _("条款"),
        _("状态"),
        _("申诉时间"),
        _("裁定"),
    ]
    sheet.write_row(0, 0, heads, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 1, 18)
    sheet.set_column(5, 8, 20)
    states, rulings = dict(state_names()), {"uphold": _("维持"), "waive": _("免除"), "change": _("改变金额")}
    for place, view in enumerate(lines, 1):
        line = view.line
        sheet.write_datetime(place, 0, _local(member, line.at), day)
        sheet.write_string(place, 1, line.number)
        sheet.write_string(place, 2, view.kind)
        for column, amount in ((3, line.amount), (4, line.first_amount)):
            if amount is not None:
                sheet.write_number(place, column, float(amount), money)
        for column, text in (
            (5, view.whom),
            (6, view.where),
            (7, view.cause),
            (8, " ".join(line.clauses)),
            (9, states.get(line.status, line.status)),
        ):
            sheet.write_string(place, column, text)
        if line.appealed_at:
            sheet.write_datetime(place, 10, _local(member, line.appealed_at), day)
        sheet.write_string(place, 11, rulings.get(line.ruling, ""))
    _sums(book, by, [names.entry_kind(member.pack, kind) for kind in kinds], rows, totals, bold, money)
    book.close()
    return held.getvalue()


def _sums(book, by, kinds, rows, totals, bold, money) -> None:  # type: ignore[no-untyped-def]
    sheet = book.add_worksheet(_("合计"))
    sheet.set_column(0, 0, 24)
    sheet.write_row(0, 0, [by], bold)
    for column, kind in enumerate(kinds):
        sheet.write_string(0, 1 + 2 * column, kind, bold)
        sheet.write_string(0, 2 + 2 * column, _("行数"), bold)
    for place, row in enumerate(rows, 1):
        sheet.write_string(place, 0, row.name)
        for column, cell in enumerate(row.cells):
            if cell and cell.total is not None:
                sheet.write_number(place, 1 + 2 * column, float(cell.total), money)
            sheet.write_number(place, 2 + 2 * column, cell.lines if cell else 0)
    sheet.write_string(len(rows) + 1, 0, _("合计"), bold)
    for column, total in enumerate(totals):
        if total is not None:
            sheet.write_number(len(rows) + 1, 1 + 2 * column, float(total), money)


def _local(member: Member, moment):  # type: ignore[no-untyped-def]
    return moment.astimezone(member.zone).replace(tzinfo=None)
