"""Dates as tables hold them, and the order of a row's times. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from redress.calendars import Calendar, Span, reckon

from .wrong import WrongRow

_WRITTEN = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*分?(?:\s*:?\s*(\d{1,2})(?:\.\d+)?\s*秒?)?)?\s*"
    r"(Z|[+-]\d{2}:?\d{2})?\Z"
)
_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True)
class Moment:
    """A moment; ``recorded`` where the table told it, not where the mapping assumed it."""

    at: datetime
    recorded: bool


def read_moment(text: str, format: str, at: str, zone: ZoneInfo, column: str) -> datetime:
    """The moment written in a cell: by ``format``, else 2020-09-03, 2020/9/3 14:05, 2020年9月3日 and the like.

    A day alone counts as ``at`` o'clock ("14:00"); without ``at`` it is refused.
    """
    moment, has_time = _by_format(text, format, column) if format else _as_written(text, column)
    if not has_time:
        if not at:
            raise WrongRow(
                f"“{column}”的“{text}”只有日期；请在映射里用 at 写明按几点算",
                f"'{text}' in {column} is a day without a time; say in the mapping 'at' which hour it counts as",
            )
        moment = moment.replace(hour=int(at[:2]), minute=int(at[3:]))
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def spanned(start: datetime, span: str, zone: ZoneInfo) -> datetime:
    """``span`` after ``start``, round the clock."""
    due = reckon(start, Span.parse(span), Calendar.natural()).due
    assert due is not None
    return due.astimezone(zone)


def counted(start: datetime, number: str, unit: str, at: str, zone: ZoneInfo, column: str) -> datetime:
    """So many units (a cell's number) after ``start``; with ``at``, at that hour of the day reached."""
    try:
        amount = float(unicodedata.normalize("NFKC", number))
    except ValueError:
        raise WrongRow(f"“{column}”的“{number}”不是数字", f"'{number}' in {column} is not a number") from None
    if not 0 <= amount <= 1_000_000:
        raise WrongRow(f"“{column}”的“{number}”不合理", f"'{number}' in {column} makes no sense")
    moment = start.astimezone(zone) + _UNITS[unit] * amount
    return moment.replace(hour=int(at[:2]), minute=int(at[3:]), second=0) if at else moment


def in_order(registered: Moment, steps: Sequence[Moment]) -> list[Moment]:
    """The times of the steps, none before the one that precedes it.

    Where an assumed time would come after a recorded one that follows it, the assumed one gives way. Raises ``WrongRow``
    where recorded times contradict each other.
    """
    ordered: list[Moment] = []
    latest: Moment | None = None
    for moment in reversed([registered, *steps]):
        if latest is not None and moment.at > latest.at:
            if moment.recorded:
                raise WrongRow(
                    f"{latest.at:%Y-%m-%d %H:%M} 的步骤早于它之前的 {moment.at:%Y-%m-%d %H:%M}",
                    f"the step at {latest.at:%Y-%m-%d %H:%M} comes before that of {moment.at:%Y-%m-%d %H:%M}, which precedes it",
                )
            moment = replace(moment, at=latest.at)
        latest = moment
        ordered.insert(0, moment)
    return ordered[1:]


def _by_format(text: str, format: str, column: str) -> tuple[datetime, bool]:
    try:
        return datetime.strptime(text, format), any(code in format for code in ("%H", "%I", "%X", "%c", "%T"))
    except ValueError:
        raise WrongRow(
            f"“{column}”的“{text}”不是按 {format} 写的", f"'{text}' in {column} is not written as {format}"
        ) from None


def _as_written(text: str, column: str) -> tuple[datetime, bool]:
    found = _WRITTEN.match(unicodedata.normalize("NFKC", text).strip())
    try:
        if found is None:
            raise ValueError
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        moment = datetime(year, month, day, hour, minute, second)
        if found[7]:
            moment = moment.replace(tzinfo=datetime.strptime(found[7], "%z").tzinfo)
        return moment, found[4] is not None
    except ValueError:
        raise WrongRow(
            f"“{column}”的“{text}”不是日期" if text else f"“{column}”是空的",
            f"'{text}' in {column} is not a date" if text else f"{column} is empty",
        ) from None
