"""The versions of the policy that have ruled or will rule, and what differs between two of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from redress.people.packs import versions_of
from redress.replays.asking import ask, stop
from redress.replays.playing import What
from redress.web.access import Member, forbidden, member_only
from redress.web.page import go, page
from redress.web.policy_pages.comparing import Chosen, chosen_versions, compared
from redress.web.policy_pages.text_difference import text_difference

COUNTED = {
    "changed": gettext_lazy("改动"), "added": gettext_lazy("新增"), "removed": gettext_lazy("删除"),
    "clock": gettext_lazy("改了时间"), "sum": gettext_lazy("改了金额"),
}  # fmt: skip
"""What the difference adds up; each figure opens its list."""


@member_only
def versions(request: HttpRequest, member: Member) -> HttpResponse:
    """The list, and two of them to compare."""
    found = versions_of(member.directory)
    return page(request, "web/policy/versions.html", member, pack=member.pack, versions=found)


@member_only
def difference(request: HttpRequest, member: Member) -> HttpResponse:
    """What differs between the versions ``old`` and ``new``: in words, clause by clause and rule by rule."""
    chosen = chosen_versions(member, request.GET.get("old", ""), request.GET.get("new", ""))
    if chosen is None:
        return forbidden(request, member)
    found, only = text_difference(chosen.old, chosen.new), request.GET.get("only", "")
    counts = found.counted()
    only = only if only in {*counts, *(kind.key for kind in found.kinds)} else ""
    return page(
        request,
        "web/policy/difference.html",
        member,
        pack=member.pack,
        chosen=chosen,
        difference=found,
        total=len(found.changes),
        figures=[(name, str(COUNTED[name]), number) for name, number in counts.items()],
        only=only,
        kinds=found.only(only),
    )


@member_only
def behaviour(request: HttpRequest, member: Member) -> HttpResponse:
    """What the two versions would have done: with the pack's own scenarios, or (``with=cases``) with the latest cases."""
    chosen, what = _asked(member, request.GET)
    if chosen is None:
        return forbidden(request, member)
    found = compared(member, chosen, what)
    return page(
        request, "web/policy/behaviour.html", member, pack=member.pack, chosen=chosen, what=what, compared=found
    )


@require_POST
@member_only
def replay(request: HttpRequest, member: Member) -> HttpResponse:
    """Plays the versions again in the background, or (``stop``) ends what is being played."""
    chosen, what = _asked(member, request.POST)
    if chosen is None:
        return forbidden(request, member)
    if "stop" in request.POST:
        stop(member.desk, what, chosen.old, chosen.new)
    else:
        ask(member.desk, what, chosen.old, chosen.new)
    return go(request, chosen.behaviour(what))


def _asked(member: Member, told: QueryDict) -> tuple[Chosen | None, What]:
    what: What = "cases" if told.get("with", "") == "cases" else "scenarios"
    return chosen_versions(member, told.get("old", ""), told.get("new", "")), what
