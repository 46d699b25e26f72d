"""Statutory holidays and make-up working days, as published. Which of them count is a calendar's to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from chinese_calendar import constants as published

Name = tuple[str, str]
"""What something is called, in Chinese and in English."""

_ZH = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


@dataclass(frozen=True, slots=True)
class Holidays:
    """The holidays and make-up working days that are known from `first` to `last`, both included."""

    holidays: Mapping[date, Name] = field(hash=False, repr=False)
    makeup: frozenset[date] = field(repr=False)
    first: date
    last: date

    @classmethod
    def china(cls) -> Holidays:
        """Return the holidays published by the State Council, whole years (cached)."""
        return _china()

    @classmethod
    def of(
        cls,
        holidays: Mapping[date, str | Name],
        makeup: frozenset[date] = frozenset(),
        first: date = date.min,
        last: date = date.max,
    ) -> Holidays:
        """Return holidays from plain data; a name given as one string serves both languages."""
        named = {day: (name, name) if isinstance(name, str) else name for day, name in holidays.items()}
        return cls(named, makeup, first, last)

    def covers(self, day: date) -> bool:
        """Say whether the holidays of that date have been published."""
        return self.first <= day <= self.last

    def name_of(self, day: date) -> Name | None:
        """Return (Chinese, English) name of the holiday on that date, or None."""
        return self.holidays.get(day)

    def is_makeup(self, day: date) -> bool:
        """Say whether that date is a make-up working day (调休上班日)."""
        return day in self.makeup


@lru_cache(maxsize=1)
def _china() -> Holidays:
    holidays: dict[date, Name] = {day: (_ZH.get(en, en), en) for day, en in published.holidays.items()}
    years = [day.year for day in holidays]
    return Holidays(
        holidays=holidays,
        makeup=frozenset(published.workdays),
        first=date(min(years), 1, 1),
        last=date(max(years), 12, 31),
    )
