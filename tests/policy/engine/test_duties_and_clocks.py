"""What the engine does with duties: opening, lateness, reminders, pauses, extensions, agreed dates."""

from datetime import datetime, timedelta

from engine_stage import MONDAY_NINE, SHANGHAI, Play, accepted, codes, pack_of

from redress.policy.engine.commands import Tick
from redress.policy.engine.decide import decide
from redress.policy.engine.explain import explain
from redress.policy.engine.world import CLOCK

CONTACT = """
- duty: contact
  clauses: [t-1]
  after: register
  who: manager
  within: {high: 10 min, low: 2 wd}
  remind: [{before: 3 min, to: manager}, {every: 30 min, times: 2, to: boss}]
  if late: [{fine: {high: 50, low: 20}}, {notify: boss}]
"""


def test_a_duty_opens_with_the_limit_of_its_level():
    play = Play(CONTACT)
    accepted(play.register(level="high"))
    assert play.case.duties["contact"].due == MONDAY_NINE + timedelta(minutes=10)


def test_two_working_days_end_at_the_close_of_the_second_working_day():
    play = Play(CONTACT)
    accepted(play.register(level="low"))
    assert play.case.duties["contact"].due == datetime(2026, 3, 4, 18, tzinfo=SHANGHAI)


def test_a_duty_done_one_minute_before_its_limit_is_not_late():
    play = Play(CONTACT)
    play.register()
    play.wait(9)
    accepted(play.do("bei", "contact"))
    assert play.case.duties["contact"].late_by == 0
    assert play.case.ledger == {}


def test_a_duty_becomes_late_at_the_very_moment_it_is_due():
    play = Play(CONTACT)
    play.register()
    play.wait(10)
    assert play.case.duties["contact"].late_at == MONDAY_NINE + timedelta(minutes=10)
    assert [line.amount for line in play.case.ledger.values()] == ["50.00"]
    assert [line.clauses for line in play.case.ledger.values()] == [("t-1",)]


def test_reminders_come_before_and_repeat_after_the_due_time_and_then_stop():
    play = Play(CONTACT)
    play.register()
    play.wait(600)
    told = [(event.roles[0], event.effect) for event in play.log if type(event).__name__ == "NoticeRaised"]
    assert told == [("manager", "remind.0"), ("boss", "if_late.1"), ("boss", "remind.1"), ("boss", "remind.1")]


def test_a_late_duty_done_counts_whole_minutes():
    play = Play(CONTACT)
    play.register()
    play.wait(13.5)
    accepted(play.do("bei", "contact"))
    assert play.case.duties["contact"].late_by == 4


def test_the_clock_is_refused_before_its_time_and_twice():
    play = Play(CONTACT)
    play.register()
    early = decide(play.stage.pack, play.case, Tick("contact"), CLOCK, play.stage.now, play.stage)
    assert codes(early) == ["nothing-due"]
    play.wait(1000)
    assert codes(play.command(Tick("contact"), "zhao")) == ["nothing-due"]


def test_one_duty_per_unit_and_each_is_met_by_its_own_manager():
    play = Play("""
- duty: fix
  after: register
  who: manager
  for each: shops
  within: 1 h
""")
    accepted(play.register(shops=["north", "south"]))
    assert set(play.case.duties) == {"fix@north", "fix@south"}
    accepted(play.do("nan", "fix"))
    assert [d.key for d in play.case.live_duties()] == ["fix@north"]


def test_a_waiting_duty_starts_later_and_its_limit_runs_from_there():
    play = Play("""
- duty: trace
  after: register
  who: clerk
  wait: 40 min
  within: 10 min
""")
    play.register()
    assert play.case.duties["trace"].status == "waiting"
    play.wait(40)
    assert play.case.duties["trace"].status == "open"
    assert play.case.duties["trace"].due == MONDAY_NINE + timedelta(minutes=50)


def test_an_agreed_date_is_the_due_time_but_not_beyond_its_cap():
    rules = """
- act: agree-date
  who: clerk
  form: [reply_by]
- duty: reply
  after: register
  who: clerk
  within: {until: reply_by, at most: 72 h}
"""
    play = Play(rules)
    play.register()
    assert play.case.duties["reply"].due == MONDAY_NINE + timedelta(hours=72)
    accepted(play.do("bei", "agree-date", reply_by="2026-03-03T10:00:00+08:00"))
    assert play.case.duties["reply"].due == datetime(2026, 3, 3, 10, tzinfo=SHANGHAI)
    accepted(play.do("bei", "agree-date", reply_by="2026-03-09T10:00:00+08:00"))
    assert play.case.duties["reply"].due == MONDAY_NINE + timedelta(hours=72)


PAUSE = """
- duty: repair
  after: register
  who: manager
  within: 60 min
- act: wait-for-customer
  who: manager
  then: [{pause: repair}]
- act: go-on
  who: manager
  then: [{resume: repair}]
- act: more-time
  who: boss
  then: [{extend: {duties: repair, by: 30 min}}]
"""


def test_a_paused_clock_neither_runs_nor_becomes_late_and_tells_who_paused_it():
    play = Play(PAUSE)
    play.register()
    play.wait(20)
    accepted(play.do("bei", "wait-for-customer"))
    play.wait(600)
    assert play.case.duties["repair"].late_at is None
    accepted(play.do("bei", "go-on"))
    assert play.case.duties["repair"].due == MONDAY_NINE + timedelta(minutes=660)
    proof = explain(play.stage.pack, play.case, "repair")
    assert [(pause.by, pause.reason) for pause in proof.pauses] == [("bei", "wait-for-customer")]
    assert sum(step.minutes for step in proof.steps if step.kind == "run") == 60


def test_an_extension_moves_the_due_time_and_is_kept_in_the_proof():
    play = Play(PAUSE)
    play.register()
    accepted(play.do("gao", "more-time"))
    assert play.case.duties["repair"].due == MONDAY_NINE + timedelta(minutes=90)
    shift = explain(play.stage.pack, play.case, "repair").shifts[0]
    assert (shift.by, shift.why) == ("gao", "extended")


def test_an_extension_after_a_pause_keeps_both():
    play = Play(PAUSE)
    play.register()
    accepted(play.do("gao", "more-time"))
    accepted(play.do("bei", "wait-for-customer"))
    play.wait(15)
    accepted(play.do("bei", "go-on"))
    assert play.case.duties["repair"].due == MONDAY_NINE + timedelta(minutes=105)


def test_a_limit_beyond_the_published_calendar_is_marked_provisional():
    play = Play(CONTACT, datetime(2039, 9, 30, 9, tzinfo=SHANGHAI))
    accepted(play.register(level="low"))
    assert play.case.duties["contact"].provisional


def test_rules_that_set_each_other_off_without_end_are_stopped():
    play = Play("""
- reaction: ping
  after: [register, signal pong]
  then: [{signal: ping}]
- reaction: pong
  after: signal ping
  then: [{signal: pong}]
""")
    try:
        play.register()
    except RuntimeError as error:
        assert "signal ping" in str(error) and "signal pong" in str(error)
    else:
        raise AssertionError("an endless pack went unnoticed")


def test_the_same_rules_have_the_same_hash_and_other_settings_another():
    pack = pack_of(CONTACT)
    assert pack.hash == pack.with_settings({}).hash
    assert pack.hash != pack.with_settings({"x": 1}).hash
