"""Several people and several clocks at once, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from tests.store.canteen import MONDAY, after, complain

from redress.cases import case_file
from redress.cases.case_file import Done, Stale
from redress.cases.models import CaseEvent, CaseRecord
from redress.cases.store.verify import Proof
from redress.clocks.sweep import sweep
from redress.policy.engine.commands import Perform, Register

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """What the tasks give, all started at the same moment."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_of_two_people_one_succeeds_and_the_other_is_told_what_changed(canteen: str) -> None:
    for minute in range(5):
        first = complain(canteen, minute=minute)
        seen = first.case.seq

        def act(act: str, person: str, data: dict[str, str], case_id=first.case_id, seen=seen):
            return case_file.act(case_id, Perform(act, data), person, after(9), expected_seq=seen)

        outcomes = at_once(
            lambda act=act: act("contact", "lin", {}), lambda act=act: act("propose", "chen", {"outcome": "退餐费"})
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Done", "Stale"]
        done = next(outcome for outcome in outcomes if isinstance(outcome, Done))
        stale = next(outcome for outcome in outcomes if isinstance(outcome, Stale))
        assert stale.actual == done.case.seq and stale.events == done.events


def test_numbers_have_no_gap_and_no_double_when_many_register_at_once(canteen: str) -> None:
    outcomes = at_once(*(lambda: [complain(canteen) for _ in range(5)] for _ in range(4)))
    numbers = sorted(done.case.numbers["paper"] for some in outcomes for done in some)
    assert numbers == [f"CT2026-{serial:04d}" for serial in range(1, 21)]


def test_cases_alike_registered_at_once_see_each_other(canteen: str) -> None:
    outcomes = at_once(*(lambda: complain(canteen, phone="13800138000") for _ in range(4)))
    assert sorted(len(done.case.links.get("same-phone", ())) for done in outcomes) == [0, 1, 2, 3]


def test_one_source_row_imported_twice_at_once_becomes_one_case(canteen: str) -> None:
    command = Register("east", {"content": "排队太久", "level": "normal"})
    outcomes = at_once(
        *(lambda: case_file.register(canteen, command, "lin", MONDAY, source_key="row/7") for _ in range(4))
    )
    assert len({done.case_id for done in outcomes}) == 1
    assert [done.repeated for done in outcomes].count(False) == 1
    assert CaseRecord.objects.count() == 1


def test_several_clocks_handle_each_deadline_once(canteen: str) -> None:
    for minute in range(30):
        complain(canteen, minute=minute / 10, level="major" if minute % 3 == 0 else "normal")
    swept = at_once(*(lambda: sweep(after(120), batch=3) for _ in range(4)))
    late = CaseEvent.objects.filter(kind="DutyLate").count()
    assert late == 30 + 2 * 10
    assert sum(each.duties for each in swept) == late + 30
    assert list(Proof().differences()) == []


def test_a_clock_and_a_person_on_one_case_take_turns(canteen: str) -> None:
    cases = [complain(canteen, minute=minute / 10).case_id for minute in range(20)]

    def answer() -> None:
        for case_id in cases:
            assert isinstance(case_file.act(case_id, Perform("contact"), "lin", after(45)), Done)

    at_once(answer, lambda: sweep(after(45), batch=2), lambda: sweep(after(45), batch=2))
    assert CaseEvent.objects.filter(kind="DutyLate").count() == 20
    assert CaseEvent.objects.filter(kind="DutyMet").count() == 20
    assert list(Proof().differences()) == []
