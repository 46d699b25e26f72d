"""My work: what I must do, in groups by how near it is; what I was told; what I follow. It follows what happens while I watch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.cases.queries import Glance, Narrow, WorkItem, glance, my_work
from redress.cases.queries.following import followed
from redress.cases.queries.states import cases_of
from redress.letters.inbox import inbox, unread_count
from redress.people import packs
from redress.web import tasks
from redress.web.access import Member, member_only
from redress.web.page import page
from redress.web.plain_words import names

MOST = 50
NOTICES = 10
URGENT = 20
"""So many urgent duties are told of at once."""


@member_only
def work(request: HttpRequest, member: Member) -> HttpResponse:
    """The page."""
    return page(request, "web/work.html", member, followed=followed(member.desk), **_list(request, member))


@member_only
def work_list(request: HttpRequest, member: Member) -> HttpResponse:
    """The list and the notices by themselves, for a page that is open already."""
    return page(request, "web/parts/work_list.html", member, **_list(request, member))


@member_only
def pulse(request: HttpRequest, member: Member) -> HttpResponse:
    """Whether anything of the member's has changed since ``print``: nothing (204), or what the navigation and the alarm need."""
    items = my_work(member.desk, MOST)
    total = glance(member.desk)
    unread = unread_count(member.organisation, member.person)
    urgent = _urgent(member, items)
    now_print = _print(items, urgent, total, unread)
    if request.GET.get("print") == now_print:
        return HttpResponse(status=204)
    return JsonResponse(
        {
            "print": now_print,
            "now": member.now.isoformat(),
            "who": f"{member.organisation}.{member.person}",
            "counts": {
                "work": total.open,
                "approvals": total.approvals,
                "callbacks": total.callbacks,
                "notices": unread,
            },
            "urgent": [_alarm(item) for item in urgent[:URGENT]],
            "words": {"go": _("去办"), "seen": _("知道了"), "more": _("另有 {n} 件")},
        }
    )


def _list(request: HttpRequest, member: Member) -> dict[str, Any]:
    narrow = _narrow(request, member)
    items = my_work(member.desk, MOST, narrow)
    cases = cases_of(member.organisation, {item.case_id for item in items})
    found = tasks.tasks_of(member, items, cases)
    total, notices = glance(member.desk), inbox(member.organisation, member.person, unread=True, limit=NOTICES)
    whole = narrow == Narrow() and len(notices) < NOTICES
    return {
        "groups": tasks.grouped(found, member.now),
        "shown": len(found),
        "cut": len(items) == MOST,
        "day_end": tasks.day_end(member.now),
        "total": total,
        "narrow": narrow,
        "narrowed": narrow != Narrow(),
        "whose": _whose(member),
        "units": _units(member),
        "notices": notices,
        # Where the page shows a part only, the first answer to its pulse has it look again.
        "print": _print(items, _urgent(member, items), total, len(notices)) if whole else "",
    }


def _narrow(request: HttpRequest, member: Member) -> Narrow:
    whose, unit = request.GET.get("whose", ""), request.GET.get("unit", "")
    return Narrow(whose if whose in ("own", "others") else "", unit if unit in member.directory.units else "")


def _whose(member: Member) -> bool:
    """Whether it makes a difference whose work it is: the member stands in for somebody today."""
    return any(seat.for_person for seat in member.actor.seats)


def _units(member: Member) -> list[tuple[str, str]]:
    """The units whose work comes to the member; none where there is only one."""
    below = {unit for seat in member.actor.seats for unit in member.directory.below(seat.unit)}
    units = [unit for unit in member.directory.units.values() if unit.slug in below]
    return [(unit.slug, unit.text.of(names.language())) for unit in units] if len(units) > 1 else []


def _urgent(member: Member, items: Iterable[WorkItem]) -> list[WorkItem]:
    return [item for item in items if tasks.is_urgent(item, member.now)]


def _print(items: Iterable[WorkItem], urgent: Iterable[WorkItem], total: Glance, unread: int) -> str:
    """Differs whenever the list would look different: what is on it, when it is due, what has become urgent, what is unread."""
    rows = [(str(item.case_id), item.key, item.status, str(item.due), item.paused, item.number) for item in items]
    told = json.dumps([rows, [f"{item.case_id}{item.key}" for item in urgent], total[0], total[2:], unread])
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()


def _alarm(item: WorkItem) -> dict[str, str]:
    slot = tasks.slot_of(item)
    must = names.duty(packs.pinned(item.pack_hash), item.rule)
    line = _("紧急：%(must)s") % {"must": " · ".join(part for part in (must, item.number) if part)}
    return {"id": slot, "line": line, "address": f"{reverse('work')}#row-{slot}"}
