"""Appeals against the ledger: who may object, who rules, what becomes of the line, and that every sum still adds up."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from engine_stage import MONDAY_NINE, Play, accepted, codes
from hypothesis import given, settings
from hypothesis import strategies as st

from redress.policy.engine.case import decode_case, encode_case, fold
from redress.policy.engine.events import decode, encode
from redress.policy.engine.offers import offers

RULES = """
- field: charged
  type: person
- field: charge
  type: money
- act: charge-person
  who: clerk
  form: [{field: charged, anew: yes}, {field: charge, anew: yes}]
  then: [{entry: {kind: deduction, amount field: charge, on: charged, approval: confirm-charge}}]
- approval: confirm-charge
  by: manager
  within: 4 h
- duty: contact
  clauses: [t-1]
  after: register
  who: manager
  within: 10 min
  if late: [{fine: 50}]
- act: excuse
  who: boss
  then: [{waive: all}]
"""
WRITTEN = """
- appeal: fines
  clauses: [t-1]
  zh: 罚款申诉
  en: appeals against fines
  kinds: fine
  by: [manager, boss]
  within: 2 wh
  open for: 2 wd
"""


def charged(rules: str = RULES, person: str = "zhao", amount: str = "30.00") -> Play:
    play = Play(rules)
    play.register()
    accepted(play.do("bei", "charge-person", charged=person, charge=amount))
    return play


def appeal(play: Play, who: str, line: str = "L1"):
    return play.do(who, "appeal-ledger-line", ledger_line=line, line_appeal_reason="不是我的班")


def rule(play: Play, who: str, ruling: str, line: str = "L1", **more: str):
    return play.do(
        who, "rule-on-ledger-appeal", ledger_line=line, line_ruling=ruling, line_ruling_reason="看过班表", **more
    )


def test_only_the_person_charged_may_appeal_and_once():
    play = charged()
    assert codes(appeal(play, "nan")) == ["not-charged"]
    accepted(appeal(play, "zhao"))
    assert play.case.ledger["L1"].status == "appealed"
    assert codes(appeal(play, "zhao")) == ["appealed"]
    assert codes(appeal(play, "zhao", "L7")) == ["no-line"]


def test_a_ruling_is_given_by_whoever_is_no_party_and_is_a_duty_with_a_clause():
    play = charged()
    accepted(appeal(play, "zhao"))
    duty = play.case.duties["appeal.ledger:L1"]
    assert duty.roles == ("boss",), "the approver proposed it, so the next in line rules"
    assert codes(rule(play, "bei", "uphold")) == ["own-proposal"]
    assert codes(rule(play, "zhao", "waive")) == ["own-line"]
    assert codes(rule(play, "nan", "waive")) == ["not-yours"]
    assert codes(rule(play, "gao", "change")) == ["required"]
    accepted(rule(play, "gao", "change", line_ruled_amount="12.50"))
    line = play.case.ledger["L1"]
    assert (line.status, line.amount, line.appeal.amount, line.appeal.ruled_by) == ("proposed", "12.50", "30.00", "gao")
    assert play.case.duties["appeal.ledger:L1"].status == "met"
    told = {event.person for event in play.log if type(event).__name__ == "NoticeRaised" and event.effect == "ruled"}
    assert told == {"zhao", "bei"}


def test_an_approval_and_an_appeal_may_cross():
    play = charged(RULES.replace("by: manager\n  within: 4 h", "by: boss\n  within: 4 h"))
    accepted(appeal(play, "zhao"))
    accepted(play.vote("gao", "confirm-charge#1", True))
    assert play.case.ledger["L1"].status == "appealed", "confirmed, but the appeal is still to be ruled on"
    accepted(rule(play, "gao", "uphold"))
    assert play.case.ledger["L1"].status == "confirmed"
    play = charged(RULES.replace("by: manager\n  within: 4 h", "by: boss\n  within: 4 h"))
    accepted(appeal(play, "zhao"))
    accepted(play.vote("gao", "confirm-charge#1", False, "没有道理"))
    assert play.case.ledger["L1"].status == "waived"
    assert play.case.duties["appeal.ledger:L1"].status == "cancelled"


def test_waived_by_the_ruling_nobody_need_approve_it_any_more():
    play = charged()
    accepted(appeal(play, "zhao"))
    accepted(rule(play, "gao", "waive"))
    assert play.case.ledger["L1"].status == "waived"
    assert play.case.requests["confirm-charge#1"].status == "withdrawn"


def test_a_fine_on_a_role_is_appealed_by_whoever_holds_it_and_confirmed_when_upheld():
    play = Play(RULES)
    play.register()
    play.wait(11)
    assert play.case.ledger["L1"].kind == "fine" and play.case.ledger["L1"].clauses == ("t-1",)
    assert codes(appeal(play, "nan")) == ["not-charged"], "she manages another shop"
    answer = accepted(appeal(play, "bei"))
    assert any("t-1" in event.clauses for event in answer.events)
    accepted(rule(play, "gao", "uphold"))
    assert play.case.ledger["L1"].status == "confirmed"


def test_a_written_rule_says_who_rules_and_how_long_one_may_object():
    play = Play(RULES + WRITTEN)
    play.register()
    play.wait(11)
    accepted(appeal(play, "bei"))
    duty = play.case.duties["appeal.fines:L1"]
    assert duty.roles == ("boss",), "the manager is charged, so the next named rules"
    assert duty.clauses == ("t-1",) and duty.due == MONDAY_NINE + timedelta(hours=2, minutes=11)
    late = Play(RULES + WRITTEN)
    late.register()
    late.wait(3 * 24 * 60)
    assert codes(appeal(late, "bei")) == ["too-late"]


def test_the_acts_have_no_place_where_no_line_is_mine():
    play = charged()
    offered = {o.act.id for o in offers(play.stage.pack, play.case, play.actor("nan"), play.stage.now, play.stage)}
    assert not offered & {"appeal-ledger-line", "rule-on-ledger-appeal"}
    mine = {
        o.act.id: o.allowed for o in offers(play.stage.pack, play.case, play.actor("zhao"), play.stage.now, play.stage)
    }
    assert mine["appeal-ledger-line"]


PEOPLE = st.sampled_from(["zhao", "bei", "nan", "gao"])
LINES = st.sampled_from(["L1", "L2", "L3"])
STEPS = st.one_of(
    st.tuples(st.just("charge"), st.sampled_from(["zhao", "nan", "gao"]), st.integers(1, 9999)),
    st.tuples(st.just("appeal"), PEOPLE, LINES),
    st.tuples(st.just("rule"), PEOPLE, LINES, st.sampled_from(["uphold", "waive", "change"]), st.integers(0, 9999)),
    st.tuples(st.just("vote"), PEOPLE, st.integers(1, 3), st.booleans()),
    st.tuples(st.just("excuse"), PEOPLE),
    st.tuples(st.just("wait"), st.integers(1, 300)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=14))
def test_whatever_is_charged_appealed_and_ruled_the_ledger_holds_together(steps):
    play = Play(RULES)
    play.register()
    for step in steps:
        _take(play, step)
    case = play.case
    for line in case.ledger.values():
        open_ruling = any(
            d.live and d.cause == line.line and d.rule.startswith("appeal.") for d in case.duties.values()
        )
        assert (line.status == "appealed") == open_ruling
        if line.appeal and line.appeal.ruling:
            assert line.appeal.ruled_by not in (line.person, line.by, line.appeal.by)
        assert line.amount == "" or Decimal(line.amount).as_tuple().exponent == -2
    assert fold("A", (decode(encode(event)) for event in play.log)) == case
    assert decode_case(encode_case(case)) == case


def _take(play: Play, step) -> None:
    match step:
        case ("charge", person, fen):
            play.do("bei", "charge-person", charged=person, charge=f"{fen / 100:.2f}")
        case ("appeal", who, line):
            appeal(play, who, line)
        case ("rule", who, line, ruling, fen):
            rule(play, who, ruling, line, **({"line_ruled_amount": f"{fen / 100:.2f}"} if ruling == "change" else {}))
        case ("vote", who, number, approve):
            play.vote(who, f"confirm-charge#{number}", approve, "理由")
        case ("excuse", who):
            play.do(who, "excuse")
        case ("wait", minutes):
            play.wait(minutes)
