"""The queue: every case within reach, filtered, searched, page by page."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from redress.cases.queries import Filters, Page
from redress.cases.queries import queue as queue_of
from redress.cases.queries.listing import Place
from redress.web.access import Member, member_only
from redress.web.forms.shown import masked
from redress.web.page import page
from redress.web.plain_words.names import language
from redress.web.stages import STAGES

ROWS = 40


@member_only
def queue(request: HttpRequest, member: Member) -> HttpResponse:
    """The list; ``after`` goes on from where the page before ended."""
    asked = request.GET
    filters = Filters(
        stage=asked.get("stage", ""),
        unit=asked.get("unit", ""),
        level=asked.get("level", ""),
        channel=asked.get("channel", ""),
        owner=member.person if asked.get("mine") else "",
        late=bool(asked.get("late")),
        kind="" if asked.get("q", "").strip() else "complaint",
        text=asked.get("q", ""),
    )
    found = queue_of(member.desk, filters, _place(asked.get("after", "")), ROWS)
    return page(
        request,
        "web/queue.html",
        member,
        rows=[(row, masked(row.customer) if row.customer else "") for row in found.rows],
        older=_older(request, found),
        asked={name: asked.get(name, "") for name in ("q", "stage", "unit", "level", "channel", "late", "mine")},
        narrowed=any(asked.get(name) for name in ("q", "stage", "unit", "level", "channel", "late", "mine")),
        later=bool(asked.get("after")),
        stages=[(stage, str(name)) for stage, name in STAGES.items()],
        units=[(unit.slug, unit.text.of(language())) for unit in member.directory.units.values()],
        levels=_options(member, "level"),
        channels=_options(member, "channel"),
    )


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
    return place if place.registered_at.tzinfo else None


def _older(request: HttpRequest, found: Page) -> str:
    if found.older is None:
        return ""
    asked = request.GET.copy()
    asked["after"] = f"{found.older.registered_at.isoformat()},{found.older.case_id}"
    return "?" + urlencode(asked)
