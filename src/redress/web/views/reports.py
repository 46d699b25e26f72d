"""Standing duties, their occurrences, and the reports they carry, computed from the cases of a period."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from redress.cases.models import CaseRecord
from redress.cases.queries import Filters, queue
from redress.cases.queries.reach import reach_of
from redress.cases.queries.states import cases_of
from redress.policy.engine.measures import report as contents_of
from redress.policy.engine.measures import standing_read_by
from redress.web.access import Member, member_only
from redress.web.page import page
from redress.web.plain_words import names
from redress.web.report_words import SectionWords, sections_in_words

MOST = 5000
"""Cases one report is computed over; a longer period says that it was cut."""
PERIODS = ((7, _("近一周")), (30, _("近一月")), (182, _("近半年")), (365, _("近一年")))
"""How far back a report may be asked for, in days, with its words."""


@member_only
def reports(request: HttpRequest, member: Member) -> HttpResponse:
    """The pack's first report; with ``report`` in the query, that report for ``days`` back from ``until``."""
    pack = member.pack
    chosen = pack.reports.get(request.GET.get("report", next(iter(pack.reports), "")))
    days = next((days for days, _words in PERIODS if request.GET.get("days") == str(days)), 30)
    until = member.now
    shown: list[SectionWords] = []
    counted = 0
    if chosen is not None:
        since = until - timedelta(days=days)
        cases = _cases(member, since, until)
        counted = len(cases)
        cases += _cases(member, since, until, standing_read_by(pack, chosen.id))
        contents = contents_of(pack, chosen.id, cases, member.now, member.desk.world)
        shown = sections_in_words(pack, member.directory, contents)
    carrying = {rule.id for rule in pack.standing.values() if chosen is not None and rule.report == chosen.id}
    occurrences = [
        row for row in queue(member.desk, Filters(kind="standing"), limit=60).rows if row.subject in carrying
    ]
    return page(
        request,
        "web/reports.html",
        member,
        pack=pack,
        reports=list(pack.reports.values()),
        periods=PERIODS,
        chosen=chosen,
        days=days,
        since=until - timedelta(days=days),
        sections=shown,
        counted=counted,
        cut=counted >= MOST,
        occurrences=[(row, _name(member, row.subject)) for row in occurrences],
    )


def _cases(member: Member, since: datetime, until: datetime, subjects: set[str] | None = None) -> list[Any]:
    """The complaints of the period within the reader's reach, or the files of these standing duties (two queries; none for none)."""
    if subjects is not None and not subjects:
        return []
    reach = reach_of(member.pack, member.directory, member.actor)
    rows = CaseRecord.objects.filter(organisation=member.organisation, registered_at__range=(since, until))
    rows = rows.filter(kind="complaint") if subjects is None else rows.filter(kind="standing", subject__in=subjects)
    rows = rows.exclude(hidden_from__contains=[member.person])
    if not reach.everything:
        rows = rows.filter(unit__in=reach.units)
    ids = list(rows.order_by("-registered_at").values_list("id", flat=True)[:MOST])
    return list(cases_of(member.organisation, ids).values())


def _name(member: Member, subject: str) -> str:
    rule = member.pack.standing.get(subject)
    return names.said(rule.must or rule.text) if rule else subject
