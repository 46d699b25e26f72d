"""The steps after the founding, taken as a member: open values, a complaint on trial, the end."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from redress.people import founding_drafts
from redress.people.changes import Hand, NotPossible, accounts
from redress.people.models import FoundingDraft, Person
from redress.policy.engine.case import Case
from redress.web.access import Member, member_of
from redress.web.asking import ask, typed
from redress.web.clock import now
from redress.web.first_run.trial import begun, try_out
from redress.web.page import go, page
from redress.web.plain_words.names import language
from redress.web.set_up import missing
from redress.web.signing.links import invitation_for

from ..setup.admitted import hand_of
from ..setup.assumptions import is_open, open_count, parameters, save
from .progress import step_page


def values(request: HttpRequest, draft: FoundingDraft, member: Member) -> HttpResponse:
    """What the policy leaves open: each value set or confirmed."""
    wrong: dict[str, str] = {}
    if request.method == "POST":
        hand = hand_of(member)
        for rule in member.pack.parameters.values():
            value, meant = request.POST.get(f"value-{rule.id}"), request.POST.get(f"confirm-{rule.id}")
            if value is None or not is_open(rule):
                continue
            try:
                save(hand, member, {"parameter": rule.id, "value": value, "note": ""}, confirmed=bool(meant))
            except NotPossible as error:
                wrong[rule.id] = error.text.of(language())
        if not wrong:
            founding_drafts.keep(draft, values_seen=True)
            return go(request, reverse("first-run-step", args=["trial"]))
    rows = [row for row in parameters(member) if row["open"]]
    for row in rows:
        row["shown"] = request.POST.get(f"value-{row['rule'].id}", row["value"])
        row["wrong"] = wrong.get(row["rule"].id, "")
    return step_page(request, "values", draft, wrong, member=member, pack=member.pack, rows=rows)


def trial(request: HttpRequest, draft: FoundingDraft, member: Member) -> HttpResponse:
    """A complaint tried out, and kept nowhere."""
    act = member.pack.acts["register"]
    likely, where = _likely_taker(member)
    taker, unit = request.POST.get("taker") or likely, request.POST.get("unit") or where
    if request.method == "POST" and request.POST.get("do") == "go-on":
        founding_drafts.keep(draft, tried=True)
        return go(request, reverse("first-run-step", args=["done"]))
    tried, raw = None, begun(member, act)
    if request.method == "POST" and taker in member.directory.people and unit in member.directory.units:
        raw, values = typed(member.desk, act, request.POST, Case(unit=unit))
        tried = try_out(member, unit, values, taker)
    asked = ask(member.desk, act, Case(unit=unit), raw=raw)
    asked.fields = [view for view in asked.fields if view.control != "files"]
    return step_page(
        request, "trial", draft, {}, member=member, pack=member.pack, asked=asked, tried=tried, unit=unit, taker=taker,
        units=[(one.slug, one.text.of(language())) for one in member.directory.open_units],
        people=[(one.slug, one.text.of(language())) for one in member.directory.people.values() if one.active],
    )  # fmt: skip


def done(request: HttpRequest, draft: FoundingDraft, member: Member) -> HttpResponse:
    """What is still missing, and on to the set-up."""
    if request.method == "POST":
        draft.finished = now(request)
        draft.save(update_fields=["finished"])
        return go(request, reverse("setup"))
    return step_page(
        request, "done", draft, {}, member=member, pack=member.pack,
        posts=missing.empty_posts(member.pack, member.directory, member.today),
        vacant=missing.vacant_roles(member.pack, member.directory, member.today), to_confirm=open_count(member),
        without_account=Person.objects.filter(organisation=member.organisation, active=True, user__isnull=True).count(),
    )  # fmt: skip


def as_member(view: Any) -> Any:
    """A step after the founding: the reader is a member by then, unless their account is another organisation's."""

    def guarded(request: HttpRequest, draft: FoundingDraft) -> HttpResponse:
        member = member_of(request)
        if member is None or member.organisation != draft.organisation:
            draft.finished = now(request)
            draft.save(update_fields=["finished"])
            return page(
                request, "web/first_run/elsewhere.html", member, organisation=draft.data["zh"],
                invitation=_invitation(request, draft),
            )  # fmt: skip
        return view(request, draft, member)

    return guarded


def _invitation(request: HttpRequest, draft: FoundingDraft) -> str:
    """The link by which the administrator of a further organisation opens their account there."""
    me = Person.objects.filter(organisation=draft.organisation, administers=True, user__isnull=True).first()
    if me is None:
        return ""
    hand = Hand(draft.organisation, me.slug, now(request), now(request).date())
    return invitation_for(request, accounts.invite(hand, me.slug))


def _likely_taker(member: Member) -> tuple[str, str]:
    """Who would probably take a complaint, and where: whoever holds a seat lowest in the tree."""
    seats = [seat for seat in member.directory.held if seat.on(member.today)]
    lowest = max(seats, key=lambda seat: len(member.directory.lineage(seat.unit)), default=None)
    return (lowest.person, lowest.unit) if lowest else (member.person, member.home)
