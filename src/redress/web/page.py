"""One way to answer with a page or a fragment."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from .clock import now
from .member import Member


def page(
    request: HttpRequest, template: str, member: Member | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """The template, filled, with what every page shows: who is here, and the server's time for the countdowns."""
    moment = member.now if member else now(request)
    return render(request, template, {"member": member, "now": moment, **context}, status=status)


def in_place(request: HttpRequest) -> bool:
    """Whether a part is asked for that goes into the page as it stands, not a page of its own."""
    return bool(request.htmx and not request.htmx.boosted)  # type: ignore[attr-defined]


def say(request: HttpRequest, words: str) -> None:
    """A sentence shown at the top of the next page."""
    messages.success(request, words)


def warn(request: HttpRequest, words: str) -> None:
    """A sentence that asks for attention at the top of the next page."""
    messages.warning(request, words)


def go(request: HttpRequest, address: str) -> HttpResponse:
    """On to another page. A fragment request that stays on its kind of page gets the main part in place of the one it has;
    to another kind of page the browser goes as a whole, since that one has styles and scripts of its own."""
    if not getattr(request, "htmx", False):
        response = HttpResponse(status=303)
        response["Location"] = address
        return response
    if _kind_of_page(request.htmx.current_url_abs_path or "") != _kind_of_page(address):  # type: ignore[attr-defined]
        return HttpResponse(status=200, headers={"HX-Redirect": address})
    there = {"path": address, "target": "#main", "select": "#main", "swap": "outerHTML show:none"}
    return HttpResponse(status=200, headers={"HX-Location": json.dumps(there)})


def _kind_of_page(address: str) -> str:
    """The name of the page at a path of this product; "" where there is none."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def happened(event: str, **detail: str) -> HttpResponse:
    """Tells the page that a fragment request succeeded; the page's own script shows it, and nothing is swapped."""
    told = json.dumps({event: detail})
    return HttpResponse(status=200, headers={"HX-Reswap": "none", "HX-Trigger": told})
