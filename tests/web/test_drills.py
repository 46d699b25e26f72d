"""Drills: an invented complaint against a fast clock; the clock is an input, so nothing here waits."""

import re

import pytest
from tests.web.answers import led_to, text_of
from tests.web.conftest import Visitor, found_teahouse

from redress.cases.models import CaseEvent
from redress.practice.models import Drill

STORY = {"story": "a hair in the tea", "label": "A", "speed": "10"}
TOLD = {
    "f-customer": "何女士",
    "f-phone": "13900000001",
    "f-content": "茶里有一根头发",
    "f-level": "major",
    "f-channel": "counter",
    "unit": "east",
}


def begun(visitor: Visitor, **more: str) -> str:
    return led_to(visitor.post("/drills", {**STORY, **more}))


@pytest.fixture
def lin(visit):
    return visit("lin")


@pytest.fixture
def drill(lin):
    """A drill in which Lin has registered; ten of its minutes are one of ours."""
    address = begun(lin)
    assert lin.post(f"{address}/acts/register", TOLD).status_code == 303
    return address


def test_what_can_be_practised_depends_on_what_ones_roles_do(visit):
    assert "茶里有一根头发" in text_of(visit("lin").get("/drills"))
    assert "没有您岗位的戏份" in text_of(visit("zhao").get("/drills"))
    assert visit("zhao").post("/drills", STORY).status_code == 403


def test_the_clock_runs_fast_and_stops_and_skips(lin, drill):
    assert "09:30" in text_of(lin.at(3).get(drill))
    lin.post(f"{drill}/clock", {"does": "stop"})
    assert "09:30" in text_of(lin.at(60).get(drill))
    lin.post(f"{drill}/clock", {"does": "run"})
    lin.post(f"{drill}/clock", {"speed": "60"})
    assert "10:30" in text_of(lin.at(61).get(drill))


def test_skipping_stops_short_of_ones_own_limit(lin, drill):
    lin.post(f"{drill}/clock", {"does": "skip"})
    page = text_of(lin.get(drill))
    assert "09:08" in page and "已逾期" not in page.split('id="drill-live"')[1].split("h-offers")[0]


def test_others_follow_when_the_trainee_has_done_their_part(lin, drill):
    lin.post(f"{drill}/acts/contact", {"f-reached": "yes", "f-said": "已道歉"})
    lin.at(1).post(f"{drill}/acts/compensate", {"f-amount": "300"})
    assert "已获批准" not in text_of(lin.at(2.9).get(drill))  # the keeper takes twenty minutes, as in the story
    assert "「赔付批准」已获批准" in text_of(lin.at(3.1).get(drill))


def test_the_review_says_clause_by_clause_what_was_late_and_what_was_forbidden(lin, drill):
    assert lin.post(f"{drill}/acts/close").status_code == 422
    lin.at(1.5).post(f"{drill}/acts/contact", {"f-reached": "yes", "f-said": "我们保证不再发生", "confirmed": "yes"})
    lin.post(f"{drill}/end")
    page = text_of(lin.get(drill))
    assert "晚了 5 分" in page and "重大投诉10分钟内联系客户" in page
    assert "情景里，登记后 4 分，林悦：联系客户" in page
    assert "被制度拦下" in page and "还没有联系客户，不得结案" in page
    assert "「保证」" in page and "可改为：我们会尽力" in page
    assert Drill.objects.get().result == {"met": 0, "late": 1, "missed": 0, "open": 0, "forbidden": 1, "words": 1}


def test_what_was_never_done_is_missed(lin, drill):
    lin.at(5).post(f"{drill}/end")
    page = text_of(lin.get(drill))
    assert "没有办" in page and "再练一次" in page
    assert lin.at(50).post(f"{drill}/acts/contact", {"f-reached": "yes", "f-said": "x"})["Location"] == drill
    assert "没有办" in text_of(lin.get(drill))


def test_a_form_left_incomplete_is_no_breach(lin, drill):
    assert lin.post(f"{drill}/acts/contact", {"f-reached": "yes"}).status_code == 422
    lin.post(f"{drill}/acts/contact", {"f-reached": "yes", "f-said": "已道歉"})
    lin.post(f"{drill}/end")
    assert Drill.objects.get().result["forbidden"] == 0 and "稳妥" in text_of(lin.get(drill))


def test_a_result_is_seen_by_oneself_and_by_the_head_of_the_unit_only(visit, lin, drill):
    chen, wang, gao = visit("chen"), visit("wang"), visit("gao")
    assert chen.get(drill).status_code == 403  # not while it goes on
    lin.post(f"{drill}/end")
    assert "逐条复盘" in text_of(chen.get(drill)) and "逐条复盘" in text_of(gao.get(drill))
    assert "林悦" in text_of(chen.get("/drills")) and drill in text_of(gao.get("/drills"))
    assert wang.get(drill).status_code == 403 and drill not in text_of(wang.get("/drills"))
    assert chen.post(f"{drill}/end").status_code == 403


def test_another_organisation_sees_nothing_of_it_and_the_log_stays_empty(lin, drill):
    found_teahouse("rival")
    stranger = Visitor("lin", "rival")
    nowhere = "/drills/00000000-0000-4000-8000-000000000000"
    for path in ("", "/acts/contact"):
        assert stranger.get(drill + path).status_code == stranger.get(nowhere + path).status_code == 403
    assert CaseEvent.objects.count() == 0


def test_words_are_checked_while_they_are_typed(lin, drill):
    answer = lin.post(f"{drill}/acts/contact/draft", {"f-reached": "yes", "f-said": "我们保证"})
    assert "<mark>保证</mark>" in answer.content.decode()


def test_a_drill_costs_few_queries(lin, drill, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        lin.get(drill)
    with django_assert_max_num_queries(9):
        lin.get("/drills")


def test_in_english_only_the_customers_own_words_stay_chinese(visit):
    lin = visit("lin", language="en")
    address = begun(lin)
    lin.post(f"{address}/acts/register", {**TOLD, "f-content": "a hair", "f-customer": "He"})
    pages = [text_of(lin.get("/drills")), text_of(lin.get(address))]
    lin.at(5).post(f"{address}/end")
    pages.append(text_of(lin.get(address)))
    for page in pages:
        for own in ("茶里有一根头发，客人要求当面道歉", "何女士", 'lang="zh-Hans">闻过', "简体中文", "繁體中文"):
            page = page.replace(own, "")
        assert re.findall(r"[\u4e00-\u9fff]+", page) == []
