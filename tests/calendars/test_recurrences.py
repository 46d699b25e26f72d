"""Work that comes back, and the period it reports on."""

from datetime import timedelta

import pytest
from calendar_examples import at, office
from hypothesis import given
from hypothesis import strategies as st

from redress.calendars import Recurrence, RecurrenceError


@pytest.mark.parametrize(
    ("data", "after", "then"),
    [
        ({"every": "day", "at": "18:00"}, "2026-11-24 18:00", "2026-11-25 18:00"),
        ({"every": "day", "at": "18:00"}, "2026-11-24 17:59", "2026-11-24 18:00"),
        ({"every": "working-day"}, "2026-09-30 10:00", "2026-10-08 09:00"),
        ({"every": "week", "on": "fri"}, "2026-11-24 10:00", "2026-11-27 09:00"),
        ({"every": "week", "on": "周一"}, "2026-11-24 10:00", "2026-11-30 09:00"),
        ({"every": "week", "on": "first-working-day"}, "2026-09-28 10:00", "2026-10-08 09:00"),
        ({"every": "month", "on": 31}, "2026-11-24 10:00", "2026-11-30 09:00"),
        ({"every": "month", "on": "last"}, "2026-02-01 10:00", "2026-02-28 09:00"),
        ({"every": "month", "on": "first-working-day"}, "2026-09-24 10:00", "2026-10-08 09:00"),
        ({"every": "quarter"}, "2026-11-24 10:00", "2027-01-01 09:00"),
        ({"every": "quarter", "on": "last"}, "2026-11-24 10:00", "2026-12-31 09:00"),
        ({"every": "half-year", "months": [6, 12], "on": 1}, "2026-06-01 09:00", "2026-12-01 09:00"),
        ({"every": "year", "on": ["03-15", "11-11"]}, "2026-11-24 10:00", "2027-03-15 09:00"),
        ({"every": "year", "on": "02-29"}, "2026-01-24 10:00", "2026-02-28 09:00"),
    ],
)
def test_the_next_occurrence_comes_strictly_after(data: dict[str, object], after: str, then: str) -> None:
    assert Recurrence.parse(data).next_after(at(after), office()) == at(then)


@pytest.mark.parametrize(
    ("every", "on", "first", "until", "label"),
    [
        ("day", "2026-11-22", "2026-11-21", "2026-11-22", "2026-11-21"),
        ("working-day", "2026-11-23", "2026-11-20", "2026-11-23", "2026-11-20"),
        ("week", "2026-11-24", "2026-11-16", "2026-11-23", "2026-W47"),
        ("week", "2027-01-05", "2026-12-28", "2027-01-04", "2026-W53"),
        ("month", "2026-11-01", "2026-10-01", "2026-11-01", "2026-10"),
        ("quarter", "2026-11-24", "2026-07-01", "2026-10-01", "2026-Q3"),
        ("half-year", "2026-12-01", "2026-01-01", "2026-07-01", "2026-H1"),
        ("half-year", "2026-06-01", "2025-07-01", "2026-01-01", "2025-H2"),
        ("year", "2027-03-15", "2026-01-01", "2027-01-01", "2026"),
    ],
)
def test_an_occurrence_reports_on_the_last_whole_period(
    every: str, on: str, first: str, until: str, label: str
) -> None:
    period = Recurrence.parse({"every": every}).period_of(at(f"{on} 09:00"), office())
    assert period == (at(f"{first} 00:00"), at(f"{until} 00:00"), label)


@pytest.mark.parametrize(
    ("every", "starts", "on", "first", "until", "label"),
    [
        ("half-year", 12, "2026-06-01", "2025-12-01", "2026-06-01", "2025-12..2026-05"),
        ("half-year", 12, "2026-12-10", "2026-06-01", "2026-12-01", "2026-06..2026-11"),
        ("quarter", 2, "2026-01-31", "2025-08-01", "2025-11-01", "2025-08..2025-10"),
        ("year", 4, "2026-11-24", "2025-04-01", "2026-04-01", "2025-04..2026-03"),
        ("half-year", 1, "2026-12-01", "2026-01-01", "2026-07-01", "2026-H1"),
    ],
)
def test_a_year_may_start_in_another_month(
    every: str, starts: int, on: str, first: str, until: str, label: str
) -> None:
    period = Recurrence.parse({"every": every, "year starts": starts}).period_of(at(f"{on} 09:00"), office())
    assert period == (at(f"{first} 00:00"), at(f"{until} 00:00"), label)


@pytest.mark.parametrize(
    ("data", "key", "said"),
    [
        ({"every": "monthly"}, "every", 'Did you mean "month"?'),
        ({"evry": "month"}, "evry", 'Did you mean "every"?'),
        ({"every": "week", "on": "frday"}, "on", 'Did you mean "friday"?'),
        ({"every": "day", "on": 1}, "on", "remove it"),
        ({"every": "month", "on": 32}, "on", "1 to 31"),
        ({"every": "month", "on": "lst"}, "on", 'Did you mean "last"?'),
        ({"every": "year", "on": ["02-30"]}, "on[0]", "not a date of the year"),
        ({"every": "month", "months": [1]}, "months", "only quarter, half-year and year"),
        ({"every": "half-year", "months": [13]}, "months", "months 1 to 12"),
        ({"every": "month", "year starts": 12}, "year starts", "only quarter, half-year and year"),
        ({"every": "year", "year starts": 13}, "year starts", "a month 1 to 12"),
        ({"every": "day", "at": "24:00"}, "at", "23:59"),
        ({"every": "day", "at": 600}, "at", "in quotes"),
        ({"every": "month", True: 1}, "on", "in quotes"),
    ],
)
def test_a_recurrence_written_wrongly_says_where_and_how_to_right_it(
    data: dict[str, object], key: str, said: str
) -> None:
    with pytest.raises(RecurrenceError) as fault:
        Recurrence.parse(data)
    assert fault.value.key == key
    assert said in fault.value.message


@given(
    st.sampled_from(["day", "working-day", "week", "month", "quarter", "half-year", "year"]),
    st.integers(0, 900),
)
def test_the_period_reported_has_always_ended(every: str, day: int) -> None:
    recurrence = Recurrence.parse({"every": every})
    following = recurrence.next_after(at("2025-01-01 00:00") + timedelta(days=day), office())
    first, until, _ = recurrence.period_of(following, office())
    assert first < until <= following
