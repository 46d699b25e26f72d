"""A canteen with its own small policy, founded in the test database."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

PACKS = Path(__file__).parent / "pack_fixture"
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def packs_dir(settings):
    settings.PACKS_DIR = PACKS


@pytest.fixture
def canteen() -> str:
    """The organisation's id. The test itself asks for ``db`` or ``transactional_db``."""
    from redress.people.founding import found
    from redress.policy.scenarios.organisation import read_organisation

    written = read_organisation(PACKS / "canteen" / "organisation.yaml")
    found("canteen", "canteen", written, MONDAY, from_date=date(2026, 1, 1))
    return "canteen"
