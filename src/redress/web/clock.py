"""What time it is for a request. In tests the time is an input; in production it never is."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest

TEST_CLOCK = "REDRESS_TEST_CLOCK"
"""A Django setting that no environment variable sets; only a test can turn it on."""
COOKIE = "redress-now"


def now(request: HttpRequest) -> datetime:
    """The moment (aware) at which this request happens.

    With the test clock on, an ISO 8601 time with offset in the cookie ``redress-now`` says when; else the machine's clock.
    """
    if getattr(settings, TEST_CLOCK, False) and COOKIE in request.COOKIES:
        return datetime.fromisoformat(request.COOKIES[COOKIE])
    return datetime.now(UTC)
