"""The policy as a document, drawn from its rules, and with what became of each clause."""

from datetime import timedelta

import pytest
from django.utils import translation
from tests.web.conftest import MONDAY, registered

from redress.cases import case_file
from redress.clocks.sweep import sweep
from redress.people.packs import with_settings
from redress.policy.engine.commands import Perform
from redress.web.policy_pages import authority, calendars, deadlines, ladders


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def pack(teahouse):
    with translation.override("zh-hans"):
        yield with_settings("teahouse", {})


def test_the_document_can_be_narrowed_to_what_the_system_does_by_itself(visit):
    lin = visit("lin")
    whole, runs = text(lin.get("/policy")), text(lin.get("/policy?shows=enforced"))
    assert "先道歉，再了解情况" in whole and 'id="teahouse-2"' in whole
    assert 'id="teahouse-8"' not in runs and 'id="teahouse-2"' in runs


@pytest.mark.parametrize("page", ["deadlines", "ladders", "authority", "calendar", "roles", "versions"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_picture_can_be_seen_by_everybody_in_both_languages(teahouse, visit, page, language):
    assert "<h1>" in text(visit("zhao", language=language).get(f"/policy/{page}"))


def test_deadlines_lie_on_one_axis_by_their_length(pack):
    found = {one.duty: one for one in deadlines.deadlines(pack)}
    call = found["first-call"]
    assert [mark.working for mark in call.marks] == [False, True] and call.first < call.last
    assert found["upward.keeper"].last < found["comment-book"].last < call.last
    assert [one.duty for one in deadlines.deadlines(pack, "owner-of-house")] == [
        "upward.owner",
        "approval.compensation",
    ]
    assert deadlines.place(1) == 0 and deadlines.place(365 * 24 * 60) == 100 and deadlines.place(10**9) == 100


def test_a_ladder_says_when_each_rung_is_reached_if_nobody_answers(pack):
    (ladder,) = ladders.ladders(pack)
    assert [stair.since for stair in ladder.stairs] == ["立即", "5 分 0 秒后"] or ladder.stairs[1].since.startswith(
        "5 分"
    )
    assert [stair.who for stair in ladder.stairs] == ["店长", "东家"]


def test_sums_decide_who_approves(pack):
    chain = next(one for one in authority.matrix(pack).chains if one.name == "赔付批准")
    assert [(band.role, band.words) for band in chain.bands] == [("店长", "至 500 元"), ("东家", "超过 500 元")]
    assert chain.asked_by == ("申请赔付",)


def test_a_year_whose_holidays_are_not_published_is_said_to_be_unknown(pack):
    office = next(one for one in calendars.calendars(pack, MONDAY.date()) if one.id == "office")
    this, following = office.years
    assert this.published and any(special.sort == "makeup" for special in this.specials)
    late = calendars.calendars(pack, MONDAY.date().replace(year=2090))
    unknown = next(one for one in late if one.id == "office").years[0]
    assert not unknown.published and {"unknown", "unknown off"} == {square.sort for square in unknown.squares}
    assert following.year == 2027


def test_a_roles_page_says_what_is_asked_of_it(visit):
    page = text(visit("lin").get("/policy/roles/front-desk"))
    for words in ("联系客户", "申请赔付", "现在是饭点", "还没有联系客户，不得结案", "里不得写：保证", "先道歉"):
        assert words in page, words
    assert visit("lin").get("/policy/roles/nobody").status_code == 403


def test_a_clause_tells_how_it_went_in_the_cases_one_may_see(visit):
    lin = visit("lin")
    late = registered(lin.at(0)).rsplit("/", 1)[1]
    met = registered(lin.at(1), **{"f-level": "normal", "f-content": "茶凉了"}).rsplit("/", 1)[1]
    case_file.act(met, Perform("contact", {"reached": True, "said": "好"}), "lin", MONDAY + timedelta(minutes=2))
    sweep(MONDAY + timedelta(minutes=30))
    answer = lin.at(30).get("/policy/clauses/teahouse-2")
    (call,) = answer.context["duties"]
    assert (call.opened, call.in_time, call.late, call.open) == (2, 1, 1, 1)
    assert [str(one.case_id) for one in answer.context["bitten"]] == [late, met]
    fined = visit("lin").at(30).get("/policy/clauses/teahouse-3").context["ledger"]
    assert [(one.kind, one.lines, one.amount) for one in fined] == [("fine", 1, 50)]
    theirs = visit("wang").at(30).get("/policy/clauses/teahouse-2")
    assert theirs.context["duties"] == [] and "茶凉了" not in text(theirs)
    assert lin.get("/policy/clauses/nothing").status_code == 403
