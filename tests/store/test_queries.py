"""Work lists, the queue and the search show what somebody may see, and nothing else."""

from datetime import timedelta

import pytest
from tests.store.canteen import MONDAY, complain

from redress.cases import case_file
from redress.cases.queries import Filters, counts, earlier, like_the_same, my_work, queue, search
from redress.cases.queries.reach import Reach
from redress.policy.engine.commands import Perform

pytestmark = pytest.mark.django_db


def at(canteen: str, person: str, minute: int = 60):
    return case_file.desk(canteen, person, MONDAY + timedelta(minutes=minute))


def test_work_is_mine_by_seat_or_by_name_and_the_late_comes_first(canteen: str) -> None:
    complain(canteen, minute=0)
    complain(canteen, minute=5)
    complain(canteen, unit="west", minute=1, actor="wang")
    mine = my_work(at(canteen, "lin"))
    assert [(item.rule, item.case_unit) for item in mine] == [
        ("contact", "east"),
        ("contact", "east"),
        ("answer", "east"),
        ("answer", "east"),
    ]
    assert mine[0].due < mine[1].due < mine[2].due
    assert counts(at(canteen, "lin")) == (4, 2)
    assert {item.case_unit for item in my_work(at(canteen, "chen"))} == {"east", "west"}
    assert my_work(at(canteen, "zhao")) == []
    assert len(my_work(at(canteen, "lin"), limit=1)) == 1


def test_what_is_done_leaves_the_list(canteen: str) -> None:
    done = complain(canteen)
    case_file.act(done.case_id, Perform("contact"), "lin", MONDAY + timedelta(minutes=2))
    assert [item.rule for item in my_work(at(canteen, "lin"))] == ["answer"]


def test_the_queue_shows_ones_own_units_newest_first(canteen: str) -> None:
    first, second = complain(canteen, minute=0), complain(canteen, minute=1)
    other = complain(canteen, unit="west", minute=2, actor="wang")
    assert [row.case_id for row in queue(at(canteen, "lin")).rows] == [second.case_id, first.case_id]
    assert [row.case_id for row in queue(at(canteen, "gao")).rows] == [other.case_id, second.case_id, first.case_id]
    assert queue(at(canteen, "sun")).rows == []


def test_a_part_in_a_case_shows_it_and_a_recusal_hides_it(canteen: str) -> None:
    reported = complain(canteen, actor="zhao", accused="chen")
    assert [row.case_id for row in queue(at(canteen, "zhao")).rows] == [reported.case_id]
    assert queue(at(canteen, "chen")).rows == []
    assert my_work(at(canteen, "chen")) == []
    assert search(at(canteen, "chen"), "异物").rows == []


