"""The people: the list, and one person's page with seats, account and leaving."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.cases.queries.handover import Handover, handover_of
from redress.people.changes import Hand, NotPossible, staff
from redress.people.models import Person
from redress.web.access import Member, forbidden
from redress.web.plain_words import names
from redress.web.plain_words.names import language

from .accounts import account_changes, account_shown
from .admitted import administrators_only, answer, day, number
from .units import in_order

SHOWN = 200
"""So many people a list shows; more are found by their name."""


@administrators_only
def people(request: HttpRequest, member: Member) -> HttpResponse:
    """The list, narrowed by ``q`` and ``show``; posted, somebody new."""
    made: list[str] = []

    def add(hand: Hand, form: Any) -> None:
        person = staff.add(hand, form.get("zh", ""), form.get("en", ""), form.get("email", ""), form.get("phone", ""))
        made.append(person.slug)

    return answer(
        request,
        member,
        "web/setup/people.html",
        {"add": add},
        lambda: _list(request, member),
        lambda: reverse("setup-person", args=made),
        {"add": _("已加入。请任命岗位，再发邀请。")},
    )


def _list(request: HttpRequest, member: Member) -> dict[str, Any]:
    asked, show = request.GET.get("q", "").strip(), request.GET.get("show", "")
    rows = Person.objects.filter(organisation=member.organisation).select_related("user").order_by("id")
    rows = rows.filter(active=show != "left")
    if show == "no-account":
        rows = rows.filter(user__isnull=True)
    if show == "no-seat":
        seated = {held.person for held in member.directory.held if held.on(member.today)}
        rows = rows.exclude(slug__in=seated)
    if asked:
        rows = rows.filter(Q(zh__icontains=asked) | Q(en__icontains=asked) | Q(email__icontains=asked))
    seats = _seats_by_person(member)
    found = list(rows[: SHOWN + 1])
    return {
        "rows": [{"person": person, "name": _name(person), "seats": seats.get(person.slug, [])} for person in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "asked": asked,
        "show": show,
        "total": sum(person.active for person in member.directory.people.values()),
        "away": {row.person for row in member.directory.away if row.first <= member.today <= row.last},
    }  # fmt: skip


@administrators_only
def person(request: HttpRequest, member: Member, slug: str) -> HttpResponse:
    """One person."""
    row = Person.objects.select_related("user").filter(organisation=member.organisation, slug=slug).first()
    if row is None:
        return forbidden(request, member)
    changes = {
        "change": lambda hand, form: staff.change(
            hand, slug, form.get("zh", ""), form.get("en", ""), form.get("email", ""), form.get("phone", "")
        ),
        "appoint": lambda hand, form: _appoint(hand, member, slug, form),
        "end-seat": lambda hand, form: staff.end_seat(hand, number(form.get("seat", ""))),
        "administers": lambda hand, form: staff.administers(hand, slug, form.get("may") == "yes"),
        "leave": lambda hand, form: staff.leave(hand, slug, form.get("successor", "")),
        "come-back": lambda hand, form: staff.come_back(hand, slug),
        **account_changes(request, slug),
    }
    said = {"leave": _("已办离职。"), "appoint": _("已任命。"), "end-seat": _("已免去。")}
    shown = lambda: {**_one(member, row), **account_shown(request, row)}  # noqa: E731 - read again only where the page is shown
    return answer(request, member, "web/setup/person.html", changes, shown, reverse("setup-person", args=[slug]), said)


def _one(member: Member, row: Person) -> dict[str, Any]:
    seats = [
        {
            "id": seat.pk, "role": names.role(member.pack, seat.role), "unit": member.directory.unit_text(seat.unit.slug).of(language()),
            "first": seat.from_date, "last": seat.to_date, "ahead": seat.from_date > member.today, "undo": seat.from_date >= member.today,
        }
        for seat in staff.current_seats(row, member.today)
    ]  # fmt: skip
    handover: Handover | None = handover_of(member.organisation, row.slug) if row.active else None
    return {
        "person": row,
        "name": _name(row),
        "seats": seats,
        "roles": [(role.id, role.text.of(language())) for role in member.pack.roles.values() if role.found == "seat"],
        "units": [(unit.slug, "　" * depth + unit.text.of(language())) for unit, depth in in_order(member)],
        "others": [
            (other.slug, other.text.of(language()))
            for other in member.directory.people.values()
            if other.active and other.slug != row.slug
        ],
        "handover": handover,
        "is_me": row.slug == member.person,
    }  # fmt: skip


def _appoint(hand: Hand, member: Member, slug: str, form: Any) -> None:
    role = member.pack.roles.get(form.get("role", ""))
    if role is None or role.found != "seat":
        raise NotPossible("请选岗位", "choose a role", "role")
    first = day(form.get("from_date", "")) or member.today
    last = day(form.get("to_date", ""))
    staff.appoint(hand, slug, role.id, form.get("unit", ""), first, last)


def _seats_by_person(member: Member) -> dict[str, list[tuple[str, str]]]:
    seats: dict[str, list[tuple[str, str]]] = {}
    for held in member.directory.held:
        if held.on(member.today):
            unit = member.directory.unit_text(held.unit).of(language())
            seats.setdefault(held.person, []).append((names.role(member.pack, held.role), unit))
    return seats


def _name(person: Person) -> str:
    return person.en if language().startswith("en") and person.en else person.zh
