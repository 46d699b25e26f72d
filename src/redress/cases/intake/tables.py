"""Tables as people have them: CSV in UTF-8 or GB18030 (also gzipped), XLSX and XLS. Rows come one by one, as texts."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
ENCODINGS = ("utf-8-sig", "gb18030")
LONGEST_CELL = 10_000_000


class TableError(ValueError):
    """A file that cannot be read as a table, told in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class Row:
    """A row: where it starts in the file (a line of text, a row of a sheet, from 1) and its cells, trimmed, by column.

    ``wrong`` says, in Chinese and English, why it cannot be read as a row at all.
    """

    line: int
    cells: dict[str, str]
    wrong: tuple[str, str] | None = None


@dataclass(frozen=True)
class Table:
    """The columns of a table and its rows (to be read once)."""

    columns: tuple[str, ...]
    rows: Iterator[Row] = field(repr=False)


@contextmanager
def open_table(path: Path, *, encoding: str | None = None, sheet: str = "") -> Iterator[Table]:
    """The table in a file; ``encoding`` is found out where it is not told. Raises ``TableError``."""
    if not path.is_file():
        raise TableError(f"找不到文件 {path}", f"there is no file {path}")
    if path.suffix.lower() in WORKBOOKS:
        yield _of_rows(_sheet_rows(path, sheet))
        return
    with _opened(path, encoding or _encoding_of(path)) as text:
        yield _of_rows(_csv_rows(text))


def _opened(path: Path, encoding: str):  # type: ignore[no-untyped-def]
    opener: Any = gzip.open if path.suffix.lower() == ".gz" else open
    return opener(path, "rt", encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="")


def _encoding_of(path: Path) -> str:
    """UTF-8 where all of it is; the national encoding otherwise."""
    for encoding in ENCODINGS:
        try:
            with _opened(path, encoding) as text:
                while text.read(1 << 20):
                    pass
            return encoding
        except UnicodeDecodeError:
            continue
        except (OSError, EOFError) as error:
            raise TableError(f"文件 {path.name} 无法解压", f"{path.name} cannot be unpacked") from error
    raise TableError(f"文件 {path.name} 既不是 UTF-8 也不是 GB18030 编码", f"{path.name} is neither UTF-8 nor GB18030")


def _csv_rows(text: Any) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise TableError(f"第 {start} 行起无法按 CSV 读取：{error}", f"no CSV from line {start} on: {error}") from error


def _sheet_rows(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if sheet and sheet not in names:
            known = "、".join(names), ", ".join(names)
            raise TableError(
                f"没有工作表“{sheet}”；有：{known[0]}", f"there is no sheet '{sheet}'; there are: {known[1]}"
            )
        rows = book.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise TableError(f"{path.name} 不是可读的工作簿", f"{path.name} is not a workbook that can be read") from error
    for number, cells in enumerate(rows, 1):
        yield number, [_as_text(cell) for cell in cells]


def _of_rows(rows: Iterator[tuple[int, list[str]]]) -> Table:
    for _, cells in rows:
        columns = tuple(cell.strip() for cell in cells)
        if any(columns):
            return Table(columns, _named(columns, rows))
    raise TableError("文件是空的，没有表头", "the file is empty; it has no heading row")


def _named(columns: tuple[str, ...], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        spare = [cell for cell in cells[len(columns) :] if cell.strip()]
        wrong = None
        if spare or len(cells) < len(columns):
            zh = f"有 {len(cells)} 格，表头有 {len(columns)} 列"
            wrong = (zh, f"has {len(cells)} cells where the heading has {len(columns)} columns")
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        named = {name: cell.strip() for name, cell in zip(columns, padded, strict=False) if name}
        yield Row(line, named, wrong)


def _as_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
