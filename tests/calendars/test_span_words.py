"""Spans as people write and read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.calendars import Span, SpanError, Unit


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3 min", "3 min"), ("30min", "30 min"), ("24 h", "24 h"), ("24h", "24 h"), ("1.5 h", "1.5 h"),
        ("2 wd", "2 wd"), ("2 working days", "2 wd"), ("8 working hours", "8 wh"), ("8 wh", "8 wh"),
        ("3 d", "3 d"), ("3 days", "3 d"), ("1 w", "1 w"), ("1 mo", "1 mo"), ("1 y", "1 y"),
        ("3分钟", "3 min"), ("24小时", "24 h"), ("3天", "3 d"), ("2个工作日", "2 wd"),
        ("8个工作小时", "8 wh"), ("1周", "1 w"), ("1个月", "1 mo"), ("1年", "1 y"),
        ("两个工作日", "2 wd"), ("半小时", "0.5 h"),
        ("same day", "same day"), ("0 d", "same day"), ("当日", "same day"), ("当天", "same day"),
        ("２４ 小时", "24 h"), ("2 Business Days", "2 wd"),
    ],
)  # fmt: skip
def test_a_span_is_read_from_the_words_of_a_policy(text: str, span: str) -> None:
    assert str(Span.parse(text)) == span


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2 wdd", 'Did you mean "wd"'),
        ("3 m", 'Did you mean "min" (minutes) or "mo" (months)?'),
        ("5", "has no unit; allowed: min, h, d, wh, wd, w, mo, y"),
        ("soon", 'write a number and a unit, such as "30 min"'),
        ("1.5 wd", "not a whole number of working days"),
        ("-1 d", "use a number above 0"),
        ("0 wd", "use at least 1 wd"),
        ("101 y", "longer than 100 years"),
        ("3 工作曰", 'Did you mean "工作日" (wd)?'),
    ],
)
def test_a_span_that_cannot_be_read_says_what_is_allowed(text: str, said: str) -> None:
    with pytest.raises(SpanError) as fault:
        Span.parse(text)
    assert said in str(fault.value)


def test_a_span_that_yaml_read_as_a_number_asks_for_its_unit() -> None:
    with pytest.raises(SpanError, match="a unit is needed"):
        Span.parse(30)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "zh", "en"),
    [
        (Span(3, Unit.MINUTE), "3 分钟", "3 minutes"),
        (Span(1, Unit.HOUR), "1 小时", "1 hour"),
        (Span(Decimal("1.50"), Unit.HOUR), "1.5 小时", "1.5 hours"),
        (Span(2, Unit.WORKING_DAY), "2 个工作日", "2 working days"),
        (Span(1, Unit.WORKING_DAY), "1 个工作日", "1 working day"),
        (Span(100, Unit.DAY), "100 天", "100 days"),
        (Span(0, Unit.DAY), "当日", "the same day"),
    ],
)
def test_a_span_is_described_in_both_languages(span: Span, zh: str, en: str) -> None:
    assert (span.describe("zh-hans"), span.describe("en")) == (zh, en)


@pytest.mark.parametrize(
    ("text", "factor", "result"),
    [
        ("24 h", "0.8", "19.2 h"), ("1 h", "0.8", "48 min"), ("3 min", "0.5", "2 min"),
        ("1 min", "0.001", "1 min"), ("1 w", "0.5", "84 h"), ("1 y", "0.5", "6 mo"), ("3 d", "2", "6 d"),
        ("5 wd", "0.5", "3 wd"),
        ("1 wd", "0.1", "1 wd"), ("8 wh", "0.8", "6.4 wh"), ("0 min", "3", "0 min"),
    ],
)  # fmt: skip
def test_a_scaled_span_stays_sensible(text: str, factor: str, result: str) -> None:
    assert str(Span.parse(text).scaled(Decimal(factor))) == result


def test_a_span_cannot_be_scaled_below_nothing() -> None:
    with pytest.raises(SpanError, match="0 or more"):
        Span(1, Unit.DAY).scaled(-1)


@given(st.integers(1, 99), st.sampled_from(Unit))
def test_what_a_span_prints_it_reads_back(amount: int, unit: Unit) -> None:
    span = Span(amount, unit)
    assert Span.parse(str(span)) == span
    assert Span.parse(span.describe("zh")) == span
    assert Span.parse(span.describe("en")) == span


@given(st.integers(1, 90), st.sampled_from(Unit), st.decimals("0.01", "1", places=2))
def test_a_part_is_never_longer_than_its_whole(amount: int, unit: Unit, factor: Decimal) -> None:
    whole = Span(amount, unit)
    assert 1 <= whole.scaled(factor).rough_minutes() <= whole.rough_minutes()
