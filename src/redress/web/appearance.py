"""Light or dark: kept in a cookie, so that the sign-in page knows it too."""

from __future__ import annotations

from django.http import HttpRequest

COOKIE = "redress-theme"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 60 * 60


def theme_of(request: HttpRequest) -> str:
    """``light``, ``dark``, or "" where the reader's machine decides."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else ""
