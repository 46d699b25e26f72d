"""Registering a complaint at the desk."""

from tests.web.conftest import COMPLAINT, registered


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
    from redress.cases.models import CaseRecord

    lin = visit("lin")
    registered(lin, **{"f-loss": "￥１２８.５", "f-table": "１２", "f-happened": "2026-03-02T08:30"})
    state = CaseRecord.objects.get().state
    assert '"loss":"128.5"' in state and '"table":12' in state and '"happened":"2026-03-02T08:30:00+08:00"' in state


def test_somebody_without_a_seat_may_register_too(visit):
    zhao = visit("zhao")
    assert registered(zhao, unit="west").startswith("/cases/")
