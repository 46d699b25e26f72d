"""What is missing before the policy can run, and what was changed last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from redress.people.models import Person
from redress.web.access import Member
from redress.web.page import page
from redress.web.set_up import missing
from redress.web.set_up.entries import newest_entries

from .admitted import administrators_only
from .assumptions import open_count

LAST_CHANGES = 6


@administrators_only
def overview(request: HttpRequest, member: Member) -> HttpResponse:
    directory, pack = member.directory, member.pack
    without_account = Person.objects.filter(
        organisation=member.organisation, active=True, user__isnull=True
    ).count()  # fmt: skip
    return page(
        request,
        "web/setup/overview.html",
        member,
        pack=pack,
        empty_posts=missing.empty_posts(pack, directory, member.today),
        vacant_roles=missing.vacant_roles(pack, directory, member.today),
        dead_ends=missing.dead_ends(pack, directory, member.today),
        unpublished=missing.unpublished(pack, member.today),
        uncovered=missing.uncovered(directory, member.today),
        to_confirm=open_count(member),
        without_account=without_account,
        people=sum(person.active for person in directory.people.values()),
        units=len(directory.open_units),
        entries=newest_entries(member, LAST_CHANGES),
    )
