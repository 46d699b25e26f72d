"""Security headers which Django 5.2 does not set itself. Pages load nothing from elsewhere and run no
inline script; inline style is refused too, so that a text of a customer can never restyle a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"

_Handler = Callable[[HttpRequest], HttpResponse]


def security_headers(get_response: _Handler) -> _Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Complaints are personal data: with a session, neither a proxy nor the back button keeps a page.
        # The cookie is asked, not request.user, which would cost a query where a view needed none.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
