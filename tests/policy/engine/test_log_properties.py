"""Whatever happens, in whatever order: the log tells the whole case, and the clock's lag never changes the outcome."""

from __future__ import annotations

from datetime import timedelta

from engine_stage import MONDAY_NINE, Play
from hypothesis import given, settings
from hypothesis import strategies as st

from redress.policy.engine.case import decode_case, encode_case, fold
from redress.policy.engine.events import DutyLate, DutyMet, DutyOpened, decode, encode

RULES = """
- duty: contact
  after: [register, signal again]
  who: [manager, clerk]
  within: {high: 10 min, low: 45 min}
  if late: [{fine: {high: 50, low: 20}}, {notify: boss}]
- duty: report
  after: late contact
  who: manager
  within: 1 h
- duty: verify
  after: met contact
  who: clerk
  wait: 5 min
  within: 20 min
  remind: [{before: 5 min}]
- ladder: up
  after: late report
  climbs when late: yes
  ends by: close
  rungs:
    - {rung: shop, who: manager, within: 5 min}
    - {rung: top, who: boss, within: 10 min}
- act: not-happy
  who: clerk
  then: [{new round: again}]
- act: hold
  who: manager
  then: [{pause: all}]
- act: go-on
  who: manager
  then: [{resume: all}]
- act: ask
  who: manager
  then: [{ask: grace}]
- approval: grace
  by: boss
  if approved: [{extend: {duties: all, by: 30 min}}, {waive: all}]
"""
ACTS = [
    "contact",
    "report",
    "verify",
    "up.shop",
    "up.top",
    "not-happy",
    "hold",
    "go-on",
    "ask",
    "close",
    "reopen",
    "note",
    "level",
]
STEP = st.tuples(st.integers(0, 90), st.sampled_from(["bei", "nan", "gao", "dai", "zhao"]), st.sampled_from(ACTS))


def _played(steps, level: str) -> Play:
    play = Play(RULES)
    play.register(level=level)
    for minutes, who, act in steps:
        play.wait(minutes)
        data = {"note": {"note": "x"}, "reopen": {"reason": "y"}}.get(act, {})
        play.do(who, act, **data)
        for request in list(play.case.requests.values()):
            if request.status == "asked" and minutes % 2:
                play.vote("gao", request.key, minutes % 3 == 0, "r")
    return play


@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, max_size=12), st.sampled_from(["high", "low"]))
def test_the_log_alone_tells_the_whole_case(steps, level):
    play = _played(steps, level)
    again = fold("A", [decode(encode(event)) for event in play.log])
    assert encode_case(again) == encode_case(play.case)
    assert encode_case(decode_case(encode_case(play.case))) == encode_case(play.case)


@settings(max_examples=100, deadline=None)
@given(st.lists(STEP, max_size=8), st.sampled_from(["high", "low"]))
def test_the_same_input_gives_the_same_output(steps, level):
    assert _played(steps, level).log == _played(steps, level).log


@settings(max_examples=100, deadline=None)
@given(st.lists(STEP, max_size=12), st.sampled_from(["high", "low"]))
def test_times_never_run_backwards_and_lateness_agrees_with_a_plain_reading_of_the_log(steps, level):
    play = _played(steps, level)
    times = [event.at for event in play.log]
    assert times == sorted(times)
    opened = {event.duty: event for event in play.log if isinstance(event, DutyOpened)}
    late = [event.duty for event in play.log if isinstance(event, DutyLate)]
    assert len([key for key in late if not play.case.duties[key].shifts]) == len(
        {key for key in late if not play.case.duties[key].shifts}
    )
    for event in play.log:
        if (
            isinstance(event, DutyMet)
            and not play.case.duties[event.duty].shifts
            and not play.case.duties[event.duty].pauses
        ):
            due = opened[event.duty].due
            assert (event.late_by > 0 or event.duty in late) == (due is not None and event.at >= due)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 200), min_size=1, max_size=6))
def test_a_clock_that_was_away_ends_with_the_same_log_as_one_that_never_slept(pauses):
    steady, lazy = Play(RULES), Play(RULES)
    steady.register()
    lazy.register()
    for minutes in pauses:
        for _ in range(minutes):
            steady.wait(1)
    lazy.wait(sum(pauses))
    assert steady.log == lazy.log
    assert lazy.stage.now == MONDAY_NINE + timedelta(minutes=sum(pauses))
