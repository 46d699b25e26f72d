"""Compensation worksheets, authority over split offers, draft checks, cases that join, and whose time it was."""

import itertools
from datetime import timedelta

import pytest
from engine_stage import MONDAY_NINE, Play, accepted, codes

from redress.policy.engine.commands import Register
from redress.policy.engine.decide import Refused
from redress.policy.engine.drafts import findings, simplified
from redress.policy.engine.facts import Facts
from redress.policy.engine.holders import by_holder, stretches
from redress.policy.engine.offers import offers
from redress.policy.engine.worksheet import worksheet
from redress.policy.engine.world import CLOCK
from redress.policy.formula import Formula, FormulaError

WAGES = """
- field: rest_days
  type: number
- field: daily_income
  type: money
- field: certificate
  type: file
- field: offer
  type: money
- field: insured
  type: yes-no
- act: fill-in
  who: clerk
  form: [optional rest_days, optional daily_income, optional certificate, optional insured]
- act: make-offer
  who: manager
  form: [offer]
- compensation: injury
  clauses: [t-1]
  acts: make-offer
  amount: offer
  items:
    - item: wages
      clauses: [t-1]
      needs: [certificate]
      amount: rest_days * daily_income
      at most: "3000"
      payer: [{payer: insurer, when: insured}, company]
    - item: goodwill
      amount: "50"
      payer: company
"""


def sheet_of(play: Play):
    facts = Facts(play.stage.pack, play.case, play.stage.now, play.stage, CLOCK)
    return worksheet(play.stage.pack, play.stage.pack.compensations["injury"], facts)


def test_a_line_stays_locked_until_its_evidence_is_there_and_says_what_is_missing():
    play = Play(WAGES)
    play.register()
    accepted(play.do("bei", "fill-in", rest_days=7, daily_income="150.55"))
    line = sheet_of(play).lines[0]
    assert line.amount is None and line.missing[0].field == "certificate" and line.missing[0].clauses == ("t-1",)
    accepted(play.do("bei", "fill-in", certificate=["scan.pdf"]))
    assert str(sheet_of(play).lines[0].amount) == "1053.85"
    assert str(sheet_of(play).total) == "1103.85"


def test_a_line_is_capped_and_paid_by_whoever_the_contract_names():
    play = Play(WAGES)
    play.register()
    accepted(play.do("bei", "fill-in", rest_days=90, daily_income="100.10", certificate=["a"], insured=True))
    sheet = sheet_of(play)
    assert [(str(line.amount), line.payer) for line in sheet.lines] == [("3000.00", "insurer"), ("50.00", "company")]
    assert (str(sheet.total), str(sheet.own)) == ("3050.00", "50.00")


def test_an_offer_above_the_worksheet_is_refused_and_names_the_locked_lines():
    play = Play(WAGES)
    play.register()
    ruling = play.do("bei", "make-offer", offer="50.01")
    assert isinstance(ruling, Refused) and ruling.refusals[0].code == "worksheet" and "wages" in ruling.refusals[0].en
    accepted(play.do("bei", "make-offer", offer="50"))


@pytest.mark.parametrize(
    "text", ["__import__('os')", "a.b", "a ** 9", "[1]", "lambda: 1", "f(1)", "a if b else c", "'x' * 3", ""]
)
def test_a_formula_holds_nothing_but_arithmetic(text):
    with pytest.raises(FormulaError):
        Formula.parse(text)


def test_a_formula_rounds_half_up_to_the_fen_and_counts_days():
    values = {"a": "0.005", "from_day": "2026-02-27", "to_day": "2026-03-02", "$rate": "80", "$meal-rate": "12.5"}
    assert str(Formula.parse("a").value(values.get)) == "0.01"
    assert str(Formula.parse("days(from_day, to_day) * $rate").value(values.get)) == "240.00"
    assert str(Formula.parse("$meal-rate*2 - 1").value(values.get)) == "24.00"
    with pytest.raises(FormulaError, match="missing"):
        Formula.parse("missing + 1").value(values.get)


SPLIT = """
- act: settle
  who: manager
  form: [amount]
- pattern: same-customer
  same: phone
  within: 30 d
- authority: settling
  clauses: [t-1]
  acts: settle
  amount: amount
  per: PER
  pattern: same-customer
  limits: {manager: 500}
"""


def test_two_offers_on_one_case_that_together_exceed_the_limit_are_caught():
    play = Play(SPLIT.replace("PER", "case"))
    play.register(phone="13900000000")
    accepted(play.do("bei", "settle", amount="300"))
    assert codes(play.do("bei", "settle", amount="200.01")) == ["authority"]
    accepted(play.do("bei", "settle", amount="200"))


def test_a_sum_recorded_before_does_not_stand_in_the_way_of_the_next_offer():
    play = Play(SPLIT.replace("PER", "case"))
    play.register(phone="13900000000")
    accepted(play.do("bei", "settle", amount="400"))
    shown = {
        offer.act.id: offer.allowed
        for offer in offers(play.stage.pack, play.case, play.actor("bei"), play.stage.now, play.stage)
    }
    assert shown["settle"]


def test_offers_to_one_customer_on_two_cases_count_together():
    play = Play(SPLIT.replace("PER", "customer"))
    play.register(phone="13900000000")
    accepted(play.do("bei", "settle", amount="300"))
    data = {"shop": "north", "level": "high", "phone": "139 0000 0000"}
    play.stage.do("B", Register("north", data), play.actor("zhao"))
    from redress.policy.engine.commands import Perform

    ruling = play.stage.do("B", Perform("settle", {"amount": "201"}), play.actor("bei"))
    assert codes(ruling) == ["authority"]


