"""The unit board: its figures are those of the lists they open, and it shows nobody more than they may see."""

import re
from datetime import timedelta

import pytest
from tests.web.conftest import MONDAY, registered

from redress.cases import case_file, tallies
from redress.policy.engine.commands import Perform, Register


def figure(page, name: str) -> tuple[int, str]:
    """A big number and the list that it opens."""
    text = page.content.decode()
    found = re.search(rf'<a href="([^"]+)"[^>]*data-figure="{name}"><span class="figure">(\d+)', text)
    assert found, text
    return int(found[2]), found[1].replace("&amp;", "&")


def listed(visitor, link: str) -> int:
    answer = visitor.get(link)
    assert answer.status_code == 200
    return len(answer.context["rows"])


@pytest.fixture
def morning(visit):
    """Five complaints: one long late, one of the other shop, one closed, one the keeper of the first shop may not see."""
    lin, wang = visit("lin"), visit("wang")
    for minute in (0, 1):
        registered(lin.at(minute), **{"f-level": "major" if minute == 0 else "normal"})
    registered(wang.at(2), unit="west", **{"f-level": "normal", "f-phone": "13999999999"})
    registered(lin.at(3), **{"f-accused": "chen", "f-phone": "13777777777", "f-level": "normal"})
    closed = registered(lin.at(4), **{"f-level": "normal", "f-phone": "13666666666"}).rsplit("/", 1)[1]
    case_file.act(closed, Perform("contact", {"reached": True, "said": "好"}), "lin", MONDAY + timedelta(minutes=5))
    case_file.act(closed, Perform("close"), "lin", MONDAY + timedelta(minutes=6))
    from redress.clocks.sweep import sweep

    sweep(MONDAY + timedelta(minutes=30))


@pytest.mark.parametrize("person", ["gao", "chen", "lin", "wang"])
def test_every_number_opens_a_list_of_as_many(visit, morning, person):
    visitor = visit(person).at(30)
    page = visitor.get("/board")
    for name in ("late", "due", "open", "arrived", "closed"):
        number, link = figure(page, name)
        assert listed(visitor, link) == number, (name, link)


def test_the_head_sees_all_units_and_a_keeper_only_the_own(visit, morning):
    gao = visit("gao").at(30).get("/board")
    assert figure(gao, "open")[0] == 4 and figure(gao, "late")[0] == 1 and figure(gao, "closed")[0] == 1
    assert "东街店" in gao.content.decode() and "西街店" in gao.content.decode()
    wang = visit("wang").at(30)
    assert figure(wang.get("/board"), "open")[0] == 1
    assert wang.get("/board?unit=east").status_code == wang.get("/board?unit=house").status_code == 403
    assert visit("zhao").get("/board").status_code == 403


def test_who_is_kept_out_of_a_case_does_not_find_it_counted(visit, morning):
    assert figure(visit("lin").at(30).get("/board"), "open")[0] == 3
    chen = visit("chen").at(30).get("/board")
    assert figure(chen, "open")[0] == 2 and figure(chen, "arrived")[0] == 3


def test_what_comes_up_again_is_told_with_its_cases(visit, morning):
    gao = visit("gao").at(30)
    page = gao.get("/board").content.decode()
    assert "同一电话再次投诉" in page
    link = re.search(r'/cases\?linked=[^"]+', page)[0].replace("&amp;", "&")
    assert listed(gao, link) == 2


def test_today_is_compared_with_the_same_weekday(visit, teahouse):
    for weeks in range(1, 4):
        for number in range(2):
            at = MONDAY - timedelta(weeks=weeks) + timedelta(minutes=number)
            case_file.register(
                teahouse, Register("east", {"customer": "李", "content": "x", "level": "normal"}), "lin", at
            )
    late = MONDAY - timedelta(weeks=1) + timedelta(hours=5)
    case_file.register(teahouse, Register("east", {"customer": "李", "content": "x", "level": "normal"}), "lin", late)
    assert "平常到此时 2" in visit("gao").at(30).get("/board").content.decode()


def test_a_large_house_is_counted_by_the_worker_and_the_page_says_as_of_when(visit, morning, monkeypatch, settings):
    from redress.clocks.tasks import tally_cases

    gao = visit("gao").at(30)
    gao.get("/board")
    monkeypatch.setattr(tallies, "QUICK", -1)
    registered(visit("lin").at(31))
    page = gao.at(32).get("/board")
    assert "截至 09:30" in page.content.decode() and figure(page, "open")[0] == 4
    tally_cases.func(0)
    assert figure(gao.at(33).get("/board"), "open")[0] == 5


def test_a_board_asks_the_same_few_questions_however_many_cases_there_are(
    visit, morning, django_assert_max_num_queries
):
    gao = visit("gao").at(40)
    gao.get("/board")
    with django_assert_max_num_queries(30):
        gao.get("/board")
