"""The clock of a request is an input of tests, and of nothing else."""

from datetime import UTC, datetime, timedelta

from django.test import RequestFactory

from redress.web.clock import COOKIE, now


def _request():
    request = RequestFactory().get("/", headers={"X-Redress-Now": "2001-01-01T00:00:00+00:00"})
    request.COOKIES[COOKIE] = "2001-01-01T00:00:00+00:00"
    return request


def test_in_a_test_the_cookie_says_what_time_it_is(settings):
    settings.REDRESS_TEST_CLOCK = True
    assert now(_request()) == datetime(2001, 1, 1, tzinfo=UTC)


def test_otherwise_it_is_ignored(settings):
    del settings.REDRESS_TEST_CLOCK
    assert abs(now(_request()) - datetime.now(UTC)) < timedelta(seconds=5)


def test_no_environment_can_turn_it_on(monkeypatch):
    from redress.config import settings as as_shipped

    assert not hasattr(as_shipped, "REDRESS_TEST_CLOCK")
