"""Registering a complaint at the desk."""

import re

from tests.web.conftest import COMPLAINT, registered
from tests.web.test_attachments import photo

from redress.cases.models import CaseRecord


def test_the_form_is_that_of_the_policy(visit):
    page = visit("lin").get("/desk").content.decode()
    for name in (
        "f-customer",
        "f-phone",
        "f-content",
        "f-happened",
        "f-level",
        "f-channel",
        "f-table",
        "f-loss",
        "f-accused",
    ):
        assert f'name="{name}"' in page
    assert "重大" in page and "先道歉，再了解情况" in page


def test_a_registered_complaint_leads_to_its_case_with_what_is_now_due(visit):
    lin = visit("lin")
    page = lin.get(registered(lin)).content.decode()
    assert "CG2026-0001" in page and "茶里有异物" in page
    assert "联系客户" in page and "data-due=" in page


def test_what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost(visit):
    answer = visit("lin").post("/desk", {**COMPLAINT, "f-customer": "", "f-table": "十二"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“客户姓名”必须填写" in page and "“桌号”请写整数" in page
    assert "茶里有异物" in page and 'value="十二"' in page and 'aria-invalid="true"' in page


def test_full_width_digits_and_a_local_time_are_understood(visit, teahouse):
    lin = visit("lin")
    registered(lin, **{"f-loss": "￥１２８.５", "f-table": "１２", "f-happened": "2026-03-02T08:30"})
    state = CaseRecord.objects.get().state
    assert '"loss":"128.5"' in state and '"table":12' in state and '"happened":"2026-03-02T08:30:00+08:00"' in state


def test_somebody_without_a_seat_may_register_too(visit):
    zhao = visit("zhao")
    assert registered(zhao, unit="west").startswith("/cases/")


def test_a_form_sent_twice_is_one_complaint(visit):
    lin = visit("lin")
    once = {**COMPLAINT, "unit": "east", "form-token": "a-token-of-the-form"}
    first, second = lin.post("/desk", once), lin.post("/desk", once)
    assert first.status_code == second.status_code == 303 and first["Location"] == second["Location"]
    assert CaseRecord.objects.count() == 1


def test_the_same_form_with_another_story_asks_before_it_registers_again(visit):
    lin = visit("lin")
    once = {**COMPLAINT, "unit": "east", "form-token": "a-token-of-the-form"}
    lin.post("/desk", once)
    answer = lin.post("/desk", {**once, "f-content": "结账多收了钱"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "已经登记过了" in page and "结账多收了钱" in page
    token = re.search(r'name="form-token" value="([^"]+)"', page)
    assert token and token[1] != once["form-token"]
    assert lin.post("/desk", {**once, "f-content": "结账多收了钱", "form-token": token[1]}).status_code == 303
    assert CaseRecord.objects.count() == 2


def test_after_registering_the_next_thing_to_do_and_the_receipt_are_told(visit):
    lin = visit("lin")
    case = registered(lin)
    page = lin.get(case).content.decode()
    assert "已登记 CG2026-0001。下一步：联系客户（今天 09:10 前）。" in page and f'href="{case}/receipt"' in page


def test_the_receipt_has_number_answer_and_code_and_no_personal_data(visit):
    lin = visit("lin")
    page = lin.get(registered(lin) + "/receipt").content.decode()
    assert "CG2026-0001" in page and "联系客户" in page and "03-02 09:10" in page
    assert '<svg class="qr"' in page and "*****78" in page
    assert "13812345678" not in page and "李四" not in page


def test_a_photo_taken_at_the_desk_is_on_the_case(visit):
    lin = visit("lin")
    page = lin.get("/desk").content.decode()
    assert 'capture="environment"' in page and 'accept="image/*"' in page
    token = re.search(r'name="form-token" value="([^"]+)"', page)[1]
    assert lin.post("/uploads", {"form-token": token, "u-": photo("cup.jpg"), "field": ""}).status_code == 200
    registered(lin, **{"form-token": token})
    assert "cup.jpg" in CaseRecord.objects.get().state
