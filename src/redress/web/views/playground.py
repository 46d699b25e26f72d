"""The playground: where invented complaints of the organisation are begun and found again."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.people.packs import UnknownPack, pinned
from redress.policy.pack import Pack
from redress.policy.sandbox.sandbox import Sandbox
from redress.policy.sandbox.story import move_of, next_step
from redress.policy.scenarios.language import Scenario
from redress.practice import sandboxes
from redress.practice.casts import scenarios_by_name
from redress.practice.models import Sandbox as Row
from redress.web.access import Member, member_only
from redress.web.page import go, page, say
from redress.web.practice.titles import first_words, row_title, title_of


@member_only
def playground(request: HttpRequest, member: Member) -> HttpResponse:
    """What can be begun, and what was begun; posted, a new sandbox."""
    if request.method == "POST":
        return _begin(request, member)
    stories = scenarios_by_name(member.pack.id)
    rows = sandboxes.latest(member.organisation)
    return page(
        request,
        "web/playground.html",
        member,
        stories=[
            (name, title_of(story), first_words(member.pack, story), len(story.named_clauses()))
            for name, story in stories.items()
        ],
        sandboxes=[(row, row_title(row), member.directory.person_text(row.person)) for row in rows],
        versions=_versions(member),
        start=f"{member.now.astimezone(member.zone):%Y-%m-%dT%H:%M}",
    )


def _begin(request: HttpRequest, member: Member) -> HttpResponse:
    story = request.POST.get("story", "")
    scenario = scenarios_by_name(member.pack.id).get(story)
    pack = member.pack if scenario else _pack(member, request.POST.get("pack", ""))
    start = _start(request, member, pack)
    row = sandboxes.begin(member.directory, member.person, pack, story if scenario else "", start, member.now)
    if scenario is not None:
        _first_step(row, member, scenario)
    say(request, _("沙盘已备好。这里的一切都不进入真实记录。"))
    return go(request, reverse("sandbox", args=[row.pk]))


def _first_step(row: Row, member: Member, scenario: Scenario) -> None:
    sandbox: Sandbox = sandboxes.play(row, member.directory)
    found = next_step(scenario, sandbox)
    if found is None:
        return
    sandbox.make(move_of(sandbox, *found))
    sandboxes.keep(row, [taken.move for taken in sandbox.taken], member.now)


def _start(request: HttpRequest, member: Member, pack: Pack) -> datetime:
    """The moment written, now where none is; not before the policy takes effect."""
    try:
        written = datetime.fromisoformat(request.POST.get("start", ""))
    except ValueError:
        written = member.now.astimezone(member.zone)
    written = written if written.tzinfo else written.replace(tzinfo=member.zone)
    first = datetime.combine(pack.head.effective.from_, time(9), pack.zone())
    return written if pack.in_force(written) else first


def _pack(member: Member, pack_hash: str) -> Pack:
    known = {version.hash for version in member.directory.known_packs}
    try:
        return pinned(pack_hash) if pack_hash in known else member.pack
    except UnknownPack:
        return member.pack


def _versions(member: Member) -> list[tuple[str, str, Any, bool]]:
    """(hash, version, in force from, whether it is today's) of the versions the organisation has had, the latest first."""
    rows = [
        (known.hash, known.version, known.effective_from, known.hash == member.pack.hash)
        for known in reversed(member.directory.known_packs)
    ]
    return rows if len(rows) > 1 else []
