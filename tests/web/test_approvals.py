"""Approvals: everything needed to decide on one page, only for those who are asked; then the next one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import registered

from redress.cases.models import CaseRecord


def asked(visitor, amount: str = "300", **fields: str) -> str:
    """A complaint for which compensation is asked; gives the address of its page."""
    case = registered(visitor, **fields)
    assert visitor.post(f"{case}/acts/compensate", {"f-amount": amount, "f-causes": ["tea"]}).status_code == 303
    return case


def test_everything_needed_to_decide_stands_on_one_page(visit):
    asked(visit("lin"), **{"f-loss": "128.50"})
    page = visit("chen").get("/approvals").content.decode()
    for words in (
        "赔付批准", "林悦 申请", "¥300", "茶里有异物", "东街店",  # what, by whom, how much, on which case
        "原因", "茶", "损失核算", "申请赔付",  # what was written, the worksheet, what was done
        "店长", "陈诚", "至多 500 元", "这一件归此", "东家", "不限",  # who signs, who may approve how much
        "标记", "记为逾期", "#teahouse-4", "您以店长的身份答复",
    ):  # fmt: skip
        assert words in page, words


def test_the_customer_stays_masked(visit):
    asked(visit("lin"))
    page = visit("chen").get("/approvals").content.decode()
    assert "13812345678" not in page and "李四" not in page and "*****78" in page


def test_after_an_answer_the_next_one_is_laid_out(visit):
    lin, chen = visit("lin"), visit("chen")
    first = asked(lin)
    asked(lin, "200", **{"f-content": "等位太久"})
    page = chen.get("/approvals").content.decode()
    assert page.count("data-request") == 2
    answer = chen.post(f"{first}/approvals/compensation%231", {"answer": "approve", "from": "approvals"})
    assert answer["Location"] == "/approvals"
    page = chen.get("/approvals").content.decode()
    assert "已批准。" in page and "等位太久" in page and "data-request" not in page
    assert "h-answered" in page and "CG2026-0001" in page


def test_whoever_asked_sees_what_became_of_it(visit):
    lin, chen = visit("lin"), visit("chen")
    case = asked(lin)
    assert "等待答复" in lin.get("/approvals").content.decode()
    chen.post(f"{case}/approvals/compensation%231", {"answer": "refuse", "reason": "证据不足"})
    assert "未批准" in lin.get("/approvals").content.decode()


def test_a_sum_beyond_the_keeper_goes_to_the_owner(visit):
    asked(visit("lin"), "800")
    assert "没有等您答复的申请" in visit("chen").get("/approvals").content.decode()
    assert "¥800" in visit("gao").get("/approvals").content.decode()


def test_a_stranger_is_sent_to_the_sign_in(client, teahouse):
    assert client.get("/approvals")["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("person", ["wang", "zhao"])
def test_others_see_nothing_of_it(visit, person):
    case = asked(visit("lin"))
    page = visit(person).get(f"/approvals?request={case.rsplit('/', 1)[1]}:compensation%231").content.decode()
    assert "茶里有异物" not in page and "¥300" not in page
    assert visit(person).get(f"{case}/approvals/compensation%231").status_code == 403


def test_an_answer_that_nobody_gave_is_none(visit):
    case = asked(visit("lin"))
    chen = visit("chen")
    answer = chen.post(f"{case}/approvals/compensation%231", {"reason": "x"})
    assert answer.status_code == 422 and "请选择批准或不批准" in answer.content.decode()
    assert '"status":"asked"' in CaseRecord.objects.get().state


def test_the_page_costs_the_same_however_many_wait(visit):
    lin, chen = visit("lin"), visit("chen")
    asked(lin)
    chen.get("/approvals")
    spent = []
    for more in (0, 4):
        for _ in range(more):
            asked(lin)
        with CaptureQueriesContext(connection) as queries:
            chen.get("/approvals")
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 14, spent
