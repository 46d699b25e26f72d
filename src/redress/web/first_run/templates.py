"""Tables to fill in: a sheet with the right headings, and one that says what may stand in them."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _

from redress.policy.pack import Pack
from redress.web.plain_words import names
from redress.web.set_up.kinds import kind_words, kinds_known

from . import people_sheet, units_sheet
from .sheets import heading


def units_table(pack: Pack) -> bytes:
    rows = [[kind_words(kind), kind] for kind in kinds_known(pack)]
    return _workbook(units_sheet.HEADINGS, units_sheet.REQUIRED, _("可写的类别"), rows)


def people_table(pack: Pack, units: list[dict[str, str]]) -> bytes:
    roles = [role for role in pack.roles.values() if role.found == "seat"]
    rows = [[names.role(pack, role.id), role.id] for role in roles]
    rows += [["", ""], [heading(people_sheet.HEADINGS, "unit"), ""], *([row["zh"], row["en"]] for row in units)]
    return _workbook(people_sheet.HEADINGS, people_sheet.REQUIRED, _("可写的岗位和单位"), rows)


def _workbook(headings: Any, required: Any, second: str, rows: list[list[str]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet(_("填写"))
    for column, key in enumerate(headings):
        sheet.write_string(0, column, heading(headings, key) + (" *" if key in required else ""), bold)
    sheet.set_column(0, len(headings), 22)
    sheet.freeze_panes(1, 0)
    allowed = book.add_worksheet(second)
    allowed.set_column(0, 1, 32)
    for line, cells in enumerate(rows):
        for column, text in enumerate(cells):
            allowed.write_string(line, column, text)
    book.close()
    return out.getvalue()
