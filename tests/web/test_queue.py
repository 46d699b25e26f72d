"""The queue: narrowed by what stands in the address, in two orders, and taken along as a table."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from tests.web.conftest import MONDAY, registered

from redress.cases import case_file
from redress.clocks.sweep import sweep
from redress.policy.engine.commands import Perform


@pytest.fixture
def four(visit) -> dict[str, str]:
    """Ids of four complaints: late, quiet, of the other shop, closed."""
    lin, wang = visit("lin"), visit("wang")
    made = {
        "late": registered(lin.at(0)),
        "quiet": registered(lin.at(1), **{"f-level": "normal", "f-channel": "phone"}),
        "west": registered(wang.at(2), unit="west", **{"f-level": "normal"}),
        "closed": registered(lin.at(3), **{"f-level": "normal"}),
    }
    ids = {name: address.rsplit("/", 1)[1] for name, address in made.items()}
    case_file.act(
        ids["closed"], Perform("contact", {"reached": True, "said": "好"}), "lin", MONDAY + timedelta(minutes=4)
    )
    case_file.act(ids["closed"], Perform("close"), "lin", MONDAY + timedelta(minutes=5))
    sweep(MONDAY + timedelta(minutes=30))
    return ids


def shown(visitor, query: str) -> list[str]:
    return [str(row.case_id) for row, _ in visitor.get(f"/cases?{query}").context["rows"]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["closed", "west", "quiet", "late"]),
        ("late=1", ["late"]),
        ("open=1", ["west", "quiet", "late"]),
        ("open=0", ["closed"]),
        ("unit=east", ["closed", "quiet", "late"]),
        ("unit=house", ["closed", "west", "quiet", "late"]),
        ("unit=house&alone=1", []),
        ("channel=phone", ["quiet"]),
        ("owner=wang", ["west"]),
        ("owner=wang&open=1", ["west"]),
        ("closed=today", ["closed"]),
        ("closed=2026-03-01", []),
        ("arrived=today&level=major", ["late"]),
        ("arrived=30d", ["closed", "west", "quiet", "late"]),
        ("arrived=2026-03-01", []),
        ("sort=due", ["late", "quiet", "west"]),
        ("sort=due&late=1", ["late"]),
        ("due=24h", []),
        ("due=72h", ["quiet", "west"]),
        ("kind=standing", []),
        ("arrived=nonsense&due=x&after=x", []),
    ],
)
def test_what_stands_in_the_address_narrows_the_list(visit, four, query, names):
    assert shown(visit("gao").at(30), query) == [four[name] for name in names]


def test_cases_found_alike_are_listed_only_to_who_may_see_the_one_they_are_like(visit, four):
    gao = visit("gao").at(30)
    assert sorted(shown(gao, f"linked={four['quiet']}&kind=any")) == sorted([four["quiet"], four["late"]])
    assert shown(visit("wang").at(30), f"linked={four['quiet']}") == []
    assert shown(gao, "linked=nothing") == []


def test_pages_in_due_order_follow_on_each_other(visit, four, monkeypatch):
    monkeypatch.setattr("redress.web.views.queue.ROWS", 1)
    for person in ("gao", "lin"):
        visitor, query, seen = visit(person).at(30), "sort=due", []
        for _ in range(4):
            answer = visitor.get(f"/cases?{query}")
            seen += [str(row.case_id) for row, _ in answer.context["rows"]]
            query = answer.context["older"].removeprefix("?")
            if not query:
                break
        expected = ["late", "quiet", "west"] if person == "gao" else ["late", "quiet"]
        assert seen == [four[name] for name in expected]


def test_counts_stand_beside_the_filters_when_they_are_fresh(visit, four):
    gao = visit("gao").at(30)
    assert all(quick.count is None for quick in gao.get("/cases").context["quick"])
    gao.get("/board")
    assert [quick.count for quick in gao.get("/cases").context["quick"]] == [1, 0, 3, 4, 1, None]
    assert [quick.count for quick in visit("wang").at(31).get("/cases").context["quick"]] == [0, 0, 1, 1, 0, None]
    assert all(quick.count is None for quick in gao.at(60).get("/cases").context["quick"])


def test_the_list_is_taken_along_as_it_is_shown(visit, four):
    answer = visit("lin").at(30).get("/cases/export?format=csv&unit=east&open=1")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and "李*" in lines[1] and "李四" not in answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]
    sheet = visit("wang").at(30).get("/cases/export?format=xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2 and "西街店" in rows[1]
    assert visit("lin").get("/cases/export?format=exe").status_code == 403


def test_a_text_that_a_spreadsheet_would_run_stays_a_text(visit):
    lin = visit("lin")
    registered(lin, **{"f-content": "=HYPERLINK(1)"})
    assert ",'=HYPERLINK(1)," in lin.get("/cases/export?format=csv").content.decode()
