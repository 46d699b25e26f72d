"""Callbacks: the queue of those who may call, the call sheet, tries, independence, and the month's figures with their cases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import registered

from redress.cases.models import CaseDuty, CaseEvent

HTMX = {"HX-Request": "true"}


def compensated(visit, clerk: str = "lin", unit: str = "east", minute: float = 0, **fields: str) -> str:
    """A complaint whose compensation was approved: a callback is due. Gives the address of its page."""
    lin, approver = visit(clerk).at(minute), visit("gao").at(minute)
    case = registered(lin, unit, **fields)
    assert lin.post(f"{case}/acts/compensate", {"f-amount": "800"}).status_code == 303
    assert approver.post(f"{case}/approvals/compensation%231", {"answer": "approve"}).status_code == 303
    return case


def call(visitor, case: str, **values: str):
    form = {"f-" + name: value for name, value in values.items()}
    return visitor.post(f"{case}/acts/ask-after?duty=ask-after&from=callbacks", {**form, "from": "callbacks"})


def test_the_call_sheet_says_whom_what_and_how(visit):
    compensated(visit)
    page = visit("chen").get("/callbacks").content.decode()
    for words in (
        "赔付后回访，问是否满意", "茶里有异物", "申请赔付", "¥800",  # what to do, what about, what was done
        "还有哪里不妥", "首问人不得回访自己接的投诉", "#teahouse-20",  # what to ask, what the policy says
        "*****78", "显示号码", "没联系上", 'class="chip satisfied"', 'class="chip dissatisfied"',
    ):  # fmt: skip
        assert words in page, words
    assert "13812345678" not in page and "李四" not in page


def test_showing_the_number_is_logged(visit):
    case = compensated(visit)
    chen = visit("chen")
    address = f"/callbacks/{case.rsplit('/', 1)[1]}/telephone"
    answer = chen.post(address, {"field": "phone"}, headers=HTMX)
    assert 'href="tel:13812345678"' in answer.content.decode()
    assert CaseEvent.objects.filter(kind="Revealed", actor="chen").count() == 1
    assert chen.post(address, {"field": "customer"}, headers=HTMX).status_code == 403


def test_what_the_customer_said_ends_the_call_and_is_counted(visit):
    for said, text in (("satisfied", "茶凉"), ("dissatisfied", "茶里有异物")):
        case = compensated(visit, **{"f-content": text})
        assert call(visit("chen"), case, liked=said)["Location"] == "/callbacks"
    assert sorted(CaseDuty.objects.filter(work="callback").values_list("outcome", flat=True)) == [
        "dissatisfied",
        "satisfied",
    ]
    chen = visit("chen").at(3 * 24 * 60)
    page = chen.get("/callbacks").content.decode()
    for words in ("50%", "本月 2 件中 1 件", "100%"):
        assert words in page, words
    behind = chen.get("/callbacks?list=dissatisfied").content.decode()
    assert "茶里有异物" in behind and "茶凉" not in behind


def test_a_late_call_is_found_behind_the_rate(visit):
    compensated(visit)
    page = visit("chen").at(3 * 24 * 60).get("/callbacks?list=late").content.decode()
    assert "0%" in page and "茶里有异物" in page
    assert "茶里有异物" not in visit("wang").at(3 * 24 * 60).get("/callbacks?list=late").content.decode()


def test_a_try_that_reached_nobody_is_kept_and_the_call_stays(visit):
    case = compensated(visit)
    chen = visit("chen")
    address = f"/callbacks/{case.rsplit('/', 1)[1]}/tries"
    again = "2026-03-02T15:00:00+08:00"
    posted = {"duty": "ask-after", "channel": "phone", "again": again, "note": "无人接听"}
    assert chen.post(address, posted).status_code == 303
    page = chen.get("/callbacks").content.decode()
    assert "还在队列里" in page and "试过 1 次" in page and "无人接听" in page and "今天 15:00" in page
    assert "没有联系上（电话），03-02 15:00 再试：无人接听" in chen.get(case).content.decode()


def test_a_try_that_lies_in_the_past_is_refused(visit):
    case = compensated(visit)
    posted = {"duty": "ask-after", "again": "2026-03-01T15:00:00+08:00"}
    answer = visit("chen").post(f"/callbacks/{case.rsplit('/', 1)[1]}/tries", posted)
    assert answer.status_code == 422 and "下次回访须在现在之后" in answer.content.decode()


def test_whoever_took_the_complaint_may_not_make_its_call(visit):
    case = compensated(visit)
    lin = visit("lin")
    page = lin.get("/callbacks").content.decode()
    assert "首问人不得回访自己接的投诉" in page and "data-outcome" not in page
    assert call(lin, case, liked="satisfied").status_code == 422
    tries = lin.post(f"/callbacks/{case.rsplit('/', 1)[1]}/tries", {"duty": "ask-after"})
    assert tries.status_code == 422


@pytest.mark.parametrize("person", ["wang", "zhao"])
def test_others_see_nothing_of_it(visit, person):
    case = compensated(visit)
    other, case_id = visit(person), case.rsplit("/", 1)[1]
    page = other.get(f"/callbacks?call={case_id}:ask-after").content.decode()
    assert "茶里有异物" not in page
    assert other.post(f"/callbacks/{case_id}/tries", {"duty": "ask-after"}).status_code == 403
    assert other.post(f"/callbacks/{case_id}/telephone", {"field": "phone"}).status_code == 403


def test_a_stranger_is_sent_to_the_sign_in(client, teahouse):
    assert client.get("/callbacks")["Location"].startswith("/sign-in?next=")


def test_the_pulse_counts_the_calls(visit):
    compensated(visit)
    assert visit("chen").get("/pulse").json()["counts"]["callbacks"] == 1


def test_the_page_costs_the_same_however_many_wait(visit):
    compensated(visit)
    chen = visit("chen")
    chen.get("/callbacks")
    spent = []
    for more in (0, 4):
        for _ in range(more):
            compensated(visit)
        with CaptureQueriesContext(connection) as queries:
            chen.get("/callbacks")
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 13, spent
