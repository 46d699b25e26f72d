"""Due moments that a person can check with a wall calendar of 2026."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from calendar_examples import SHANGHAI, at, office

from redress.calendars import Calendar, Holidays, Pause, Span, reckon, working_minutes_between


def due(start: str, span: str, calendar: Calendar, *pauses: Pause) -> str:
    reckoning = reckon(at(start), Span.parse(span), calendar, pauses)
    return reckoning.due.strftime("%Y-%m-%d %H:%M") if reckoning.due else "paused"


def paused(start: str, end: str | None, reason: str = "等客户") -> Pause:
    return Pause(at(start), at(end) if end else None, "王芳", reason)


def reasons(start: str, span: str, calendar: Calendar) -> list[str]:
    return [step.reason_zh for step in reckon(at(start), Span.parse(span), calendar).steps]


def test_minutes_and_hours_run_round_the_clock_even_on_national_day() -> None:
    assert due("2026-10-01 23:59", "3 min", office()) == "2026-10-02 00:02"
    assert due("2026-10-01 10:00", "24 h", office()) == "2026-10-02 10:00"


def test_working_hours_pass_over_lunch_and_the_national_day_week() -> None:
    assert due("2026-09-30 16:00", "8 wh", office()) == "2026-10-08 16:30"
    assert reasons("2026-09-30 16:00", "3 wh", office()) == [
        "开始计时", "工作时间计时", "国庆节", "工作时间计时", "到期",
    ]  # fmt: skip


def test_the_saturday_worked_for_national_day_counts_where_make_up_days_count() -> None:
    assert due("2026-09-30 16:00", "3 wd", office()) == "2026-10-10 18:00"
    assert due("2026-09-30 16:00", "3 wd", office(makeup_days=False)) == "2026-10-12 18:00"
    assert "调休上班日" in reasons("2026-09-30 16:00", "3 wd", office())


def test_the_days_worked_around_spring_festival_count_where_make_up_days_count() -> None:
    assert due("2026-02-13 10:00", "2 wd", office()) == "2026-02-24 18:00"
    assert due("2026-02-13 10:00", "2 wd", office(makeup_days=False)) == "2026-02-25 18:00"
    assert "春节" in reasons("2026-02-13 10:00", "2 wd", office())


def test_make_up_days_have_their_own_hours_where_given() -> None:
    short = office(makeup_hours=["09:00-15:00"])
    assert due("2026-10-09 10:00", "1 wd", short) == "2026-10-10 15:00"


def test_the_same_day_ends_at_close_and_at_midnight_for_whoever_comes_later() -> None:
    assert due("2026-11-24 09:00", "same day", office()) == "2026-11-24 18:00"
    assert due("2026-11-24 19:00", "same day", office()) == "2026-11-25 00:00"
    assert due("2026-11-21 10:00", "same day", office()) == "2026-11-22 00:00"
    assert due("2026-11-24 09:00", "same day", office(day_ends="midnight")) == "2026-11-25 00:00"
    assert due("2026-11-24 09:00", "same day", office(day_ends="same-time")) == "2026-11-25 00:00"
    assert reasons("2026-11-24 09:00", "same day", office()) == ["开始计时", "当日计时", "到期"]


def test_a_start_on_a_day_off_counts_from_the_next_working_day() -> None:
    assert due("2026-11-21 10:00", "1 wd", office()) == "2026-11-23 18:00"
    assert due("2026-11-21 10:00", "1 wh", office()) == "2026-11-23 10:00"


def test_a_working_hour_that_fills_the_day_is_due_at_close_not_next_morning() -> None:
    assert due("2026-11-24 17:00", "1 wh", office()) == "2026-11-24 18:00"


def test_day_ends_decides_when_the_last_day_is_over() -> None:
    assert due("2026-11-24 10:00", "2 wd", office(day_ends="close")) == "2026-11-26 18:00"
    assert due("2026-11-24 10:00", "2 wd", office(day_ends="midnight")) == "2026-11-27 00:00"
    assert due("2026-11-24 10:00", "2 wd", office(day_ends="same-time")) == "2026-11-26 10:00"
    assert due("2026-11-24 10:00", "2 d", office(day_ends="same-time")) == "2026-11-26 10:00"


def test_the_same_time_is_moved_into_working_hours() -> None:
    calendar = office(day_ends="same-time")
    assert due("2026-11-24 20:00", "1 wd", calendar) == "2026-11-25 18:00"
    assert due("2026-11-24 07:00", "1 wd", calendar) == "2026-11-25 09:00"
    assert due("2026-11-24 12:30", "1 wd", calendar) == "2026-11-25 13:30"
    assert due("2026-11-21 10:00", "1 wd", calendar) == "2026-11-23 18:00"


def test_calendar_days_that_end_on_a_day_off_end_at_midnight() -> None:
    assert due("2026-11-20 10:00", "2 d", office()) == "2026-11-23 00:00"
    assert due("2026-11-23 10:00", "2 d", office()) == "2026-11-25 18:00"
    assert due("2026-11-20 10:00", "1 w", office()) == "2026-11-27 18:00"


def test_a_month_without_the_day_ends_on_its_last_day() -> None:
    natural = Calendar.natural()
    assert due("2026-01-31 10:00", "1 mo", natural) == "2026-03-01 00:00"
    assert due("2028-02-29 10:00", "1 y", natural) == "2029-03-01 00:00"
    assert due("2026-12-31 10:00", "2 mo", natural) == "2027-03-01 00:00"


def test_own_closures_and_openings_come_before_the_week() -> None:
    calendar = office(
        closed=[{"date": "2026-11-25", "zh": "系统升级", "en": "System upgrade"}],
        open=[{"date": "2026-11-28", "hours": ["10:00-16:00"]}],
    )
    assert due("2026-11-24 10:00", "3 wd", calendar) == "2026-11-28 16:00"
    assert reasons("2026-11-24 10:00", "3 wd", calendar) == [
        "开始计时", "次日起算", "系统升级", "工作日计时", "特别开放日", "到期",
    ]  # fmt: skip


def test_a_due_moment_beyond_the_published_holidays_is_provisional() -> None:
    known = Holidays.of({date(2026, 10, 1): ("国庆节", "National Day")}, last=date(2026, 12, 31))
    calendar = office(holidays=known)
    assert not reckon(at("2026-12-30 10:00"), Span.parse("1 wd"), calendar).provisional
    beyond = reckon(at("2026-12-30 10:00"), Span.parse("2 wd"), calendar)
    assert beyond.provisional and beyond.due == at("2027-01-01 18:00")
    assert reckon(at("2026-12-31 17:00"), Span.parse("2 wh"), calendar).provisional
    assert not reckon(at("2027-06-01 10:00"), Span.parse("24 h"), calendar).provisional
    assert not reckon(at("2027-06-01 10:00"), Span.parse("9 wh"), office(holidays=None)).provisional


def test_a_paused_minute_is_not_counted() -> None:
    pause = paused("2026-11-24 10:01", "2026-11-24 11:00")
    assert due("2026-11-24 10:00", "3 min", office(), pause) == "2026-11-24 11:02"
    assert due("2026-11-24 10:00", "4 wh", office(), pause) == "2026-11-24 16:29"


def test_overlapping_pauses_are_counted_once_and_both_named() -> None:
    pauses = [
        paused("2026-11-24 10:10", "2026-11-24 10:40", "等材料"),
        paused("2026-11-24 10:20", "2026-11-24 11:00", "等检测"),
    ]
    reckoning = reckon(at("2026-11-24 10:00"), Span.parse("1 h"), office(), pauses)
    assert reckoning.due == at("2026-11-24 11:50")
    assert [step.reason_zh for step in reckoning.steps if step.kind == "pause"] == ["暂停：等材料; 等检测"]


def test_a_pause_after_the_due_moment_changes_nothing() -> None:
    assert due("2026-11-24 10:00", "1 h", office(), paused("2026-11-24 11:00", None)) == "2026-11-24 11:00"


@pytest.mark.parametrize("span", ["1 h", "4 wh", "2 d", "2 wd", "1 mo"])
def test_nothing_is_due_while_a_pause_has_no_end(span: str) -> None:
    open_end = paused("2026-11-24 10:30", None)
    reckoning = reckon(at("2026-11-24 10:00"), Span.parse(span), office(), [open_end])
    assert reckoning.due is None
    assert reckoning.steps[-1].kind == "pause"
    assert reckoning.steps[-1].end == at("2026-11-24 10:30")


def test_days_move_by_the_time_paused_and_working_days_by_whole_ones() -> None:
    pause = paused("2026-11-24 14:00", "2026-11-25 14:00")
    assert due("2026-11-23 10:00", "3 d", office(), pause) == "2026-11-27 18:00"
    assert due("2026-11-23 10:00", "3 wd", office(), pause) == "2026-11-27 18:00"
    assert due("2026-11-23 10:00", "3 wd", office(), paused("2026-11-24 18:00", "2026-11-25 09:00")) == (
        "2026-11-26 18:00"
    )


def test_a_deadline_that_was_moved_says_why() -> None:
    pause = paused("2026-11-24 14:00", "2026-11-25 14:00")
    steps = reckon(at("2026-11-23 10:00"), Span.parse("3 wd"), office(), [pause]).steps
    assert [(step.kind, step.reason_zh) for step in steps][-2:] == [
        ("extend", "因暂停顺延：等客户"), ("due", "到期"),
    ]  # fmt: skip


def test_an_hour_is_an_hour_when_berlin_changes_its_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    calendar = Calendar.parse({"zone": "Europe/Berlin", "hours": "24x7"})
    evening = datetime(2026, 3, 28, 22, 0, tzinfo=berlin)
    for span in ("6 h", "6 wh"):
        spring = reckon(evening, Span.parse(span), calendar)
        assert spring.due is not None
        assert spring.due.isoformat() == "2026-03-29T05:00:00+02:00"
        assert spring.due.astimezone(UTC) - evening.astimezone(UTC) == timedelta(hours=6)
    whole_day = datetime(2026, 10, 25, tzinfo=berlin), datetime(2026, 10, 26, tzinfo=berlin)
    assert working_minutes_between(*whole_day, calendar) == 25 * 60


def test_the_answer_is_told_in_the_zone_of_the_calendar() -> None:
    reckoning = reckon(datetime(2026, 11, 24, 2, 0, tzinfo=UTC), Span.parse("1 wh"), office())
    assert reckoning.due == at("2026-11-24 11:00")
    assert reckoning.due.tzinfo == SHANGHAI


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        reckon(datetime(2026, 11, 24, 2, 0), Span.parse("1 wh"), office())


def test_a_pause_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        paused("2026-11-24 10:00", "2026-11-24 09:00")
