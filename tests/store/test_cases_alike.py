"""Cases that belong together: what is found on one follows on the others, and offers to one customer count together."""

import pytest
from tests.store.canteen import after, complain

from redress.cases import case_file
from redress.cases.case_file import Done, Refused
from redress.cases.store.verify import Proof
from redress.policy.engine.commands import Perform

pytestmark = pytest.mark.django_db(transaction=True)


def test_cases_that_join_are_linked_both_ways_in_one_go(canteen: str) -> None:
    first, second = complain(canteen), complain(canteen, minute=1)
    case_file.act(first.case_id, Perform("name-dish", {"dish": "红烧肉"}), "lin", after(2))
    case_file.act(second.case_id, Perform("name-dish", {"dish": "红烧肉"}), "lin", after(3))
    cases = [case_file.read(case_id, "lin", after(4)).case for case_id in (first.case_id, second.case_id)]
    assert [set(case.marks) for case in cases] == [{"bad-dish"}, {"bad-dish"}]
    assert [case.links["same-dish"] for case in cases] == [(str(second.case_id),), (str(first.case_id),)]
    assert list(Proof().differences(canteen)) == []


def test_offers_to_one_customer_on_several_cases_count_together(canteen: str) -> None:
    first, second = (complain(canteen, minute=minute, phone="13900001111") for minute in (0, 1))
    assert isinstance(case_file.act(first.case_id, Perform("settle", {"sum": "40"}), "lin", after(2)), Done)
    refused = case_file.act(second.case_id, Perform("settle", {"sum": "10.01"}), "lin", after(3))
    assert isinstance(refused, Refused) and refused.refusals[0].code == "authority"
    assert isinstance(case_file.act(second.case_id, Perform("settle", {"sum": "10"}), "lin", after(3)), Done)
