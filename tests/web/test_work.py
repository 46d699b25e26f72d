"""My work: in groups by how near a duty is, for whom, done in place; and the pulse that keeps an open page true."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import MONDAY, registered

from redress.clocks.sweep import sweep
from redress.web.tasks import day_end, group_of

HTMX = {"HX-Request": "true"}


def groups(page: str) -> dict[str, int]:
    return {
        name: body.count('class="task"') for name, body in re.findall(r'data-group="(\w+)"(.*?)</section>', page, re.S)
    }


def test_duties_stand_in_the_group_of_their_due_time(visit):
    lin = visit("lin")
    registered(lin)
    registered(lin, **{"f-level": "normal"})
    assert groups(lin.get("/").content.decode()) == {"late": 0, "soon": 1, "today": 0, "later": 1}
    assert groups(lin.at(11).get("/").content.decode()) == {"late": 1, "soon": 0, "today": 0, "later": 1}


@pytest.mark.parametrize(
    ("minutes", "group"),
    [(-1, "late"), (0, "late"), (30, "soon"), (31, "today"), (15 * 60 - 1, "today"), (15 * 60, "later")],
)
def test_the_boundaries_are_those_of_the_organisations_day(minutes, group):
    assert group_of(MONDAY + timedelta(minutes=minutes), MONDAY) == group
    assert day_end(MONDAY) == MONDAY + timedelta(hours=15)


def test_a_task_says_what_for_whom_by_when_and_which_clause(visit):
    lin = visit("lin")
    registered(lin)
    page = lin.get("/").content.decode()
    for words in ("联系客户", "CG2026-0001", "茶里有异物", "东街店", "今天 09:10", "#teahouse-2"):
        assert words in page, words


def test_what_is_done_in_place_leaves_the_rest_of_the_page_alone(visit):
    lin = visit("lin")
    case = registered(lin)
    answer = lin.post(f"{case}/acts/contact?duty=first-call&from=work", {"f-reached": "no"}, headers=HTMX)
    told = json.loads(answer["HX-Trigger"])["work:done"]
    assert answer["HX-Reswap"] == "none" and told["words"] == "已完成：联系客户"
    assert told["row"].startswith("row-slot-") and told["row"].endswith("-first-call")


def test_an_approval_is_answered_in_place(visit):
    lin, chen = visit("lin"), visit("chen")
    case = registered(lin)
    lin.post(f"{case}/acts/compensate", {"f-amount": "300"})
    page = chen.get("/").content.decode()
    assert "批准：赔付批准" in page and "¥300" in page
    address = f"{case}/approvals/compensation%231?from=work"
    form = chen.get(address, headers=HTMX).content.decode()
    assert 'value="refuse"' in form and "<html" not in form
    assert chen.post(address, {"answer": "refuse"}, headers=HTMX).status_code == 422
    answer = chen.post(address, {"answer": "approve", "from": "work"}, headers=HTMX)
    assert "已批准。" in json.loads(answer["HX-Trigger"])["work:done"]["words"]


def test_the_pulse_is_silent_while_nothing_changes(visit):
    lin = visit("lin")
    registered(lin, **{"f-level": "normal"})
    news = lin.get("/pulse").json()
    assert news["counts"] == {"work": 1, "approvals": 0, "callbacks": 0, "notices": 0} and news["urgent"] == []
    again = f"/pulse?print={news['print']}"
    assert lin.at(5).get(again).status_code == 204
    registered(lin)
    news = lin.get(again).json()
    assert news["counts"]["work"] == 2
    assert [one["line"] for one in news["urgent"]] == ["紧急：联系客户 · CG2026-0002"]


def test_a_duty_becomes_urgent_as_its_time_comes(visit):
    lin = visit("lin")
    registered(lin, **{"f-level": "normal"})
    news = lin.get("/pulse").json()
    wednesday = (2 * 24 + 8.6) * 60
    lin.at(wednesday)
    assert len(lin.get(f"/pulse?print={news['print']}").json()["urgent"]) == 1


def test_the_pulse_of_one_says_nothing_of_anothers_work(visit):
    registered(visit("lin"))
    wang = visit("wang")
    assert wang.get("/pulse").json()["counts"]["work"] == 0
    assert "茶里有异物" not in wang.get("/duties").content.decode()


def test_strangers_have_no_pulse(client, teahouse):
    for address in ("/pulse", "/duties"):
        assert client.get(address)["Location"].startswith("/sign-in")


def test_ones_own_work_and_that_of_others_are_told_apart(visit, teahouse):
    from redress.people.models import Person, StandIn

    lin, wang = (Person.objects.get(organisation=teahouse, slug=name) for name in ("lin", "wang"))
    StandIn.objects.create(person=wang, for_person=lin, role="", from_date=date(2026, 3, 2), to_date=date(2026, 3, 2))
    registered(visit("lin"))
    registered(visit("wang"), "west", **{"f-content": "等位太久"})
    page = visit("wang").get("/").content.decode()
    assert "替林悦" in page and groups(page)["soon"] == 2
    own, others = (visit("wang").get(f"/duties?whose={whose}").content.decode() for whose in ("own", "others"))
    assert "等位太久" in own and "茶里有异物" not in own
    assert "茶里有异物" in others and "等位太久" not in others


def test_work_is_narrowed_to_a_unit(visit):
    for clerk, unit, text in (("lin", "east", "茶里有异物"), ("wang", "west", "等位太久")):
        registered(visit(clerk), unit, **{"f-content": text})
    gao = visit("gao").at(16)
    sweep(MONDAY + timedelta(minutes=16))
    both, west = gao.get("/").content.decode(), gao.get("/?unit=west").content.decode()
    assert "茶里有异物" in both and "等位太久" in both
    assert "茶里有异物" not in west and "等位太久" in west


def test_the_page_costs_the_same_however_much_waits(visit, teahouse):
    lin = visit("lin")
    registered(lin)
    lin.get("/")
    spent = []
    for more in (0, 8):
        for _ in range(more):
            registered(lin)
        for address in ("/", "/pulse"):
            with CaptureQueriesContext(connection) as queries:
                lin.get(address)
            spent.append(len(queries))
    assert spent[:2] == spent[2:], spent
    assert spent[0] <= 16 and spent[1] <= 10, spent
