"""A table of units or of people, as a file or pasted: its rows, and what is wrong with it by row and column.

Nothing of a table counts until all of it is right, so every mistake is found at once.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from redress.cases.intake.tables import Row, TableError, open_table
from redress.web.plain_words.names import chosen, language

MOST_BYTES = 5_000_000
MOST_ROWS = 5000

Headings = Mapping[str, tuple[str, str]]
"""The columns of a table: our key, then its heading in Chinese and in English."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong in one cell (or in a row, or in the whole table: then ``column`` or ``line`` is empty)."""

    line: int
    column: str
    text: str


@dataclass
class Sheet:
    """The rows of a table with their lines, by our keys; or its mistakes."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, line: int, column: str, text: str) -> None:
        self.mistakes.append(Mistake(line, column, text))


def heading(headings: Headings, key: str) -> str:
    zh, en = headings[key]
    return en if language().startswith("en") else zh


def read_upload(upload: Any, pasted: str, headings: Headings, required: Sequence[str]) -> Sheet:
    """The table in an uploaded file, else in pasted text."""
    sheet = Sheet()
    if upload is None and not pasted.strip():
        sheet.wrong(0, "", _("请上传文件，或把表格粘贴进来"))
        return sheet
    if upload is not None and upload.size > MOST_BYTES:
        sheet.wrong(0, "", _("文件太大，最多 5 MB"))
        return sheet
    suffix = Path(upload.name).suffix.lower() if upload is not None else ".csv"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{suffix or '.csv'}"
        path.write_bytes(upload.read() if upload is not None else _as_csv(pasted))
        try:
            with open_table(path) as table:
                _take(sheet, table.columns, table.rows, headings, required)
        except TableError as error:
            sheet.wrong(0, "", chosen(error.zh, error.en).replace(path.name, _("这个文件")))
    if not sheet.rows and not sheet.mistakes:
        sheet.wrong(0, "", _("表里只有表头，没有内容"))
    return sheet


def _as_csv(pasted: str) -> bytes:
    """Cells copied from a spreadsheet come with tabs between them; full-width commas are commas."""
    if "\t" not in pasted:
        return pasted.replace("，", ",").encode()
    out = io.StringIO()
    csv.writer(out).writerows(csv.reader(io.StringIO(pasted), delimiter="\t"))
    return out.getvalue().encode()


def _take(sheet: Sheet, columns: Sequence[str], rows: Any, headings: Headings, required: Sequence[str]) -> None:
    keys = {name: key for key, names in headings.items() for name in (key, *names)}
    known = {column: keys[_plain(column)] for column in columns if _plain(column) in keys}
    for key in required:
        if key not in known.values():
            sheet.wrong(1, heading(headings, key), _("缺少这一列"))
    if sheet.mistakes:
        return
    for count, row in enumerate(rows):
        if count >= MOST_ROWS:
            sheet.wrong(row.line, "", _("最多 %(rows)s 行") % {"rows": MOST_ROWS})
            return
        _take_row(sheet, row, known, headings, required)


def _take_row(sheet: Sheet, row: Row, known: Mapping[str, str], headings: Headings, required: Sequence[str]) -> None:
    cells = {key: row.cells.get(column, "").strip() for column, key in known.items()}
    if not any(cells.values()):
        return
    for key in required:
        if not cells[key]:
            sheet.wrong(row.line, heading(headings, key), _("不能为空"))
    sheet.rows.append((row.line, {**dict.fromkeys(headings, ""), **cells}))


def _plain(column: str) -> str:
    return column.strip().rstrip("*＊").strip()
