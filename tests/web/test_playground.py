"""The playground: an invented complaint, a clock wound by hand, and nothing of it in the real log."""

import re

import pytest
from tests.web.answers import led_to, text_of
from tests.web.conftest import COMPLAINT, Visitor, found_teahouse

from redress.cases.models import CaseEvent, CaseRecord
from redress.practice.models import Sandbox


def begun(visitor: Visitor, **posted: str) -> str:
    """Begins a sandbox and gives its address."""
    return led_to(visitor.post("/playground", posted))


@pytest.fixture
def lin(visit):
    return visit("lin")


@pytest.fixture
def registered_box(lin):
    box = begun(lin, start="2026-03-02T09:00")
    answer = lin.post(f"{box}/acts/register?who=lin", {**COMPLAINT, "unit": "east"})
    assert answer.status_code == 303, answer.content.decode()
    return box


def test_winding_the_clock_past_the_limit_brings_the_fine_the_notice_and_the_ladder(lin, registered_box):
    lin.post(f"{registered_box}/clock", {"to": "5m"})
    assert "罚款 ¥50" not in text_of(lin.get(registered_box))
    lin.post(f"{registered_box}/clock", {"to": "5m"})
    page = text_of(lin.get(registered_box))
    assert "「联系客户」逾期" in page and "建议记入台账：罚款 50 元，前厅" in page
    assert "通知店长" in page and "上报到东家" in page and "#teahouse-3" in page


def test_the_next_moment_is_when_something_comes_due(lin, registered_box):
    lin.post(f"{registered_box}/clock", {"to": "next"})
    assert "上报到东家" in text_of(lin.get(registered_box))  # the keeper's five minutes are over first
    lin.post(f"{registered_box}/clock", {"to": "next"})
    assert "「联系客户」逾期" in text_of(lin.get(registered_box))


def test_anybody_can_be_played_and_an_approval_answered(lin, registered_box):
    assert lin.post(f"{registered_box}/acts/compensate?who=lin", {"f-amount": "300"}).status_code == 303
    assert "批准" in text_of(lin.get(f"{registered_box}?who=chen"))
    refused = lin.post(f"{registered_box}/approvals/compensation%231?who=chen", {"answer": "refuse"})
    assert refused.status_code == 422
    lin.post(f"{registered_box}/approvals/compensation%231?who=chen", {"answer": "approve"})
    assert "「赔付批准」已获批准" in text_of(lin.get(registered_box))


def test_what_is_refused_cites_its_clause_and_is_no_step(lin, registered_box):
    answer = lin.post(f"{registered_box}/acts/close?who=lin")
    assert answer.status_code == 422 and "还没有联系客户，不得结案" in answer.content.decode()
    assert Sandbox.objects.get().moves.count('"at"') == 1


def test_a_step_is_taken_back_and_so_is_what_it_brought(lin, registered_box):
    lin.post(f"{registered_box}/clock", {"to": "1h"})
    assert "罚款 ¥50" in text_of(lin.get(registered_box))
    lin.post(f"{registered_box}/undo")
    page = text_of(lin.get(registered_box))
    assert "罚款 ¥50" not in page and "<strong>09:00</strong>" in page


def test_a_story_is_followed_step_by_step(lin):
    box = begun(lin, story="a hair in the tea")
    assert "茶里有一根头发" in text_of(lin.get(box)) and "09:04" in text_of(lin.get(box))
    for _step in range(4):
        lin.post(f"{box}/story")
    page = text_of(lin.get(box))
    assert "情景走完了" in page and "「赔付批准」已获批准" in page and "案件进入「已了结」阶段" in page


