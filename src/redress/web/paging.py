"""Where a long list goes on, as an address carries it."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from redress.cases.queries import Page, Place


def place_in(text: str) -> tuple[datetime, UUID, str] | None:
    """(moment with its zone, case, key within the case or "") where a list goes on; None for a first page or a broken address."""
    at, _comma, rest = text.partition(",")
    case_id, _comma, key = rest.partition(",")
    try:
        moment, case = datetime.fromisoformat(at), UUID(case_id)
    except ValueError:
        return None
    return (moment, case, key) if moment.tzinfo else None


def written_place(at: datetime, case_id: UUID, key: str = "") -> str:
    """What ``place_in`` reads."""
    return f"{at.isoformat()},{case_id}" + (f",{key}" if key else "")


def place_among_cases(text: str) -> Place | None:
    """The same for a list of cases."""
    place = place_in(text)
    return Place(*place[:2]) if place else None


def older(request: HttpRequest, found: Page) -> str:
    """The address of the page of cases that follows this one; "" after the last."""
    if found.older is None:
        return ""
    asked = request.GET.copy()
    asked["after"] = written_place(found.older.moment, found.older.case_id)
    return "?" + urlencode(asked)
