"""The queue: every case within reach, filtered, searched, page by page, and as a table to take along."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from redress.cases.queries import queue as queue_of
from redress.cases.queries.listing import Page, Place
from redress.web.access import Member, forbidden, member_only
from redress.web.forms.shown import masked
from redress.web.page import page
from redress.web.plain_words.names import language
from redress.web.queue_filters import Asked, quick_filters
from redress.web.queue_table import KINDS, table_of
from redress.web.stages import STAGES

ROWS = 50
MOST = 2000
"""Cases that one table to take along holds; it says when there are more."""


@member_only
def queue(request: HttpRequest, member: Member) -> HttpResponse:
    """The list; ``after`` goes on from where the page before ended."""
    asked = Asked(member, request.GET)
    found = queue_of(member.desk, asked.filters(), _place(request.GET.get("after", "")), ROWS)
    return page(
        request,
        "web/queue.html",
        member,
        rows=[(row, masked(row.customer) if row.customer else "") for row in found.rows],
        older=_older(request, found),
        asked=asked,
        quick=quick_filters(member, asked),
        later=bool(request.GET.get("after")),
        most=MOST,
        stages=[(stage, str(name)) for stage, name in STAGES.items()],
        units=[(unit.slug, unit.text.of(language())) for unit in member.directory.units.values()],
        levels=_options(member, "level"),
        categories=_options(member, "category"),
        channels=_options(member, "channel"),
    )


@member_only
def export(request: HttpRequest, member: Member) -> HttpResponse:
    """What the list shows, as a table to take along: personal data masked as on the page, and no longer than ``MOST``."""
    kind = KINDS.get(request.GET.get("format", "csv"))
    if kind is None:
        return forbidden(request, member)
    found = queue_of(member.desk, Asked(member, request.GET).filters(), None, MOST)
    day = member.today.isoformat()
    response = HttpResponse(table_of(member, found.rows, kind), content_type=kind.type)
    response["Content-Disposition"] = f'attachment; filename="cases-{day}.{kind.ending}"'
    return response


def _options(member: Member, field: str) -> list[tuple[str, str]]:
    rule = member.pack.fields.get(field)
    return [(option.id, option.text.of(language())) for option in rule.options] if rule else []


def _place(text: str) -> Place | None:
    """Where to go on, as it stands in an address; None for a first page or a broken address."""
    at, _comma, case_id = text.partition(",")
    try:
        place = Place(datetime.fromisoformat(at), UUID(case_id))
    except ValueError:
        return None
    return place if place.moment.tzinfo else None


def _older(request: HttpRequest, found: Page) -> str:
    if found.older is None:
        return ""
    asked = request.GET.copy()
    asked["after"] = f"{found.older.moment.isoformat()},{found.older.case_id}"
    return "?" + urlencode(asked)
