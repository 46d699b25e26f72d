"""The clock notices what is due by state: once each, in order, at the true time, however late it comes."""

from datetime import timedelta

import pytest
from tests.store.canteen import MONDAY, after, complain

from redress.cases import case_file
from redress.cases.models import CaseEvent, CaseRecord
from redress.clocks import provisional, standing, trouble
from redress.clocks.sweep import Swept, sweep, sweep_batch
from redress.policy.engine.commands import Perform
from redress.policy.engine.events import DutyLate, DutyReminded, RungReached

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_new_process() -> None:
    standing._seen.clear()
    provisional._looked_at.clear()


def ticks(case_id):
    kinds = (DutyLate, DutyReminded, RungReached)
    return [(type(e).__name__, e.at) for e in case_file.history(case_id) if isinstance(e, kinds) and e.at > MONDAY]


def test_nothing_is_due_before_its_time(canteen: str) -> None:
    complain(canteen)
    assert sweep(after(19)) == Swept()


def test_a_reminder_then_the_deadline_each_once(canteen: str) -> None:
    case_id = complain(canteen).case_id
    assert sweep(after(20)).duties == 1
    assert sweep(after(20)).duties == 0
    assert sweep(after(30)).duties == 1
    assert ticks(case_id) == [("DutyReminded", after(20)), ("DutyLate", after(30))]


def test_after_a_day_off_the_ladder_has_climbed_at_the_true_times(canteen: str) -> None:
    case_id = complain(canteen, level="major").case_id
    sweep(MONDAY + timedelta(days=1))
    assert ticks(case_id) == [
        ("DutyLate", after(5)),
        ("RungReached", after(5)),
        ("DutyLate", after(15)),
        ("DutyReminded", after(20)),
        ("DutyLate", after(30)),
    ]


def test_a_sweep_takes_as_many_batches_as_it_needs(canteen: str) -> None:
    for minute in range(5):
        complain(canteen, minute=minute)
    swept = sweep(after(60), batch=2)
    assert (swept.cases, swept.duties) == (5, 10)


def test_a_standing_duty_comes_round_once_for_each_unit_and_each_day_it_was_missed(canteen: str) -> None:
    sweep(after(0))
    assert sweep(after(0)).opened == 0
    assert sweep(MONDAY + timedelta(days=2)).opened == 4
    opened = CaseRecord.objects.filter(kind="standing").order_by("registered_at", "unit")
    assert [(row.unit, row.registered_at) for row in opened][:2] == [("east", after(480)), ("west", after(480))]
    assert {row.late_ever for row in opened} == {1}


def test_a_standing_duty_closes_by_being_done(canteen: str) -> None:
    sweep(after(0))
    sweep(after(481))
    record = CaseRecord.objects.get(kind="standing", unit="east")
    done = case_file.act(record.id, Perform("comment-book"), "lin", after(500))
    assert done.case.stage == "closed"


def test_a_case_that_cannot_be_caught_up_holds_up_no_other(canteen: str) -> None:
    broken, sound = complain(canteen).case_id, complain(canteen).case_id
    CaseRecord.objects.filter(id=broken).update(state="{}")
    assert sweep(after(60)).duties == 2
    assert [row.case_id for row in trouble.open_trouble()] == [broken]
    assert case_file.read(sound, "lin", after(60)).case.duties["contact"].late_at
    assert sweep(after(60.5)) == Swept()


def test_a_batch_that_the_database_refuses_is_taken_case_by_case(canteen: str) -> None:
    broken = complain(canteen).case_id
    sound = complain(canteen).case_id
    # The log already holds what the projection does not know: appending would double a place.
    record = CaseRecord.objects.get(id=broken)
    CaseEvent.objects.create(
        case_id=broken, organisation=canteen, seq=record.seq + 1, at=MONDAY, body="{}", prev_hash=b"", hash=b""
    )
    sweep(after(60))
    assert [row.case_id for row in trouble.open_trouble()] == [broken]
    assert case_file.read(sound, "lin", after(60)).case.duties["contact"].late_at


def test_a_case_recovers_from_trouble(canteen: str) -> None:
    case_id = complain(canteen).case_id
    record = CaseRecord.objects.get(id=case_id)
    CaseRecord.objects.filter(id=case_id).update(state="{}")
    sweep(after(60))
    CaseRecord.objects.filter(id=case_id).update(state=record.state)
    assert sweep(after(62)).duties == 2
    assert trouble.open_trouble() == []


def test_an_idle_batch_touches_nothing(canteen: str) -> None:
    assert sweep_batch(after(0)) == Swept()
