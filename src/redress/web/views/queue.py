"""The queue: every case within reach, filtered, searched, page by page, and as a table to take along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from redress.cases.queries import queue as queue_of
from redress.web.access import Member, forbidden, member_only
from redress.web.forms.shown import masked
from redress.web.page import page
from redress.web.paging import older, place_among_cases
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
    place = place_among_cases(request.GET.get("after", ""))
    found = queue_of(member.desk, asked.filters(), place, ROWS)
    return page(
        request,
        "web/queue.html",
        member,
        rows=[(row, masked(row.customer) if row.customer else "") for row in found.rows],
        older=older(request, found),
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