def test_cases_alike_are_joined_and_the_rule_follows_on_each():
    play = Play("""
- pattern: same-fault
  clauses: [t-1]
  same: level
  at least: 3
  joins: yes
  then: [{mark: epidemic}]
""")
    play.register()
    for label in "BC":
        play.stage.do(label, Register("north", {"shop": "north", "level": "high"}), play.actor("zhao"))
    assert [sorted(case.marks) for case in play.stage.cases.values()] == [["epidemic"]] * 3
    assert set(play.case.links["same-fault"]) == {"B", "C"}


SAME_FAULT = """
- field: mended
  type: yes-no
- act: mend
  who: manager
  form: [mended]
- pattern: same-customer
  same: phone
- pattern: same-fault
  clauses: [t-1]
  same: level
  at least: 3
  RULE
  then: [{mark: epidemic}]
"""


def _complain(play, label, phone):
    play.stage.do(label, Register("north", {"shop": "north", "level": "high", "phone": phone}), play.actor("zhao"))
    return "epidemic" in play.stage.cases[label].marks


def test_three_complaints_of_two_customers_are_not_those_of_three():
    play = Play(SAME_FAULT.replace("RULE", "different by: same-customer"))
    calls = [("A", "1"), ("B", "1"), ("C", "2"), ("D", "2"), ("E", "3")]
    assert [_complain(play, *call) for call in calls] == [False, False, False, False, True]


def test_a_case_is_found_by_later_ones_once_its_field_says_so():
    from redress.policy.engine.commands import Perform

    play = Play(SAME_FAULT.replace("at least: 3", "at least: 2").replace("RULE", "found if: mended"))
    assert not _complain(play, "A", "1") and not _complain(play, "B", "2")
    play.stage.do("A", Perform("mend", {"mended": True}), play.actor("bei"))
    assert _complain(play, "C", "3")


DRAFTS = """
- field: reply
  type: long-text
- act: send-reply
  who: manager
  form: [reply]
- act: settle
  who: manager
  form: [amount]
- authority: settling
  acts: settle
  amount: amount
  limits: {manager: 500}
- phrase: no-guarantee
  clauses: [t-1]
  fields: reply
  words: [保证, 绝对]
  effect: block
  better: {zh: 我们会尽力, en: we will do our best}
- phrase: sums
  clauses: [t-1]
  fields: reply
  detects: sums
  beyond: settling
- phrase: others
  clauses: [t-1]
  fields: reply
  detects: personal
- phrase: polite
  fields: reply
  must hold: [感谢, 谢谢]
"""


def spots(text: str, **fields: object):
    play = Play(DRAFTS)
    play.register(**fields)
    facts = Facts(
        play.stage.pack, play.case, play.stage.now, play.stage, play.actor("bei"), {"reply": text}, "send-reply"
    )
    return [
        (found.refusal.rule, text[found.start : found.end])
        for found in findings(play.stage.pack.acts["send-reply"], facts)
    ]


def test_a_forbidden_word_is_marked_where_it_stands_in_either_script():
    assert spots("谢谢。我们保證退款") == [("no-guarantee", "保證")]
    assert simplified("保證賠償") == "保证赔偿"


def test_sums_beyond_the_writers_authority_are_marked_and_smaller_ones_are_not():
    assert spots("感谢，退您 500 元") == []
    assert spots("感谢，退您 500.01元，另补 ¥1,200 和 2万元") == [
        ("sums", "500.01元"),
        ("sums", "¥1,200"),
        ("sums", "2万元"),
    ]


def test_another_persons_phone_is_marked_but_not_the_customers_own():
    assert spots("谢谢，致电 13900000000 或 13811112222", phone="139-0000-0000") == [("others", "13811112222")]


def test_what_must_be_said_and_is_not_is_a_finding_without_a_place():
    assert spots("已处理") == [("polite", "")]


def test_a_blocking_finding_stops_the_act_and_a_warning_does_not():
    play = Play(DRAFTS)
    play.register()
    assert codes(play.do("bei", "send-reply", reply="谢谢，绝对没问题")) == ["draft"]
    done = accepted(play.do("bei", "send-reply", reply="已处理"))
    assert [warning.rule for warning in done.warnings] == ["polite"]


def test_every_minute_of_a_case_belongs_to_one_holder_and_the_parts_add_up():
    play = Play("""
- duty: first
  after: register
  who: clerk
  within: 30 min
- duty: second
  after: met first
  who: manager
  within: 60 min
- act: wait-for-customer
  who: manager
  then: [{pause: second}]
- act: go-on
  who: manager
  then: [{resume: second}]
""")
    play.register()
    play.wait(40)
    accepted(play.do("bei", "first"))
    play.wait(10)
    accepted(play.do("bei", "wait-for-customer"))
    play.wait(100)
    accepted(play.do("bei", "go-on"))
    play.wait(5)
    accepted(play.do("bei", "second"))
    play.wait(7)
    accepted(play.do("zhao", "close"))
    held = {holder: time for (holder, _), time in by_holder(play.case, play.stage.now).items()}
    assert held == {
        "clerk": timedelta(minutes=40),
        "manager": timedelta(minutes=15),
        "waiting": timedelta(minutes=100),
        "nobody": timedelta(minutes=7),
    }
    parts = stretches(play.case, play.stage.now)
    assert parts[0].start == MONDAY_NINE and parts[-1].end == play.case.closed_at
    assert all(one.end == two.start for one, two in itertools.pairwise(parts))
    assert [part.late for part in parts[:2]] == [False, True]
