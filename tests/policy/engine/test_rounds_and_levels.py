"""What survives a new round, what a change of level does to running clocks, and on whom a fine falls."""

from datetime import timedelta

from engine_stage import MONDAY_NINE, Play, accepted

CONTACT = """
- role: answerable
  found: person
  set by: take
- act: take
  clauses: [t-1]
  who: manager
- act: regrade
  clauses: [t-1]
  who: clerk
  form: [level]
- act: not-happy
  clauses: [t-1]
  who: clerk
  then: [{new round: again}]
- act: ask-for-time
  clauses: [t-1]
  who: manager
  then: [{ask: time}]
- approval: time
  clauses: [t-1]
  by: boss
  if approved: [{waive: open}, {pause: all}]
- approval: decide-fine
  clauses: [t-1]
  by: boss
- duty: contact
  clauses: [t-1]
  after: [register, signal again]
  who: manager
  within: {high: 10 min, low: 30 min}
  if late:
    - entry: {kind: fine, amount: {high: 50, low: 20}, on: [answerable, manager], approval: decide-fine}
- duty: trace
  clauses: [t-1]
  after: register
  who: clerk
  wait: 40 min
  within: 20 min
"""


def _bearers(play: Play) -> list[tuple[str, str]]:
    return [(line.role, line.person) for line in play.case.ledger.values()]


def test_a_fine_falls_on_the_person_named_and_on_the_post_where_nobody_is():
    nobody, somebody = Play(CONTACT), Play(CONTACT)
    nobody.register()
    somebody.register()
    accepted(somebody.do("dai", "take"))
    nobody.wait(10)
    somebody.wait(10)
    assert _bearers(nobody) == [("manager", "")]
    assert _bearers(somebody) == [("answerable", "dai")]


def test_an_approval_asked_for_outlives_the_round():
    play = Play(CONTACT)
    play.register()
    play.wait(10)
    accepted(play.do("bei", "not-happy"))
    accepted(play.vote("gao", "decide-fine#1", True))
    assert [line.status for line in play.case.ledger.values()] == ["confirmed"]


def test_a_waived_fine_is_no_longer_asked_about_and_fines_of_ended_duties_stay():
    play = Play(CONTACT)
    play.register()
    play.wait(10)
    accepted(play.do("bei", "not-happy"))
    play.wait(10)
    accepted(play.do("bei", "ask-for-time"))
    accepted(play.vote("gao", "time#1", True))
    assert [line.status for line in play.case.ledger.values()] == ["proposed", "waived"]
    assert play.case.requests["decide-fine#2"].status == "withdrawn"
    assert [duty.cause for duty in play.case.live_duties() if duty.rule == "approval.decide-fine"] == ["decide-fine#1"]


def test_a_changed_level_gives_running_clocks_its_own_limit_from_the_same_start():
    play = Play(CONTACT)
    play.register(level="low")
    play.wait(4)
    accepted(play.do("bei", "regrade", level="high"))
    assert play.case.duties["contact"].due == MONDAY_NINE + timedelta(minutes=10)
    play.wait(6)
    assert [line.amount for line in play.case.ledger.values()] == ["50.00"]


def test_a_clock_that_waits_to_start_is_not_paused_and_starts_in_time():
    play = Play(CONTACT)
    play.register()
    accepted(play.do("bei", "ask-for-time"))
    accepted(play.vote("gao", "time#1", True))
    play.wait(40)
    assert play.case.duties["contact"].paused
    assert play.case.duties["trace"].status == "open"
    assert play.case.duties["trace"].due == MONDAY_NINE + timedelta(minutes=60)
