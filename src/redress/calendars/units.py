"""The units a span is counted in and the words people write for them. No arithmetic on dates here."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """A unit of time. `min` and `h` run round the clock; `wh` and `wd` follow a calendar's working time."""

    MINUTE = "min"
    HOUR = "h"
    DAY = "d"
    WORKING_HOUR = "wh"
    WORKING_DAY = "wd"
    WEEK = "w"
    MONTH = "mo"
    YEAR = "y"


EXACT_UNITS = frozenset({Unit.MINUTE, Unit.HOUR, Unit.WORKING_HOUR})
"""Units counted to the minute, which may carry fractions; all others count whole days."""

MINUTES_IN = {
    Unit.MINUTE: 1,
    Unit.HOUR: 60,
    Unit.WORKING_HOUR: 60,
    Unit.DAY: 1440,
    Unit.WORKING_DAY: 1440,
    Unit.WEEK: 7 * 1440,
    Unit.MONTH: 30 * 1440,
    Unit.YEAR: 365 * 1440,
}
"""Rough lengths, for comparing a part with its whole; exact only for min, h and wh."""

SPOKEN = {
    Unit.MINUTE: ("分钟", "minute"),
    Unit.HOUR: ("小时", "hour"),
    Unit.DAY: ("天", "day"),
    Unit.WORKING_HOUR: ("个工作小时", "working hour"),
    Unit.WORKING_DAY: ("个工作日", "working day"),
    Unit.WEEK: ("周", "week"),
    Unit.MONTH: ("个月", "month"),
    Unit.YEAR: ("年", "year"),
}
"""How a unit is said: Chinese (with its measure word) and English singular."""

_WRITTEN = {
    Unit.MINUTE: "min mins minute minutes 分钟 分",
    Unit.HOUR: "h hr hrs hour hours 小时 钟头",
    Unit.DAY: "d day days calendar-day calendar-days 天 日 自然日",
    Unit.WORKING_HOUR: "wh working-hour working-hours business-hour business-hours 工作小时 工时",
    Unit.WORKING_DAY: "wd working-day working-days business-day business-days 工作日 工作天",
    Unit.WEEK: "w wk week weeks 周 星期 礼拜",
    Unit.MONTH: "mo month months 月",
    Unit.YEAR: "y yr year years 年",
}

UNIT_WORDS = {word.replace("-", " "): unit for unit, words in _WRITTEN.items() for word in words.split()}
"""Every accepted spelling, lower case, without the Chinese measure word 个."""
