"""A teahouse with its own small policy: what the tests of the pages work on. The clock is a header of the request."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.test.client import ClientHandler

PACKS = Path(__file__).parent / "packs"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PLAIN_HASH = "plain-password-hash"


@pytest.fixture(autouse=True)
def settings_of_the_pages(settings) -> None:
    settings.PACKS_DIR = PACKS
    settings.REDRESS_TEST_CLOCK = True


@pytest.fixture
def teahouse(db) -> str:
    return found_teahouse()


def found_teahouse(slug: str = "teahouse") -> str:
    """Founds the teahouse and gives its id."""
    from django.contrib.auth.hashers import make_password

    from redress.people.founding import found
    from redress.policy.scenarios.organisation import read_organisation

    written = read_organisation(PACKS / "teahouse" / "organisation.yaml")
    hashed = make_password("secret-for-tests")
    found(slug, "teahouse", written, MONDAY, from_date=date(2026, 1, 1), password_hash=hashed)
    return slug


@cache
def _handler(enforce_csrf_checks: bool) -> ClientHandler:
    """One for all tests: as in the running product, the middleware is put together (and the static files found) once."""
    return ClientHandler(enforce_csrf_checks)


class Visitor:
    """Somebody at a browser: signed in as a person, at a time that the test sets."""

    def __init__(self, person: str, organisation: str = "teahouse", language: str = "zh-hans", **more) -> None:
        from django.contrib.auth import get_user_model

        self.client = Client(**more)
        self.client.handler = _handler(self.client.handler.enforce_csrf_checks)
        self.client.force_login(get_user_model().objects.get(username=f"{organisation}.{person}"))
        self.client.cookies["django_language"] = language
        self.at(0)

    def at(self, minutes: float) -> "Visitor":
        """Sets the clock to so many minutes after Monday nine o'clock."""
        self.client.cookies["redress-now"] = (MONDAY + timedelta(minutes=minutes)).isoformat()
        return self

    def get(self, address: str, **more):
        return self.client.get(address, **more)

    def post(self, address: str, data: dict | None = None, **more):
        return self.client.post(address, data or {}, **more)


@pytest.fixture
def visit(teahouse):
    """``visit("lin")``: that person, signed in."""
    return Visitor


COMPLAINT = {
    "f-customer": "李四",
    "f-phone": "13812345678",
    "f-content": "茶里有异物",
    "f-level": "major",
    "f-channel": "counter",
}


def registered(visitor: Visitor, unit: str = "east", **fields: str) -> str:
    """Registers a complaint at the desk and gives the address of its page."""
    answer = visitor.post("/desk", {**COMPLAINT, "unit": unit, **fields})
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]
