"""Callbacks: the queue of whoever calls, a call sheet, how it ended in three taps, and how the month's calls have gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from redress.cases import case_file
from redress.cases.case_file import Done
from redress.cases.queries import Narrow, my_work
from redress.cases.queries.callbacks import LISTS, Behind, Rates, behind, rates
from redress.cases.queries.states import cases_of
from redress.people import packs
from redress.policy.engine.commands import Reveal, Try
from redress.web.access import Member, forbidden, member_only, open_case
from redress.web.calling import Call, call_of, call_sheet
from redress.web.page import go, page, say
from redress.web.plain_words import names
from redress.web.plain_words.channels import CHANNELS
from redress.web.tasks import file_of

MOST = 60


@member_only
def callbacks(request: HttpRequest, member: Member) -> HttpResponse:
    """The page; ``call`` in the query picks the call laid out, ``list`` shows the calls behind a rate instead."""
    return _show(request, member)


@require_POST
@member_only
def tried(request: HttpRequest, member: Member, case_id: str) -> HttpResponse:
    """A call reached nobody: that is recorded, with when to try next; the duty stands."""
    file = open_case(member, case_id)
    if file is None:
        return forbidden(request, member)
    posted = request.POST
    channel = posted.get("channel", "")
    command = Try(
        posted.get("duty", ""),
        channel if channel in CHANNELS else "phone",
        posted.get("note", "").strip(),
        _moment(posted.get("again", ""), member),
    )
    outcome = case_file.act(file.case_id, command, member.person, member.now)
    if isinstance(outcome, Done):
        say(request, _("已记下：没有联系上。这件回访还在队列里。"))
        return go(request, reverse("callbacks"))
    refusals = getattr(outcome, "refusals", ())
    return _show(request, member, 422, wrong=refusals, asked=f"{file.case_id}:{command.duty}")


@require_POST
@member_only
def telephone(request: HttpRequest, member: Member, case_id: str) -> HttpResponse:
    """Shows a number so that it can be called; the log keeps that it was shown, and to whom."""
    file = open_case(member, case_id)
    field = request.POST.get("field", "")
    rule = file.pack.fields.get(field) if file else None
    if file is None or rule is None or rule.type != "phone" or field not in file.case.fields:
        return forbidden(request, member)
    outcome = case_file.act(file.case_id, Reveal(field), member.person, member.now)
    if not isinstance(outcome, Done):
        return forbidden(request, member)
    number = str(file.case.fields[field])
    if request.htmx:  # type: ignore[attr-defined]
        return page(request, "web/parts/telephone.html", member, number=number)
    return _show(request, member, asked=request.POST.get("call", ""), number=number)


def _show(
    request: HttpRequest, member: Member, status: int = 200, *, wrong: Any = (), asked: str = "", number: str = ""
) -> HttpResponse:
    since = member.now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    listed = request.GET.get("list", "")
    calls = _calls(member)
    asked = asked or request.GET.get("call", "")
    chosen = next((call for call in calls if call.key == asked), None)
    shown = chosen or (calls[0] if calls else None)
    return page(
        request,
        "web/callbacks.html",
        member,
        status,
        calls=[(call, f"?{urlencode({'call': call.key})}") for call in calls],
        chosen=shown,
        picked=chosen is not None,
        sheet=call_sheet(shown) if shown and listed not in LISTS else None,
        rates=_figures(rates(member.desk, since)),
        since=since,
        listed=listed if listed in LISTS else "",
        rows=[_row(row, member) for row in behind(member.desk, listed, since)] if listed in LISTS else [],
        wrong=wrong,
        number=number,
        channels=[(name, str(words)) for name, words in CHANNELS.items()],
        in_policy=any(duty.work == "callback" for duty in member.pack.duties.values()),
    )


def _calls(member: Member) -> list[Call]:
    items = my_work(member.desk, MOST, Narrow(work="callback"))
    cases = cases_of(member.organisation, {item.case_id for item in items})
    return [
        call_of(file_of(member, item, cases[item.case_id]), item)
        for item in items
        if item.case_id in cases and item.key in cases[item.case_id].duties
    ]


def _figures(found: Rates | None) -> list[tuple[str, str, int, int, int | None]]:
    """(list behind it, name, how many, of how many, percent) of the three rates."""
    if found is None:
        return []
    return [
        (name, words, part, whole, round(100 * part / whole) if whole else None)
        for name, words, part, whole in (
            ("late", _("按时回访"), found.in_time, found.due),
            ("unreached", _("联系上"), found.reached, found.known),
            ("dissatisfied", _("满意"), found.satisfied, found.told),
        )
    ]


def _row(row: Behind, member: Member) -> tuple[Behind, str, str, str]:
    """(callback, its words, the case's, the unit's)."""
    pack = packs.pinned(row.pack_hash)
    unit = member.directory.unit_text(row.unit).of(names.language())
    return row, names.duty(pack, row.rule), row.title, unit


def _moment(text: str, member: Member) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=member.zone)
