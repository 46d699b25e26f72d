"""Calendars and recurrences: they must parse, and what is wrong is told at the key where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping

from redress.calendars import Calendar as WorkingCalendar
from redress.calendars import CalendarError, Recurrence, RecurrenceError
from redress.policy.language.pack import Calendar
from redress.policy.language.periodic import Standing

from .study import Study

STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
CALENDAR_ZH: Mapping[str, str] = {
    "zone": "时区，如 Asia/Shanghai",
    "hours": '每天的时段，如 {mon-fri: ["09:00-18:00"]}，开始早于结束；或 24x7',
    "holidays": "cn（中国法定节假日），没有就不写",
    "makeup_days": "调休上班日是否算工作日：yes 或 no",
    "makeup_hours": "调休上班日的时段列表",
    "closed": "停业日列表：{date, zh, en}",
    "open": "加班日列表：{date, hours}",
    "day_ends": "close、midnight 或 same-time",
}
RECURRENCE_ZH: Mapping[str, str] = {
    "every": "day、working-day、week、month、quarter、half-year 或 year",
    "on": '每周写 mon 到 sun；每月写 1 到 31；或 last、first-working-day；每年可写 ["03-15"]',
    "months": "月份列表，如 [6, 12]",
    "at": '时刻，如 "09:00"',
}


def check(study: Study) -> None:
    """Reports calendars and recurrences that cannot be read."""
    for calendar in study.source.of(Calendar):
        try:
            WorkingCalendar.parse(calendar.is_)
        except CalendarError as fault:
            place = study.value(calendar, ("is", *_steps(fault.key)))
            zh = f"日历写得不对：{_zh(fault.key, CALENDAR_ZH)}"
            study.error(place, "calendar", zh, f"the calendar is not written right: {fault.message}")
    for standing in study.source.of(Standing):
        try:
            Recurrence.parse(standing.recurs)
        except RecurrenceError as fault:
            place = study.value(standing, ("recurs", *_steps(fault.key)))
            zh = f"周期写得不对：{_zh(fault.key, RECURRENCE_ZH)}"
            study.error(place, "recurrence", zh, f"the recurrence is not written right: {fault.message}")


def _steps(key: str) -> tuple[str | int, ...]:
    """``hours.sat[0]`` -> ("hours", "sat", 0); () for no key."""
    return tuple(int(number) if number else word for number, word in STEP.findall(key))


def _zh(key: str, wanted: Mapping[str, str]) -> str:
    first = str(_steps(key)[0]) if key else ""
    return f"{key} 应写：{wanted[first]}" if first in wanted else f"不认识“{key}”；可用：{'、'.join(wanted)}"
