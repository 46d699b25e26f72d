"""Registering, acting and reading through the one way in."""

import pytest
from tests.store.canteen import MONDAY, after, complain

from redress.cases import case_file
from redress.cases.case_file import Done, Forbidden, Refused, Stale
from redress.policy.engine.case import encode_case, fold
from redress.policy.engine.commands import Perform, Register

pytestmark = pytest.mark.django_db


def test_a_registered_complaint_has_its_number_its_duties_and_its_log(canteen: str) -> None:
    done = complain(canteen)
    assert isinstance(done, Done)
    assert done.case.numbers == {"paper": "CT2026-0001"}
    assert {duty.rule for duty in done.case.live_duties()} == {"contact", "answer"}
    log = case_file.history(done.case_id)
    assert encode_case(fold(str(done.case_id), log)) == encode_case(done.case)
    assert case_file.read(done.case_id, "lin", MONDAY).case == done.case


def test_numbers_follow_each_other_without_a_gap_even_when_a_registration_is_refused(canteen: str) -> None:
    complain(canteen)
    refused = case_file.register(canteen, Register("east", {"content": "x", "level": "unheard-of"}), "lin", MONDAY)
    assert isinstance(refused, Refused)
    assert complain(canteen).case.numbers["paper"] == "CT2026-0002"


def test_a_late_act_finds_the_clock_caught_up_at_the_true_times(canteen: str) -> None:
    case_id = complain(canteen).case_id
    done = case_file.act(case_id, Perform("contact"), "lin", after(45))
    duty = done.case.duties["contact"]
    assert (duty.late_at, duty.late_by) == (after(30), 15)
    assert [line.amount for line in done.case.ledger.values()] == ["20.00"]


def test_what_the_clock_found_stays_even_when_the_act_is_refused(canteen: str) -> None:
    case_id = complain(canteen).case_id
    assert isinstance(case_file.act(case_id, Perform("close"), "lin", after(45)), Refused)
    assert case_file.read(case_id, "lin", after(45)).case.duties["contact"].late_at == after(30)


def test_who_acts_on_an_old_view_is_told_what_changed(canteen: str) -> None:
    first = complain(canteen)
    case_file.act(first.case_id, Perform("contact"), "lin", after(5))
    told = case_file.act(first.case_id, Perform("note", {"note": "x"}), "lin", after(6), expected_seq=first.case.seq)
    assert isinstance(told, Stale)
    assert "contact" in {getattr(event, "act", "") for event in told.events}


def test_the_clock_alone_makes_nobodys_form_stale(canteen: str) -> None:
    first = complain(canteen)
    case_file.tick(first.case_id, after(45))
    done = case_file.act(first.case_id, Perform("contact"), "lin", after(46), expected_seq=first.case.seq)
    assert isinstance(done, Done)


def test_a_source_key_registers_once(canteen: str) -> None:
    command = Register("east", {"content": "排队太久", "level": "normal"})
    first = case_file.register(canteen, command, "lin", MONDAY, source_key="hotline/1")
    again = case_file.register(canteen, command, "lin", MONDAY, source_key="hotline/1")
    assert (again.case_id, again.repeated) == (first.case_id, True)


def test_cases_alike_find_each_other(canteen: str) -> None:
    first, second = complain(canteen, phone="138"), complain(canteen, phone="138")
    assert second.case.links == {"same-phone": (str(first.case_id),)}
    assert second.case.fields["level"] == "major"


def test_two_complaints_of_one_customer_are_not_those_of_two(canteen: str) -> None:
    cases = [complain(canteen, phone=phone).case_id for phone in ("138", "138", "139")]
    named = [case_file.act(case, Perform("name-dish", {"dish": "鱼"}), "lin", after(5)) for case in cases]
    assert [len(done.case.links.get("dish-of-many", ())) for done in named] == [0, 0, 2]


def test_neither_a_stranger_nor_the_accused_may_read(canteen: str) -> None:
    case_id = complain(canteen, accused="chen").case_id
    for nobody in ("zhao", "chen", "wang", "sun"):
        with pytest.raises(Forbidden):
            case_file.read(case_id, nobody, MONDAY)
    assert case_file.read(case_id, "gao", MONDAY)


def test_text_that_cannot_be_stored_is_cleaned_at_the_door(canteen: str) -> None:
    done = complain(canteen, content="菜\x00凉\ud800了")
    assert done.case.fields["content"] == "菜凉了"
