"""Who holds which seat on which day, and that every process learns of a change."""

from datetime import date

import pytest
from django.db import connection

from redress.people.directory import NoSuchOrganisation, NoSuchPerson, directory_of
from redress.people.models import Appointment, Person, StandIn, Unit
from redress.policy.engine.world import Seat

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def person(slug: str) -> Person:
    return Person.objects.get(organisation="canteen", slug=slug)


def test_the_tree_is_known_upward_and_downward(canteen: str) -> None:
    found = directory_of(canteen)
    assert found.lineage("east") == ("east", "house")
    assert set(found.below("house")) == {"house", "east", "west"}
    assert (found.unit_kind("east"), found.unit_kind("moon"), found.lineage("moon")) == ("canteen", "", ())


def test_a_role_is_held_by_those_in_the_nearest_unit(canteen: str) -> None:
    found = directory_of(canteen)
    assert found.holders("front-desk", "east", DAY) == ("lin",)
    assert found.holders("director", "east", DAY) == ("gao",)
    assert found.holders("front-desk", "house", DAY) == ()


def test_an_appointment_counts_on_its_days_only(canteen: str) -> None:
    Appointment.objects.filter(person=person("lin")).update(to_date=date(2026, 3, 1))
    found = directory_of(canteen)
    assert found.actor("lin", date(2026, 3, 1)).seats == {Seat("front-desk", "east")}
    assert found.actor("lin", DAY).seats == frozenset()


def test_a_stand_in_has_the_seats_of_the_other_for_the_time(canteen: str) -> None:
    StandIn.objects.create(person=person("wang"), for_person=person("chen"), role="manager", from_date=DAY, to_date=DAY)
    found = directory_of(canteen)
    lent = {Seat("manager", "east", "chen"), Seat("manager", "west", "chen")}
    assert found.actor("wang", DAY).seats == {Seat("front-desk", "west")} | lent
    assert found.actor("wang", date(2026, 3, 3)).seats == {Seat("front-desk", "west")}
    assert found.stand_ins_of("chen", "manager", DAY) == ("wang",)


def test_who_has_left_is_nobody(canteen: str) -> None:
    Person.objects.filter(slug="lin").update(active=False)
    with pytest.raises(NoSuchPerson):
        directory_of(canteen).actor("lin", DAY)
    with pytest.raises(NoSuchOrganisation):
        directory_of("nowhere")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE unit SET zh = '东一区' WHERE slug = 'east'",
        "DELETE FROM appointment",
        "UPDATE person SET active = false WHERE slug = 'lin'",
        "UPDATE organisation SET settings = '{\"x\": 1}'",
    ],
)
def test_a_change_by_any_hand_is_seen_at_once(canteen: str, change: str) -> None:
    before = directory_of(canteen)
    assert directory_of(canteen) is before
    with connection.cursor() as cursor:
        cursor.execute(change)
    after = directory_of(canteen)
    assert after is not before and after.version != before.version


def test_two_organisations_may_use_the_same_ids(canteen: str) -> None:
    from tests.store.canteen import found_canteen

    found_canteen("other")
    Unit.objects.filter(organisation="other", slug="west").update(zh="别处")
    assert directory_of("other").unit_text("west").zh == "别处"
    assert directory_of(canteen).unit_text("west").zh == "西区食堂"