@pytest.mark.parametrize("person", ["gao", "chen", "lin"])
def test_pages_follow_on_each_other_without_a_gap_or_a_double(canteen: str, person: str) -> None:
    made = [complain(canteen, minute=minute // 2).case_id for minute in range(7)]
    seen, place = [], None
    for _ in range(4):
        page = queue(at(canteen, person), after=place, limit=2)
        seen += [row.case_id for row in page.rows]
        place = page.older
    assert place is None
    assert sorted(seen) == sorted(made) and len(seen) == 7


def test_filters_narrow_the_queue(canteen: str) -> None:
    major = complain(canteen, minute=1, level="major", channel="phone")
    complain(canteen, minute=2)
    gao = at(canteen, "gao", 40)
    case_file.tick(major.case_id, MONDAY + timedelta(minutes=40))
    for narrow in (Filters(level="major"), Filters(channel="phone"), Filters(late=True)):
        assert [row.case_id for row in queue(gao, narrow).rows] == [major.case_id], narrow
    assert len(queue(gao, Filters(stage="registered", unit="house")).rows) == 2
    assert queue(gao, Filters(stage="closed")).rows == queue(gao, Filters(unit="west")).rows == []


@pytest.mark.parametrize("person", ["gao", "lin"])
@pytest.mark.parametrize(
    "text",
    [
        "鱼",
        "鱼刺",
        "有鱼刺卡喉",
        "0013",
        "138-0013",
        "王小明",
        "明",
        "CT2026-0001",
        "ct2026-0001",
        "鱼 王",
        "ＣＴ２０２６－０００１",
    ],
)
def test_any_part_of_any_word_finds_the_case(canteen: str, person: str, text: str) -> None:
    fish = complain(canteen, content="红烧鱼里有鱼刺卡喉咙", customer="王小明", phone="13800138000")
    complain(canteen, content="排队太久", minute=1)
    assert [row.case_id for row in search(at(canteen, person), text).rows] == [fish.case_id]


@pytest.mark.parametrize("text", ["龙虾", "刺鱼", "9999", "'; --", "%", "***"])
def test_what_is_not_there_is_not_found(canteen: str, text: str) -> None:
    complain(canteen, content="红烧鱼里有鱼刺")
    assert search(at(canteen, "gao"), text).rows == []


def test_words_too_rare_for_the_walk_are_found_by_their_grams(canteen: str, monkeypatch) -> None:
    monkeypatch.setattr("redress.cases.queries.listing.STEPS", (1, 1))
    fish = complain(canteen, content="红烧鱼里有鱼刺")
    for minute in range(1, 6):
        complain(canteen, content="排队太久", minute=minute)
    for person in ("gao", "lin"):
        assert [row.case_id for row in search(at(canteen, person), "鱼刺").rows] == [fish.case_id]
        assert search(at(canteen, "sun"), "鱼刺").rows == []


@pytest.mark.parametrize("person", ["gao", "lin"])
def test_a_walk_that_ends_early_says_where_to_look_on(canteen: str, person: str, monkeypatch) -> None:
    monkeypatch.setattr("redress.cases.queries.listing.STEPS", (1, 2))
    mine = complain(canteen, actor="zhao")
    for minute in range(1, 6):
        complain(canteen, minute=minute)
    narrow = Filters(owner="zhao")
    page = queue(at(canteen, person), narrow)
    assert page.rows == [] and page.older is not None
    assert [row.case_id for row in queue(at(canteen, person), narrow, page.older).rows] == [mine.case_id]


def test_a_unit_whose_walk_ends_sooner_loses_no_case_to_older_ones_of_another(canteen: str, monkeypatch) -> None:
    monkeypatch.setattr("redress.cases.queries.listing.STEPS", (2, 3))
    monkeypatch.setattr("redress.cases.queries.listing.reach_of", lambda *_: Reach(False, ("east", "west")))
    older = [complain(canteen, unit="west", minute=minute, actor="wang", level="major").case_id for minute in (1, 2)]
    newer = complain(canteen, minute=9, level="major").case_id
    for minute in range(10, 14):
        complain(canteen, minute=minute)
    seen, place = [], None
    for _ in range(12):
        page = queue(at(canteen, "sun"), Filters(level="major"), place, limit=1)
        seen += [row.case_id for row in page.rows]
        place = page.older
        if place is None:
            break
    assert place is None and seen == [newer, *reversed(older)]


@pytest.mark.parametrize(
    "narrow",
    [
        Filters(level="major"),
        Filters(channel="phone", text="异物"),
        Filters(level="major", stage="registered", unit="east"),
    ],
)
def test_a_rare_level_is_found_by_the_index(canteen: str, monkeypatch, narrow: Filters) -> None:
    monkeypatch.setattr("redress.cases.queries.listing.STEPS", (1, 1))
    major = complain(canteen, level="major", channel="phone")
    for minute in range(1, 6):
        complain(canteen, minute=minute)
    for person in ("gao", "lin"):
        assert [row.case_id for row in queue(at(canteen, person), narrow).rows] == [major.case_id]


def test_a_filter_nobody_could_have_chosen_finds_nothing(canteen: str) -> None:
    complain(canteen)
    assert queue(at(canteen, "gao"), Filters(level="o'hara \\ \" &:* x")).rows == []


def test_a_customer_is_known_again_by_number_by_its_last_digits_or_by_name(canteen: str) -> None:
    old = complain(canteen, minute=0, phone="+86 138-1234-5678", content="饭菜凉了")
    new = complain(canteen, minute=1, phone="13812345678", customer="李四")
    named = complain(canteen, minute=2, phone="13900000000", customer="李 四")
    other = complain(canteen, unit="west", minute=3, actor="wang", phone="13812345678")

    def found(person: str, phone: str = "", name: str = "") -> list[object]:
        return [row.case_id for row in earlier(at(canteen, person), phone, name)]

    assert found("lin", "138 1234 5678") == found("lin", "5678") == [new.case_id, old.case_id]
    assert found("gao", "１３８１２３４５６７８") == [other.case_id, new.case_id, old.case_id]
    assert found("lin", "678") == found("lin", "1381") == found("lin", "", "李") == []
    assert found("lin", "5678", "李四") == [new.case_id, old.case_id, named.case_id]
    assert found("zhao", "5678") == []


def test_an_open_complaint_of_the_same_number_about_the_same_looks_like_the_same_matter(canteen: str) -> None:
    complain(canteen, phone="13812345678", content="饭菜里有头发，要求退钱")
    row = earlier(at(canteen, "lin"), "13812345678", "")[0]
    assert like_the_same(row, "还是那件事：饭菜里有头发，一直没退钱")
    assert not like_the_same(row, "今天收银多收了十块")