def test_a_report_that_comes_round_counts_the_sandboxs_own_cases_of_its_period(lin, registered_box, visit):
    visit("lin").post("/desk", {**COMPLAINT, "unit": "east"})  # a real one of the same week: not counted
    assert "到期的报表" not in text_of(lin.get(registered_box))
    lin.post(f"{registered_box}/clock", {"date": "2026-03-17T09:00"})
    reports = text_of(lin.get(registered_box)).split('id="h-reports"')[1].split('id="h-', 1)[0]
    told = re.sub(r"<[^>]+>", " ", reports).split()
    weeks = [told[index + 1 : index + 4] for index, word in enumerate(told) if word == "周报"]
    assert weeks[0] == ["2026-W10", "东街店", "1"], "the one with a complaint stands first"
    assert sorted(weeks[1:]) == [["2026-W10", "西街店", "0"], ["2026-W11", "东街店", "0"], ["2026-W11", "西街店", "0"]]
    first = told[: told.index("西街店")]
    assert first[first.index("投诉件数") + 1 :][:2] == ["重大", "1"] and "#teahouse-9" in reports
    assert told.count("这段时间没有。") == 3


def test_nothing_of_it_enters_the_real_log(lin, registered_box):
    lin.post(f"{registered_box}/clock", {"to": "1d"})
    assert CaseEvent.objects.count() == CaseRecord.objects.count() == 0
    assert "茶里有异物" not in lin.get("/cases?q=茶").content.decode() + lin.get("/").content.decode()


def test_a_colleague_looks_on_and_goes_on_in_a_copy(visit, registered_box):
    chen = visit("chen")
    assert "登记投诉" in text_of(chen.get(registered_box))
    for address, posted in (("/clock", {"to": "1h"}), ("/undo", {}), ("/acts/contact", {"f-reached": "no"})):
        assert chen.post(registered_box + address, posted).status_code == 403
    own = chen.post(f"{registered_box}/copy")["Location"]
    assert chen.post(own.split("?")[0] + "/clock", {"to": "1h"}).status_code == 303
    assert "罚款 ¥50" in text_of(chen.get(own)) and "罚款 ¥50" not in text_of(chen.get(registered_box))


def test_another_organisation_sees_nothing_of_it(visit, registered_box):
    found_teahouse("rival")
    stranger = Visitor("lin", "rival")
    nowhere = "/playground/00000000-0000-4000-8000-000000000000"
    for path in ("", "/acts/contact"):
        assert stranger.get(registered_box + path).status_code == stranger.get(nowhere + path).status_code == 403
    assert stranger.post(f"{registered_box}/copy").status_code == 403


def test_the_page_costs_a_few_queries_however_far_the_clock_was_wound(
    lin, registered_box, django_assert_max_num_queries
):
    lin.post(f"{registered_box}/clock", {"date": "2026-04-02T09:00"})
    with django_assert_max_num_queries(8):
        lin.get(registered_box)


def test_in_english_only_the_customers_own_words_stay_chinese(visit):
    gao = visit("gao", language="en")
    box = begun(gao, story="nobody calls in time")
    gao.post(f"{box}/clock", {"to": "1h"})
    for page in (text_of(gao.get("/playground")), text_of(gao.get(box))):
        for own in (
            "等位一个小时没有人招呼",
            "茶里有一根头发，客人要求当面道歉",
            "孟***",
            "孟**",
            "孟*",
            'lang="zh-Hans">中文',
            'lang="zh-Hans">闻过',
            "简体中文",
            "繁體中文",
        ):
            page = page.replace(own, "")
        assert re.findall(r"[\u4e00-\u9fff]+", page) == []


def test_a_step_done_later_is_compared_with_the_course_taken(lin):
    box = begun(lin, story="a hair in the tea")
    lin.post(f"{box}/story")  # the call, after four minutes
    lin.post(f"{box}/clock", {"to": "1h"})
    page = text_of(lin.get(f"{box}/compare?step=2&later=10"))
    assert "按时" in page and "晚了 4 分" in page and "¥0" in page and "¥50.00" in page and "#teahouse-3" in page
    assert lin.get(f"{box}/compare?step=3").status_code == 403  # only time passed in this step
