"""A callback: what was recorded says how it ended; a call that reached nobody is kept, and the duty stands."""

from datetime import timedelta

import pytest
from engine_stage import Play, accepted, codes

from redress.policy.engine.case import fold
from redress.policy.engine.commands import Try
from redress.policy.engine.events import decode, encode

RULES = """
- field: result
  type: choice
  zh: 结果
  en: result
  options: {good: {zh: 好, en: good}, fair: {zh: 尚可, en: fair}, bad: {zh: 不好, en: bad}, nobody: {zh: 无人接, en: nobody}}
- duty: call
  clauses: [t-1]
  zh: 回访
  en: call back
  after: register
  who: manager
  within: 1 d
  work: callback
  record: [{field: result, anew: yes}]
  done when: result != "nobody"
  outcomes:
    satisfied: {result: [good, fair]}
    dissatisfied: {result: bad}
    unreached: {result: nobody}
- duty: write
  clauses: [t-1]
  zh: 写信
  en: write
  after: register
  who: manager
"""


def play() -> Play:
    play = Play(RULES)
    accepted(play.register())
    return play


@pytest.mark.parametrize(("result", "outcome"), [("good", "satisfied"), ("fair", "satisfied"), ("bad", "dissatisfied")])
def test_what_was_recorded_says_how_it_ended(result: str, outcome: str) -> None:
    case = play()
    accepted(case.do("bei", "call", result=result))
    assert (case.case.duties["call"].status, case.case.duties["call"].outcome) == ("met", outcome)


def test_an_act_that_reached_nobody_counts_as_a_try_and_the_duty_stands() -> None:
    case = play()
    accepted(case.do("bei", "call", result="nobody"))
    duty = case.case.duties["call"]
    assert duty.live and duty.outcome == "" and [one.by for one in duty.tries] == ["bei"]


def test_a_try_is_kept_with_who_when_how_and_when_again() -> None:
    case = play()
    case.wait(5)
    again = case.stage.now + timedelta(hours=2)
    accepted(case.command(Try("call", "message", "已留言", again), "bei"))
    (one,) = case.case.duties["call"].tries
    assert (one.at, one.by, one.channel, one.note, one.again) == (case.stage.now, "bei", "message", "已留言", again)
    assert case.case.duties["call"].live
    assert fold("A", [decode(encode(event)) for event in case.log]) == case.case


def test_only_whoever_may_call_records_a_try_of_a_callback_that_stands() -> None:
    case = play()
    assert codes(case.command(Try("call"), "nan")) == ["not-yours"]
    assert codes(case.command(Try("write"), "bei")) == ["no-such-duty"]
    assert codes(case.command(Try("call", again=case.stage.now), "bei")) == ["past"]
    accepted(case.do("bei", "call", result="good"))
    assert codes(case.command(Try("call"), "bei")) == ["no-such-duty"]
