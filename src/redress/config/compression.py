"""Text is sent compressed: pages, styles, scripts, drawings. Pictures and tables are compressed already and go as they are.

A compressed page that holds both a secret and something a stranger chose could give the secret away by its length (BREACH).
Django's own compression varies every length at random, its form tokens differ in every answer, and the session's cookie does
not travel with what another site asks for (SameSite), so such a stranger cannot ask often enough; see docs/decisions.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml")

_Handler = Callable[[HttpRequest], HttpResponse]


def compressed_text(get_response: _Handler) -> _Handler:
    gzip = GZipMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        # A part of a file (206) has its place in the whole, which compressing would move.
        return gzip.process_response(request, response) if response.status_code != 206 and kind in TEXT else response

    return middleware
