"""A span of time as a policy states it: an amount and a unit, such as "3 min" or "2 个工作日".

A span knows nothing of dates; `reckon` lays it on a calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from .errors import SpanError
from .span_reader import SAME_DAY, read_span
from .units import EXACT_UNITS, MINUTES_IN, SPOKEN, Unit

_LONGEST_MINUTES = 100 * MINUTES_IN[Unit.YEAR]
_FINER = {
    Unit.YEAR: (12, Unit.MONTH),
    Unit.MONTH: (30, Unit.DAY),
    Unit.WEEK: (7, Unit.DAY),
    Unit.DAY: (24, Unit.HOUR),
    Unit.HOUR: (60, Unit.MINUTE),
}


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of one unit. min, h and wh may be fractions; the other units are whole numbers from 1.

    Raises SpanError for a negative, fractional-day or longer-than-a-century amount. Zero is allowed for
    min and h ("at once") and for d ("same day": until the day on which the clock starts is over).
    """

    amount: Decimal
    unit: Unit

    def __init__(self, amount: Decimal | int, unit: Unit) -> None:
        object.__setattr__(self, "amount", Decimal(amount))
        object.__setattr__(self, "unit", Unit(unit))
        self._refuse_nonsense()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "3 min", "24h", "2 working days", "8 wh", "2个工作日" and the like; SpanError otherwise."""
        return cls(*read_span(text))

    def __str__(self) -> str:
        return SAME_DAY[0] if self.same_day else f"{self._number()} {self.unit.value}"

    @property
    def same_day(self) -> bool:
        """Whether it is the rest of the day on which the clock starts."""
        return self.unit is Unit.DAY and not self.amount

    def describe(self, lang: str) -> str:
        """Return the span in words: "2 个工作日" when `lang` starts with "zh", else "2 working days"."""
        if self.same_day:
            return SAME_DAY[2] if lang.lower().startswith("zh") else SAME_DAY[1]
        zh, en = SPOKEN[self.unit]
        if lang.lower().startswith("zh"):
            return f"{self._number()} {zh}"
        return f"{self._number()} {en}" + ("" if self.amount == 1 else "s")

    def rough_minutes(self) -> int:
        """Return the length in minutes, to the nearest whole one and at least 1 unless the span is 0.

        Exact for min, h and wh; otherwise for comparing spans: a working day as 24 h, a month as 30 days, the
        same day as a whole one.
        """
        if self.same_day:
            return MINUTES_IN[Unit.DAY]
        exact = self.amount * MINUTES_IN[self.unit]
        return max(int(exact.to_integral_value(ROUND_HALF_UP)), 1 if exact else 0)

    def scaled(self, factor: Decimal | int) -> Span:
        """Return this span times `factor` (0 or more; SpanError if less).

        Working days round to whole days, at least 1. Other units pass to a finer one when the result is not
        whole (half of 1 w is 84 h, 0.8 of 3 d is 57.6 h), never under 1 minute.
        """
        if factor < 0:
            raise SpanError(f"{self} cannot be scaled by {factor}; the factor must be 0 or more")
        amount = self.amount * Decimal(factor)
        if self.unit is Unit.WORKING_DAY:
            return Span(max(amount.to_integral_value(ROUND_HALF_UP), Decimal(1)), self.unit)
        if self.unit is Unit.WORKING_HOUR:
            return Span(max(amount, Decimal("0.02")), self.unit)
        return self if not self.amount else _in_sensible_unit(amount, self.unit)

    def _number(self) -> str:
        text = f"{self.amount:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def _refuse_nonsense(self) -> None:
        if not self.amount.is_finite() or self.amount < 0:
            raise SpanError(f"a span cannot be {self.amount} {self.unit.value}; use a number above 0")
        if self.unit not in EXACT_UNITS and self.amount != self.amount.to_integral_value():
            raise SpanError(
                f"{self} is not a whole number of {SPOKEN[self.unit][1]}s; only min, h and wh may be fractions"
            )
        if self.amount == 0 and self.unit not in (Unit.MINUTE, Unit.HOUR, Unit.DAY):
            raise SpanError(f"{self} never ends; use at least 1 {self.unit.value} (only min, h and d may be 0)")
        if self.amount * MINUTES_IN[self.unit] > _LONGEST_MINUTES:
            raise SpanError(f"{self} is longer than 100 years; use a shorter span")


def _in_sensible_unit(amount: Decimal, unit: Unit) -> Span:
    """Step down to finer units until the amount reads well: whole, or tenths of at least one hour."""
    while not _reads_well(amount, unit) and unit in _FINER:
        times, unit = _FINER[unit]
        amount *= times
    if unit is Unit.MINUTE:
        amount = max(amount.to_integral_value(ROUND_HALF_UP), Decimal(1))
    return Span(amount, unit)


def _reads_well(amount: Decimal, unit: Unit) -> bool:
    if amount < 1:
        return False
    tenths = amount * 10 if unit is Unit.HOUR else amount
    return tenths == tenths.to_integral_value()
