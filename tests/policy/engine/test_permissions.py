"""Who may do what: roles, deputies, gates, prohibitions, authority, forms, recusal, approvals."""

import pytest
from engine_stage import Play, accepted, codes

from redress.policy.engine.decide import Refused
from redress.policy.engine.permissions import permission
from redress.policy.engine.standing_of import may_read

RULES = """
- act: settle
  clauses: [t-1]
  who: manager
  form: [amount]
- authority: settling
  clauses: [t-1]
  acts: settle
  amount: amount
  limits: {deputy: 100, manager: 500}
- act: check-back
  who: clerk
- act: sign
  who: boss
  signs: yes
- gate: call-first
  clauses: [t-1]
  before: close
  needs: '"check-back" in done'
  say: {zh: 先回访, en: call back first}
- prohibition: third-call
  clauses: [t-1]
  acts: check-back
  when: 'times["check-back"] >= 2'
  instead: sign
- prohibition: no-phone
  acts: register
  when: phone == ""
  effect: warn
"""


def test_only_the_role_named_may_act_and_the_refusal_cites_the_clause():
    play = Play(RULES)
    play.register()
    ruling = play.do("zhao", "settle", amount="10")
    assert isinstance(ruling, Refused) and ruling.refusals[0].clauses == ("t-1",)
    assert codes(ruling) == ["not-yours"]


def test_a_manager_of_another_shop_has_no_say_here():
    play = Play(RULES)
    play.register(shop="north")
    assert codes(play.do("nan", "settle", amount="10")) == ["not-yours"]


def test_a_deputy_acts_in_their_own_name_for_the_manager():
    play = Play(RULES)
    play.register()
    done = accepted(play.do("dai", "settle", amount="99.90")).events[0]
    assert (done.by, done.role, done.stands_in_for) == ("dai", "deputy", "manager")


@pytest.mark.parametrize(
    ("who", "amount", "refused"),
    [("bei", "500.00", []), ("bei", "500.01", ["authority"]), ("dai", "100.01", ["authority"])],
)
def test_a_sum_beyond_the_limit_of_the_role_is_refused(who, amount, refused):
    play = Play(RULES)
    play.register()
    assert codes(play.do(who, "settle", amount=amount)) == refused


@pytest.mark.parametrize("amount", [12.5, "12.345", "-1", "abc", "NaN", "1e400", True])
def test_money_is_an_exact_sum_with_at_most_two_decimals(amount):
    play = Play(RULES)
    play.register()
    assert codes(play.do("bei", "settle", amount=amount)) != []


def test_a_gate_keeps_a_case_open_until_its_condition_holds():
    play = Play(RULES)
    play.register()
    assert codes(play.do("zhao", "close")) == ["gate"]
    accepted(play.do("bei", "check-back"))
    accepted(play.do("zhao", "close"))
    assert play.case.stage == "closed"


def test_a_forbidden_act_names_what_to_do_instead():
    play = Play(RULES)
    play.register()
    for _ in range(2):
        accepted(play.do("bei", "check-back"))
    ruling = play.do("bei", "check-back")
    assert isinstance(ruling, Refused)
    assert (ruling.refusals[0].code, ruling.refusals[0].instead) == ("forbidden", "sign")


def test_a_warning_lets_the_act_pass_and_is_kept_on_the_log():
    play = Play(RULES)
    assert [w.rule for w in accepted(play.register()).warnings] == ["no-phone"]
    assert play.log[1].warnings == ("no-phone",)


def test_a_closed_case_takes_no_more_acts_but_a_note_and_can_be_reopened():
    play = Play(RULES)
    play.register()
    play.do("bei", "check-back")
    play.do("zhao", "close")
    assert codes(play.do("bei", "settle", amount="1")) == ["closed"]
    accepted(play.do("zhao", "note", note="x"))
    accepted(play.do("zhao", "reopen", reason="y"))
    assert play.case.is_open


def test_unknown_fields_options_units_and_missing_ones_are_all_named_at_once():
    play = Play(RULES)
    ruling = play.register(level="middling", shop="north", colour="red", amount="x")
    assert isinstance(ruling, Refused)
    assert {(refusal.code, refusal.field) for refusal in ruling.refusals} == {
        ("unknown-field", "colour"), ("bad-value", "level"), ("bad-value", "amount"),
    }  # fmt: skip
    assert codes(Play(RULES).register(shop="nowhere")) == ["no-unit"]


def test_the_first_contact_is_never_overwritten():
    play = Play(RULES)
    play.register("zhao")
    ruling = play.do("bei", "name-person", person_slot="first-contact", person_named="bei")
    assert codes(ruling) == ["fixed"]
    assert play.case.people["first-contact"] == "zhao"


RECUSED = """
- field: accused
  type: person
- act: accuse
  who: staff
  form: [accused]
- act: handle
  who: manager
- recusal: keep-out
  clauses: [t-1]
  who: accused
  read: no
"""


def test_the_accused_neither_handles_nor_reads():
    play = Play(RECUSED)
    play.register()
    assert may_read(play.stage.pack, play.case, play.actor("bei"), play.stage)
    accepted(play.do("zhao", "accuse", accused="bei"))
    assert codes(play.do("bei", "handle")) == ["recused"]
    assert not may_read(play.stage.pack, play.case, play.actor("bei"), play.stage)
    assert may_read(play.stage.pack, play.case, play.actor("gao"), play.stage)


