"""Doing what the policy asks, on the case and from My work."""

import re

from tests.web.conftest import registered

from redress.cases.models import CaseRecord


def test_an_act_is_done_from_my_work_and_its_duty_is_gone(visit):
    lin = visit("lin")
    case = registered(lin)
    page = lin.get("/").content.decode()
    assert "联系客户" in page and "/acts/contact?duty=first-call" in page
    answer = lin.post(f"{case}/acts/contact?duty=first-call&from=work", {"f-reached": "yes", "f-said": "已道歉"})
    assert answer.status_code == 303 and answer["Location"] == "/"
    page = lin.get("/").content.decode()
    assert "已完成：联系客户" in page and "/acts/contact?duty=first-call" not in page


def test_a_form_opens_in_place_as_a_fragment(visit):
    lin = visit("lin")
    case = registered(lin)
    answer = lin.get(f"{case}/acts/contact", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page and 'name="f-reached"' in page and 'name="seq"' in page


def test_a_field_required_under_a_condition_is_asked_for(visit):
    lin = visit("lin")
    answer = lin.post(f"{registered(lin)}/acts/contact", {"f-reached": "yes"})
    assert answer.status_code == 422 and "“沟通内容”必须填写" in answer.content.decode()


def test_a_gate_tells_its_sentence_and_clause(visit):
    lin = visit("lin")
    case = registered(lin)
    page = lin.get(case).content.decode()
    assert "还没有联系客户，不得结案" in page and "#teahouse-5" in page
    assert lin.post(f"{case}/acts/close").status_code == 422


def test_a_warning_is_shown_and_may_be_confirmed(visit):
    lin = visit("lin")
    case = registered(lin)
    lin.at(180)
    form = {"f-reached": "no"}
    answer = lin.post(f"{case}/acts/contact", form)
    assert answer.status_code == 422 and "现在是饭点，不宜打电话" in answer.content.decode()
    assert 'name="confirmed"' in answer.content.decode()
    assert lin.post(f"{case}/acts/contact", {**form, "confirmed": "yes"}).status_code == 303


def test_whoever_is_overtaken_is_told_what_changed_and_keeps_what_they_typed(visit):
    lin, chen = visit("lin"), visit("chen")
    case = registered(lin)
    seen = CaseRecord.objects.get().seq
    assert (
        chen.post(f"{case}/acts/contact", {"f-reached": "yes", "f-said": "店长已致电", "seq": seen}).status_code == 303
    )
    answer = lin.post(f"{case}/acts/contact", {"f-reached": "yes", "f-said": "我也打了电话", "seq": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "案件有了变化" in page and "陈诚" in page and "我也打了电话" in page
    now = CaseRecord.objects.get().seq
    assert f'name="seq" value="{now}"' in page


def test_an_approval_is_answered_in_place_with_a_reason_for_refusing(visit):
    lin, chen = visit("lin"), visit("chen")
    case = registered(lin)
    assert lin.post(f"{case}/acts/compensate", {"f-amount": "300"}).status_code == 303
    assert "¥300" in chen.get("/").content.decode()
    address = f"{case}/approvals/compensation%231"
    assert chen.post(address, {"answer": "refuse"}).status_code == 422
    assert chen.post(address, {"answer": "approve", "from": "work"})["Location"] == "/"
    assert "已获批准" in chen.get(case).content.decode()


def test_nobody_approves_their_own_request(visit, teahouse):
    from datetime import date

    from redress.people.models import Appointment, Person, Unit

    unit = Unit.objects.get(organisation=teahouse, slug="east")
    Appointment.objects.create(
        person=Person.objects.get(slug="lin"), role="keeper", unit=unit, from_date=date(2026, 1, 1)
    )
    lin = visit("lin")
    case = registered(lin)
    lin.post(f"{case}/acts/compensate", {"f-amount": "300"})
    answer = lin.post(f"{case}/approvals/compensation%231", {"answer": "approve"})
    assert answer.status_code == 422 and "不得批准自己提出的申请" in answer.content.decode()


def test_a_late_duty_shows_its_fine_and_the_ladder_it_climbed(visit):
    lin = visit("lin")
    case = registered(lin)
    from datetime import timedelta

    from tests.web.conftest import MONDAY

    from redress.cases import case_file

    case_file.tick(case.rsplit("/", 1)[1], MONDAY + timedelta(minutes=30))
    page = lin.at(30).get(case).content.decode()
    assert "罚款 50 元" in page and "上报到东家" in page and "已逾期" in page
    assert "为什么是这个时限" in page


def test_whoever_is_told_reads_it_in_my_work_and_marks_it_read(visit):
    from datetime import timedelta

    from tests.web.conftest import MONDAY

    from redress.cases import case_file
    from redress.letters.relay import relay

    case = registered(visit("lin"))
    later = MONDAY + timedelta(minutes=30)
    case_file.tick(case.rsplit("/", 1)[1], later)
    relay(later)
    chen = visit("chen").at(30)
    page = chen.get("/").content.decode()
    assert "联系客户已逾期" in page
    ids = re.findall(r'name="notice" value="(\d+)"', page)
    assert chen.post("/notices", {"notice": ids}).status_code == 303
    assert "没有未读的通知。" in chen.get("/").content.decode()
