"""What holds for every start, span and pause."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from calendar_examples import office
from hypothesis import given, settings
from hypothesis import strategies as st

from redress.calendars import Calendar, Pause, Span, Unit, is_working, reckon, working_minutes_between

BERLIN = Calendar.parse({"zone": "Europe/Berlin", "hours": {"mon-sat": ["00:00-03:30", "08:00-24:00"]}})
CALENDARS = [office(), office(makeup_days=False, day_ends="midnight"), Calendar.natural(), BERLIN]
MOMENT = timedelta(microseconds=1)

calendars = st.sampled_from(CALENDARS)
starts = st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 1), timezones=st.just(UTC))
spans = st.builds(Span, st.integers(1, 40), st.sampled_from(Unit))
exact = st.builds(Span, st.integers(1, 40), st.sampled_from([Unit.MINUTE, Unit.HOUR, Unit.WORKING_HOUR]))
working = st.builds(Span, st.integers(1, 40), st.sampled_from([Unit.WORKING_HOUR, Unit.WORKING_DAY]))


@st.composite
def starts_with_pauses(draw: st.DrawFn) -> tuple[datetime, list[Pause]]:
    start = draw(starts)
    parts = draw(st.lists(st.tuples(st.integers(-5000, 20000), st.integers(0, 9000)), max_size=4))
    begins = [(start + timedelta(minutes=after), timedelta(minutes=length)) for after, length in parts]
    return start, [Pause(begin, begin + length, "me", "waiting") for begin, length in begins]


def due(start: datetime, span: Span, calendar: Calendar, pauses: list[Pause]) -> datetime:
    found = reckon(start, span, calendar, pauses).due
    assert found is not None
    return found


@given(starts, st.integers(0, 5000), spans, calendars)
def test_a_later_start_is_never_due_earlier(start: datetime, later: int, span: Span, calendar: Calendar) -> None:
    assert due(start, span, calendar, []) <= due(start + timedelta(minutes=later), span, calendar, [])


@given(starts, st.integers(0, 5000), st.integers(1, 40))
def test_nor_where_days_end_at_the_same_time(start: datetime, later: int, days: int) -> None:
    calendar, span = office(day_ends="same-time"), Span(days, Unit.WORKING_DAY)
    assert due(start, span, calendar, []) <= due(start + timedelta(minutes=later), span, calendar, [])


@given(starts_with_pauses(), exact, calendars)
def test_the_minutes_that_ran_add_up_to_the_span(
    case: tuple[datetime, list[Pause]], span: Span, calendar: Calendar
) -> None:
    steps = reckon(case[0], span, calendar, case[1]).steps
    assert sum(step.minutes for step in steps if step.kind == "run") == span.rough_minutes()
    assert not any(step.minutes for step in steps if step.kind != "run")


@given(starts_with_pauses(), spans, calendars)
def test_steps_lead_from_the_start_to_the_due_moment_without_a_gap(
    case: tuple[datetime, list[Pause]], span: Span, calendar: Calendar
) -> None:
    reckoning = reckon(case[0], span, calendar, case[1])
    assert reckoning.steps[0].start == case[0]
    assert reckoning.steps[-1].end == reckoning.due
    assert all(one.end == following.start for one, following in pairwise(reckoning.steps))
    assert all(step.start <= step.end for step in reckoning.steps)


@given(starts_with_pauses(), spans, calendars)
def test_a_pause_never_makes_anything_due_earlier(
    case: tuple[datetime, list[Pause]], span: Span, calendar: Calendar
) -> None:
    assert due(case[0], span, calendar, []) <= due(case[0], span, calendar, case[1])


@given(starts, working)
def test_working_time_is_never_due_outside_working_time(start: datetime, span: Span) -> None:
    assert is_working(due(start, span, office(), []) - MOMENT, office())


@given(starts, st.integers(1, 60), calendars)
def test_the_working_time_until_the_due_moment_is_the_span(start: datetime, hours: int, calendar: Calendar) -> None:
    end = due(start, Span(hours, Unit.WORKING_HOUR), calendar, [])
    assert working_minutes_between(start, end, calendar) == hours * 60


@given(starts_with_pauses(), spans, calendars)
def test_the_due_step_is_the_last_and_the_start_step_the_first(
    case: tuple[datetime, list[Pause]], span: Span, calendar: Calendar
) -> None:
    kinds = [step.kind for step in reckon(case[0], span, calendar, case[1]).steps]
    assert (kinds[0], kinds[-1]) == ("start", "due")
    assert kinds.count("start") == kinds.count("due") == 1


@settings(max_examples=25, deadline=None)
@given(starts_with_pauses(), st.integers(1, 6), calendars)
def test_counting_on_ones_fingers_minute_by_minute_agrees(
    case: tuple[datetime, list[Pause]], hours: int, calendar: Calendar
) -> None:
    start = whole_minute(case[0])
    pauses = [Pause(whole_minute(pause.start), whole_minute(pause.end), "me", "") for pause in case[1] if pause.end]
    counted = on_fingers(start, hours * 60, calendar, pauses)
    assert due(start, Span(hours, Unit.WORKING_HOUR), calendar, pauses) == counted


def whole_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def on_fingers(start: datetime, minutes: int, calendar: Calendar, pauses: list[Pause]) -> datetime:
    while minutes:
        held = any(pause.end and pause.start <= start < pause.end for pause in pauses)
        minutes -= not held and is_working(start, calendar)
        start += timedelta(minutes=1)
    return start
