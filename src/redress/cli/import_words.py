"""The end of an import in words and as a table: what went in, what did not and why, and which clauses were kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

MOST_REASONS = 12
WORDS = {
    "zh": {
        "head": "{rows} 行，筛除 {left_out}；登记 {registered}，已在库 {here}，拒绝 {refused}；重放操作 {acts} 个，中途停止 {stopped}；用时 {seconds:.1f} 秒",
        "dry": "（试运行，未保存）", "interrupted": "（被中断；再运行一次即从此处继续）",
        "refused": "拒绝的行：", "stopped": "已登记但重放中途停止的行：", "reason": "  {count} 行，首见第 {line} 行{act}：{why}",
        "more": "  另有 {count} 种原因", "duties": "按条款统计的义务（分钟）：",
        "columns": ("条款", "按时完成", "逾期", "其中未做", "未到期", "已取消", "逾期中位数"),
    },
    "en": {
        "head": "{rows} rows, {left_out} left out; {registered} registered, {here} already there, {refused} refused; {acts} acts replayed, {stopped} replays stopped; {seconds:.1f} s",
        "dry": " (dry run: nothing was kept)", "interrupted": " (interrupted; run it again to go on from here)",
        "refused": "Rows refused:", "stopped": "Rows registered whose replay stopped:", "reason": "  {count} rows, first line {line}{act}: {why}",
        "more": "  and {count} other reasons", "duties": "Duties by clause (minutes):",
        "columns": ("clause", "in time", "late", "of these undone", "not yet due", "cancelled", "median lateness"),
    },
}  # fmt: skip


def summary_in(lang: str, summary: Any, *, dry_run: bool) -> str:
    """The summary as lines of text."""
    words = WORDS[lang]
    lines = [words["head"].format(**vars(summary))]  # type: ignore[attr-defined]
    lines[0] += words["dry"] if dry_run else ""  # type: ignore[operator]
    lines[0] += words["interrupted"] if summary.interrupted else ""  # type: ignore[operator]
    for title, stopped in (("refused", False), ("stopped", True)):
        lines += _reasons(words, title, summary.reasons(stopped, lang))
    if summary.clauses:
        lines.append(str(words["duties"]))
        rows = [(c.clause, c.met, c.late, c.undone, c.open, c.fell_away, c.median_lateness) for c in summary.clauses]
        lines += table(words["columns"], rows)  # type: ignore[arg-type]
    return "\n".join(lines)


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    """Aligned lines; a Chinese character is two columns wide."""
    cells = [[str(name) for name in columns], *[["" if cell is None else str(cell) for cell in row] for row in rows]]
    widths = [max(_width(row[index]) for row in cells) for index in range(len(columns))]
    return [
        "  " + "  ".join(_padded(cell, widths[i], left=i == 0) for i, cell in enumerate(row)).rstrip() for row in cells
    ]


def _reasons(words: Any, title: str, reasons: Sequence[tuple[str, str, int, int]]) -> list[str]:
    if not reasons:
        return []
    lines = [words[title]]
    for act, why, count, line in reasons[:MOST_REASONS]:
        lines.append(words["reason"].format(count=count, line=line, why=why, act=f" {act}" if act else ""))
    if len(reasons) > MOST_REASONS:
        lines.append(words["more"].format(count=len(reasons) - MOST_REASONS))
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int, *, left: bool) -> str:
    blanks = " " * (width - _width(text))
    return text + blanks if left else blanks + text