OUTRANKED = """
- field: accused
  type: person
- act: handle
  who: staff
- act: accuse
  who: staff
  form: [accused]
- recusal: by-somebody-above
  clauses: [t-1]
  who: accused
  acts: handle
  outranked: yes
"""


def test_only_somebody_above_the_accused_may_handle():
    play = Play(OUTRANKED)
    play.register()
    accepted(play.do("zhao", "handle"))
    accepted(play.do("zhao", "accuse", accused="bei"))
    assert codes(play.do("bei", "handle")) == ["recused"]
    assert codes(play.do("dai", "handle")) == ["recused"]
    assert codes(play.do("nan", "handle")) == ["recused"]
    accepted(play.do("gao", "handle"))


def test_a_plain_employee_sees_only_what_they_have_a_part_in():
    play = Play(RULES)
    play.register("zhao")
    assert may_read(play.stage.pack, play.case, play.actor("zhao"), play.stage)
    other = Play(RULES)
    other.register("bei")
    assert not may_read(other.stage.pack, other.case, other.actor("zhao"), other.stage)
    assert not may_read(other.stage.pack, other.case, other.actor("nan"), other.stage)


APPROVALS = """
- act: ask-more
  who: manager
  then: [{ask: more}]
- approval: more
  clauses: [t-1]
  by: [clerk, boss]
  order: ORDER
  within: 30 min
  if approved: [{mark: granted}]
  if refused: [{mark: denied}]
"""


def test_approvals_in_sequence_are_asked_one_after_the_other():
    play = Play(APPROVALS.replace("ORDER", "sequence"))
    play.register()
    accepted(play.do("dai", "ask-more"))
    assert codes(play.vote("gao", "more#1", True)) == ["not-yours"]
    accepted(play.vote("bei", "more#1", True))
    assert "granted" not in play.case.marks
    accepted(play.vote("gao", "more#1", True))
    assert "granted" in play.case.marks


def test_nobody_approves_their_own_request_and_a_refusal_needs_a_reason():
    play = Play(APPROVALS.replace("ORDER", "together"))
    play.register()
    accepted(play.do("bei", "ask-more"))
    assert codes(play.vote("bei", "more#1", True)) == ["own-request"]
    assert codes(play.vote("gao", "more#1", False)) == ["reason"]
    accepted(play.vote("gao", "more#1", False, "太多"))
    assert "denied" in play.case.marks
    assert not [duty for duty in play.case.live_duties() if duty.rule.startswith("approval.")]


def test_any_one_approval_is_enough_where_the_policy_says_any():
    play = Play(APPROVALS.replace("ORDER", "any"))
    play.register()
    play.do("dai", "ask-more")
    accepted(play.vote("gao", "more#1", True))
    assert "granted" in play.case.marks
    assert codes(play.vote("bei", "more#1", True)) == ["not-asked"]


def test_an_approval_has_its_own_clock():
    play = Play(APPROVALS.replace("ORDER", "any"))
    play.register()
    play.do("dai", "ask-more")
    play.wait(30)
    assert all(duty.late_at for duty in play.case.live_duties() if duty.rule == "approval.more")


def test_a_required_fact_may_stay_as_recorded_but_not_be_wiped_out():
    play = Play("- act: regrade\n  clauses: [t-1]\n  zh: 改级\n  en: regrade\n  who: clerk\n  form: [level]\n")
    accepted(play.register())
    accepted(play.do("bei", "regrade"))
    assert codes(play.do("bei", "regrade", level="")) == ["required"]
    assert play.case.fields["level"] == "high"


def test_what_a_duty_brings_waits_for_that_duty_even_where_it_meets_another():
    play = Play(
        """
- duty: track
  clauses: [t-1]
  zh: 跟进
  en: follow
  after: register
  who: clerk
  done by: judge
- act: call
  clauses: [t-1]
  zh: 联系
  en: call
  who: clerk
- duty: judge
  clauses: [t-1]
  zh: 判定
  en: judge
  after: call
  who: clerk
"""
    )
    accepted(play.register())
    assert codes(play.do("bei", "judge")) == ["no-such-duty"]
    accepted(play.do("bei", "call"))
    accepted(play.do("bei", "judge"))
    assert not play.case.live_duties()


ANEW = """
- field: way
  type: choice
  options: {listen: 倾听, divert: 转移}
- act: choose
  who: staff
  form: [{field: way, anew: yes}]
- prohibition: no-diverting-twice
  clauses: [t-1]
  acts: choose
  when: way == "divert" && times["choose"] > 0
"""


def test_an_earlier_answer_does_not_stand_in_the_way_of_a_new_one():
    play = Play(ANEW)
    play.register()
    accepted(play.do("zhao", "choose", way="divert"))
    asked = permission(
        play.stage.pack, play.case, "choose", play.actor("zhao"), play.stage.now, play.stage, {}, form=False
    )
    assert asked.granted
    assert codes(play.do("zhao", "choose", way="divert")) == ["forbidden"]
    assert codes(play.do("zhao", "choose")) == ["required"]
    accepted(play.do("zhao", "choose", way="listen"))


def test_an_empty_list_of_units_leaves_a_duty_with_the_unit_of_the_case():
    play = Play("""
- role: checker
  at: shops
- duty: check
  clauses: [t-1]
  after: register
  who: checker
""")
    accepted(play.register(shops=[]))
    assert play.case.duties["check"].unit == "north"
