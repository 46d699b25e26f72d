"""Calendars as packs write them, and what is said when they are written wrongly."""

from datetime import date

import pytest
from calendar_examples import at, office

from redress.calendars import Calendar, CalendarError, Holidays, is_working


def test_a_calendar_is_read_from_pack_data() -> None:
    calendar = Calendar.parse({"hours": {"mon-thu,sun": ["09:00-12:00"], "周五": ["08:00-24:00"]}}, id="branch")
    assert calendar.id == "branch"
    assert calendar.zone == "Asia/Shanghai"
    assert calendar.hours[6] == ((540, 720),)
    assert calendar.hours[4] == ((480, 1440),)
    assert 5 not in calendar.hours


def test_hours_may_run_over_the_end_of_the_week() -> None:
    assert sorted(Calendar.parse({"hours": {"sat-mon": ["09:00-12:00"]}}).hours) == [0, 5, 6]


@pytest.mark.parametrize(
    ("data", "key", "said"),
    [
        ({"hour": {}}, "hour", 'Did you mean "hours"?'),
        ({}, "hours", "missing"),
        ({"hours": {"mon-fry": ["09:00-18:00"]}}, "hours.mon-fry", 'Did you mean "friday"?'),
        ({"hours": {"mon": ["9-18"]}}, "hours.mon[0]", 'such as "09:30"'),
        ({"hours": {"mon": ["22:00-02:00"]}}, "hours.mon[0]", "split night work in two"),
        ({"hours": {"mon": "09:00-18:00"}}, "hours.mon", "must be a list"),
        ({"hours": {"mon": ["09:00-12:00", "11:00-18:00"]}}, "hours.mon", "from 11:00 starts before"),
        ({"hours": {"mon-fri": ["09:00-18:00"], "fri": []}}, "hours.fri", "already has hours"),
        ({"hours": {"mon": []}}, "hours", "no weekday has working time"),
        ({"hours": "24x7", "holidays": "china"}, "holidays", 'allowed: "cn" or null'),
        ({"hours": "24x7", "zone": "Asia/Shanghia"}, "zone", "not a time zone"),
        ({"hours": "24x7", "day_ends": "closed"}, "day_ends", 'Did you mean "close"?'),
        ({"hours": "24x7", "makeup_days": "yes"}, "makeup_days", "true or false"),
        ({"hours": "24x7", "closed": [{"date": "2026-13-01"}]}, "closed[0].date", "2026-10-01"),
        ({"hours": "24x7", "closed": [{"dat": "x"}]}, "closed[0].dat", 'Did you mean "date"?'),
        ({"hours": "24x7", "open": [{"date": "2026-01-01", "hours": []}]}, "open[0].hours", "use closed"),
    ],
)
def test_a_mistake_names_its_key_and_what_is_allowed(data: dict[str, object], key: str, said: str) -> None:
    with pytest.raises(CalendarError) as fault:
        Calendar.parse(data)
    assert fault.value.key == key
    assert said in fault.value.message


def test_chinese_holidays_have_names_and_cover_whole_published_years() -> None:
    china = Holidays.china()
    assert china.name_of(date(2026, 10, 1)) == ("国庆节", "National Day")
    assert china.name_of(date(2026, 10, 8)) is None
    assert china.is_makeup(date(2026, 10, 10))
    assert china.covers(date(2026, 12, 31))
    assert not china.covers(date(1999, 1, 1))


def test_a_window_includes_its_first_minute_and_not_its_last() -> None:
    assert is_working(at("2026-11-24 09:00"), office())
    assert not is_working(at("2026-11-24 12:00"), office())
    assert not is_working(at("2026-10-01 10:00"), office())
    assert is_working(at("2026-10-10 10:00"), office())
    assert is_working(at("2026-10-01 03:00"), Calendar.natural())


def test_equal_calendars_are_equal_and_can_be_kept_in_a_set() -> None:
    assert len({office(), office(), Calendar.natural()}) == 2
