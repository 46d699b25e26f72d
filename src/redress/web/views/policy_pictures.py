"""The policy drawn from its rules: deadlines, ladders, authority, calendar, and what it asks of each role."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from redress.cases.queries import lived
from redress.web.access import Member, forbidden, member_only
from redress.web.page import page
from redress.web.policy_pages.authority import matrix
from redress.web.policy_pages.calendars import calendars
from redress.web.policy_pages.deadlines import deadlines, ticks
from redress.web.policy_pages.ladders import ladders
from redress.web.policy_pages.roles import part_of, roles_of


@member_only
def deadline_axis(request: HttpRequest, member: Member) -> HttpResponse:
    """Every duty with a limit on one axis; ``role`` narrows it."""
    role = request.GET.get("role", "")
    role = role if role in member.pack.roles else ""
    cases = lived.latest(member.desk)
    return page(
        request,
        "web/policy/deadlines.html",
        member,
        pack=member.pack,
        deadlines=deadlines(member.pack, role),
        ticks=ticks(),
        role=role,
        roles=roles_of(member.pack),
        lived=lived.duties_lived(cases) if cases else {},
        looked_at=len(cases),
    )


@member_only
def all_ladders(request: HttpRequest, member: Member) -> HttpResponse:
    return page(request, "web/policy/ladders.html", member, pack=member.pack, ladders=ladders(member.pack))


@member_only
def authority(request: HttpRequest, member: Member) -> HttpResponse:
    return page(request, "web/policy/authority.html", member, pack=member.pack, matrix=matrix(member.pack))


@member_only
def calendar(request: HttpRequest, member: Member) -> HttpResponse:
    return page(
        request, "web/policy/calendar.html", member, pack=member.pack, calendars=calendars(member.pack, member.today)
    )


@member_only
def roles(request: HttpRequest, member: Member) -> HttpResponse:
    """Everybody whom the policy asks something of; the reader's own roles first."""
    own = {seat.role for seat in member.actor.seats}
    found = sorted(roles_of(member.pack), key=lambda row: row[0] not in own)
    return page(request, "web/policy/roles.html", member, pack=member.pack, roles=found, own=own)


@member_only
def role(request: HttpRequest, member: Member, role_id: str) -> HttpResponse:
    if role_id not in member.pack.roles:
        return forbidden(request, member)
    return page(
        request, "web/policy/role.html", member, pack=member.pack, part=part_of(member.pack, role_id), ticks=ticks()
    )
