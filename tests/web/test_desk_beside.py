"""What stands beside the form at the desk: suggestions, what would follow, the customer's earlier complaints, calls for help."""

from datetime import date
from pathlib import Path

import pytest
from tests.web.conftest import COMPLAINT, MONDAY, Visitor, registered
from tests.web.test_costs import counting

from redress.cases.models import CaseEvent, CaseRecord

SHIPPED = Path(__file__).resolve().parents[2] / "packs"


def beside(visitor: Visitor, part: str, **typed: str) -> str:
    answer = visitor.post(f"/desk/{part}", typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_word_of_the_description_suggests_a_level_with_its_clause(visit):
    page = beside(visit("lin"), "hints", **{"f-content": "客人的手被热茶烫伤了"})
    assert 'data-take="f-level" data-value="major"' in page
    assert "<mark>烫伤</mark>" in page and "#teahouse-2" in page
    assert "data-take" not in beside(visit("lin"), "hints", **{"f-content": "没有人烫伤"})
    assert "data-take" not in beside(visit("lin"), "hints", **{"f-content": "烫伤", "f-level": "major"})


def test_what_registering_would_set_going_is_shown_and_nothing_is_kept(visit):
    lin = visit("lin")
    page = beside(lin, "hints", **{"f-content": "茶凉了", "f-level": "major", "unit": "east", "f-table": "十二"})
    assert "联系客户" in page and "今天 09:10" in page
    assert not CaseRecord.objects.exists() and not CaseEvent.objects.exists()


def test_earlier_complaints_of_the_number_are_shown_within_reach_and_masked(visit):
    lin, wang = visit("lin"), visit("wang")
    case = registered(lin, **{"f-content": "等位一小时没有人招呼"})
    page = beside(lin, "earlier", **{"f-phone": "138 1234 5678", "f-content": "又是等位"})
    assert "等位一小时没有人招呼" in page and case in page and "李*" in page and "李四" not in page
    assert "等位一小时没有人招呼" in beside(lin, "earlier", **{"f-phone": "5678"})
    assert "只是同名" in beside(lin, "earlier", **{"f-customer": "李四"})
    assert "等位" not in beside(wang, "earlier", **{"f-phone": "13812345678", "f-customer": "李四"})


def test_what_looks_like_the_same_matter_leads_to_the_open_case(visit):
    lin = visit("lin")
    case = registered(lin, **{"f-content": "结账多收了两壶茶钱"})
    same = beside(lin, "earlier", **{"f-phone": "13812345678", "f-content": "上次结账多收了两壶茶钱，还没退"})
    assert "像是同一件事" in same and f'<a class="same" href="{case}"' in same
    other = beside(lin, "earlier", **{"f-phone": "13812345678", "f-content": "地上有水，差点滑倒"})
    assert "像是同一件事" not in other


def test_the_hints_cost_no_query_and_the_earlier_complaints_one(visit, monkeypatch):
    lin = visit("lin")
    registered(lin)
    for part, statements in (("hints", 3), ("earlier", 4)):
        with counting(monkeypatch) as told:
            beside(lin, part, **{"f-phone": "13812345678", "f-customer": "李四", "f-content": "茶里有异物"})
        assert len(told) == statements, "\n".join(told)


def test_what_a_page_asks_for_by_itself_is_only_refused_once_the_sign_in_has_expired(client, teahouse):
    headers = {"HX-Request": "true", "X-Background": "yes", "HX-Current-URL": "http://testserver/desk"}
    assert client.post("/desk/hints", {}, headers=headers).status_code == 401


def test_a_form_posted_after_the_sign_in_expired_goes_there_and_comes_back(client, teahouse):
    answer = client.post("/desk", COMPLAINT)
    assert answer.status_code == 302 and answer["Location"] == "/sign-in?next=/desk"
    answer = client.post("/desk", COMPLAINT, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/desk"})
    assert answer["HX-Redirect"] == "/sign-in?next=/desk" and answer["X-Sign-In"] == "yes"


@pytest.fixture
def mall(db, settings) -> str:
    """A policy that has calls for help."""
    from django.contrib.auth.hashers import make_password

    from redress.people.founding import found
    from redress.policy.scenarios.organisation import read_organisation

    settings.PACKS_DIR = SHIPPED
    written = read_organisation(SHIPPED / "mall" / "organisation.yaml")
    found("mall", "mall", written, MONDAY, from_date=date(2020, 1, 1), password_hash=make_password("secret-for-tests"))
    return "mall"


HURT = {"f-department": "food", "f-category": "injury", "f-channel": "on-site", "f-key_points": "滑倒，起不来"}


def test_the_buttons_are_those_of_the_policys_own_calls(mall):
    page = Visitor("mei", "mall").get("/desk").content.decode()
    assert "<strong>120</strong>" in page and "<strong>110</strong>" in page and "119" not in page


def test_a_policy_without_such_calls_has_no_buttons(visit):
    assert 'class="calls"' not in visit("lin").get("/desk").content.decode()


def test_a_call_shows_its_number_and_what_follows(mall):
    page = beside(Visitor("mei", "mall").at(3), "calls", calling="call-120.ambulance", **HURT)
    assert 'href="tel:120"' in page and "尽快送正规医院诊治" in page and "mall-1.6-2" in page
    assert "09:03:00 已拨打 120" in page and "call-120.ambulance@2026-03-02T09:03:00+08:00" in page
    assert beside(Visitor("mei", "mall"), "calls", calling="no-such").strip() == ""


def test_a_call_made_before_the_registration_stands_on_the_case_with_its_moment(mall):
    mei = Visitor("mei", "mall").at(5)
    call = "call-120.ambulance@2026-03-02T09:03:20+08:00"
    page = mei.get(mei.post("/desk", {**HURT, "call": call})["Location"]).content.decode()
    assert '"act":"call-120"' in CaseRecord.objects.get().state and "09:03:20 在登记台拨打 120" in page
    assert CaseEvent.objects.filter(kind__icontains="duty", body__contains="to-hospital").exists()


def test_what_is_missing_keeps_the_call_and_its_moment(mall):
    call = "call-120.ambulance@2026-03-02T09:03:20+08:00"
    answer = Visitor("mei", "mall").at(5).post("/desk", {"call": call})
    assert answer.status_code == 422 and f'value="{call}"' in answer.content.decode()


def test_a_form_on_a_case_says_what_its_story_speaks_for(visit):
    lin = visit("lin")
    case = registered(lin, **{"f-content": "茶凉了，没有人来换"})
    assert "据“茶凉”，可能是“茶”" in lin.get(f"{case}/acts/compensate").content.decode()
    other = registered(lin, **{"f-content": "多收了钱"})
    assert "可能是" not in lin.get(f"{other}/acts/compensate").content.decode()
