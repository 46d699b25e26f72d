"""A canteen with its own small policy: what the tests of the store, the clock and the letters work on."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from redress.cases import case_file
from redress.cases.case_file import Done
from redress.policy.engine.commands import Register

PACKS = Path(__file__).parent / "pack_fixture"
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def packs_dir(settings) -> None:
    settings.PACKS_DIR = PACKS


@pytest.fixture
def canteen() -> str:
    """The organisation's id. The test itself asks for ``db`` or ``transactional_db``."""
    return found_canteen()


def found_canteen(slug: str = "canteen") -> str:
    from redress.people.founding import found
    from redress.policy.scenarios.organisation import read_organisation

    written = read_organisation(PACKS / "canteen" / "organisation.yaml")
    found(slug, "canteen", written, MONDAY, from_date=date(2026, 1, 1))
    return slug


def complain(canteen: str, unit: str = "east", minute: float = 0, actor: str = "lin", **fields: str) -> Done:
    """A complaint registered so many minutes after Monday nine o'clock."""
    data = {"content": "饭菜里有异物", "level": "normal", **fields}
    outcome = case_file.register(canteen, Register(unit, data), actor, after(minute))
    assert isinstance(outcome, Done), outcome
    return outcome


def after(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)
