"""Whatever is killed, whenever: what was acknowledged is there, nothing is doubled, the proof holds."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.kill.house import House, wait

pytestmark = pytest.mark.slow
FOUND = """
import django; django.setup()
from django.contrib.auth.models import User
from redress.people.models import Person
from tests.kill.house import PASSWORD
from tests.store.canteen import found_canteen
slug = found_canteen()
user = User.objects.create_user(f"{slug}.lin", password=PASSWORD)
Person.objects.filter(organisation_id=slug, slug="lin").update(user=user)
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "data")
    house.start_database()
    try:
        for words in (["-m", "redress.cli", "migrate"], ["-c", FOUND]):
            done = house.run(*words, role="owner")
            assert done.returncode == 0, done.stderr
        yield house
    finally:
        house.end()


def more_registered(house: House, count: int) -> None:
    before = len(house.acknowledged("registered"))
    told = lambda: "\n".join(file.read_text()[-500:] for file in house.heard.iterdir())  # noqa: E731
    wait(lambda: len(house.acknowledged("registered")) >= before + count, 30, told)


def more_over_http(house: House, count: int) -> None:
    before = house.acknowledged_over_http()
    told = lambda: "\n".join(file.read_text()[-500:] for file in house.heard.glob("[bw]*"))  # noqa: E731
    wait(lambda: house.acknowledged_over_http() >= before + count, 60, told)


def test_nothing_acknowledged_is_lost_and_no_duty_is_doubled(house: House) -> None:
    parts = ["web", "browsing1", "browsing2", "registering1", "registering2", "clock1", "clock2", "worker"]
    for part in parts:
        house.start(part)
    dice = random.Random()
    victims = [
        "clock1",
        "web",
        "registering1",
        "database",
        "web",
        "clock2",
        "registering2",
        "database",
        "worker",
        "web",
    ]
    for victim in [*victims, "clock1"]:
        more_registered(house, dice.randrange(10, 40))
        if victim == "web":
            more_over_http(house, dice.randrange(5, 15))
        house.kill(victim)
        house.start(victim)
    more_registered(house, 20)
    house.stop()
    swept = house.run("-m", "redress.cli", "clock", "--once")
    assert swept.returncode == 0, swept.stderr

    assert house.acknowledged_over_http() >= 15
    cases = {str(case_id) for (case_id,) in house.ask("SELECT id FROM case_record")}
    assert set(house.acknowledged("registered")) <= cases
    met = house.ask("SELECT case_id FROM case_duty WHERE rule = 'contact' AND status = 'met'")
    assert set(house.acknowledged("contacted")) <= {str(case_id) for (case_id,) in met}

    once = "SELECT case_id, body::json ->> 'duty', count(*) FROM case_event WHERE kind = '{}' GROUP BY 1, 2 HAVING count(*) > 1"
    for kind in ("DutyOpened", "DutyLate", "DutyMet"):
        assert house.ask(once.format(kind)) == []
    assert house.ask("SELECT count(*) FROM case_record WHERE next_at <= now() - interval '1 minute'") == [(0,)]
    assert house.ask("SELECT count(*) FROM clock_trouble") == [(0,)]
    ((numbers, last),) = house.ask("SELECT count(DISTINCT number), max(right(number, 4))::int FROM case_record")
    assert (numbers, last) == (len(cases), len(cases))
    told_twice = "SELECT case_id, seq FROM notice GROUP BY 1, 2 HAVING count(*) > 1"
    assert house.ask(told_twice) == []

    proof = house.run("-m", "redress.cli", "verify", "--json")
    told = json.loads(proof.stdout)
    assert (proof.returncode, told["differences"]) == (0, [])
    assert told["cases"] == len(cases) > 100


def test_a_worker_that_was_killed_leaves_nothing_untold(house: House) -> None:
    for part in ("registering1", "clock1"):
        house.start(part)
    for count in (40, 80, 60):
        house.start("worker")
        more_registered(house, count)
        house.kill("worker")
    house.stop()
    house.run("-m", "redress.cli", "clock", "--once")
    pending = house.ask("SELECT count(*) FROM notice WHERE state = 'pending'")
    house.start("worker")
    wait(lambda: house.ask("SELECT count(*) FROM notice WHERE state = 'pending'") == [(0,)], 30, lambda: str(pending))
    delivered = house.ask("SELECT count(*) FROM notice WHERE state = 'delivered'")
    assert delivered == house.ask("SELECT count(DISTINCT notice) FROM inbox_item")
