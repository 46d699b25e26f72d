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
    shown: list[dict[str, Any]] = []
    counted = 0
    if chosen is not None:
        since = until - timedelta(days=days)
        cases = _cases(member, since, until)
        counted = len(cases)
        cases += _cases(member, since, until, standing_read_by(pack, chosen.id))
        for part in contents_of(pack, chosen.id, cases, member.now, member.desk.world):
            section = part.section
            shown.append(
                {
                    "name": names.chosen(section.zh, section.en),
                    "clauses": section.clauses,
                    "figures": [
                        (names.said(pack.measures[name].text), _rows(member, name, figure))
                        for name, figure in part.figures.items()
                    ],
                    "field": names.field(pack, part.field) if part.field else "",
                }
            )
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


def _rows(member: Member, measure: str, figure: Any) -> list[tuple[str, str, float]]:
    """(group, its figure in words, its share of the largest one in percent); one row without a group for a single figure."""
    rule = member.pack.measures[measure]
    unit = {"share": " %", "rate": " ‰", "sum": names.gettext(" 元"), "median-hours": names.gettext(" 小时")}.get(
        rule.what, ""
    )
    if not isinstance(figure, dict):
        return [("", "—" if figure is None else f"{figure}{unit}", 0)]
    most = max((value for value in figure.values() if value is not None), default=0)
    largest_first = sorted(figure.items(), key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))
    return [
        (
            _group(member, rule.by, key),
            "—" if value is None else f"{value}{unit}",
            float(100 * value / most) if value and most else 0,
        )
        for key, value in largest_first
    ]


def _group(member: Member, by: str, key: str) -> str:
    if by == "unit" or (by in member.pack.fields and member.pack.fields[by].type in ("unit", "units")):
        return member.directory.unit_text(key).of(names.language())
    return names.option(member.pack, by, key) if key else names.gettext("未填")


def _name(member: Member, subject: str) -> str:
    rule = member.pack.standing.get(subject)
    return names.said(rule.must or rule.text) if rule else subject
