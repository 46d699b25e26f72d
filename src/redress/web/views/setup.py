"""Setting the organisation up: posts not filled, seats, stand-ins, and the policy's parameters. For seats at the top unit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.people.models import Appointment, Organisation, Person, StandIn, Unit
from redress.web.access import Member, forbidden, member_only
from redress.web.page import go, page, say
from redress.web.parameters import is_yes_no, settings_from, shown_value
from redress.web.plain_words import names, rule_words


@member_only
def setup(request: HttpRequest, member: Member) -> HttpResponse:
    """The page; posted, one of its forms (named by ``form``)."""
    if not member.at_the_top:
        return forbidden(request, member)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        change = CHANGES.get(request.POST.get("form", ""))
        with transaction.atomic():
            wrong = change(request, member) if change else {"form": _("没有这张表")}
        if not wrong:
            say(request, _("已保存。"))
            return go(request, reverse("setup"))
    return _show(request, member, wrong)


def _show(request: HttpRequest, member: Member, wrong: dict[str, str]) -> HttpResponse:
    pack, lang = member.pack, names.language()
    stand_ins = StandIn.objects.filter(person__organisation=member.organisation, to_date__gte=member.today)
    return page(
        request,
        "web/setup.html",
        member,
        422 if wrong else 200,
        pack=pack,
        wrong=wrong,
        posted=request.POST,
        empty_posts=empty_posts(member),
        people=[
            _person(member, person) for person in member.directory.people if member.directory.people[person].active
        ],
        units=[(unit.slug, unit.text.of(lang)) for unit in member.directory.units.values()],
        roles=[(role.id, role.text.of(lang)) for role in pack.roles.values() if role.found == "seat"],
        stand_ins=stand_ins.select_related("person", "for_person").order_by("from_date", "id"),
        parameters=[_parameter(request, member, rule, wrong) for rule in pack.parameters.values()],
        today=member.today,
    )


def empty_posts(member: Member) -> list[tuple[str, str, int, int, tuple[str, ...]]]:
    """(role, unit, how many there are, how many there must be, clauses) of every post that is not filled today."""
    found = []
    for post in member.pack.posts:
        for unit in member.directory.units.values():
            if post.unit_kinds and unit.kind not in post.unit_kinds:
                continue
            there = len(member.directory.holders(post.role, unit.slug, member.today))
            if there < post.at_least:
                found.append(
                    (
                        names.role(member.pack, post.role),
                        unit.text.of(names.language()),
                        there,
                        post.at_least,
                        post.own_clauses(),
                    )
                )
    return found


def _person(member: Member, slug: str) -> tuple[str, str, list[tuple[str, str, str, str]]]:
    seats = [
        (
            held.role,
            held.unit,
            names.role(member.pack, held.role),
            member.directory.unit_text(held.unit).of(names.language()),
        )
        for held in member.directory.held
        if held.person == slug and held.on(member.today)
    ]
    return slug, member.directory.person_text(slug).of(names.language()), seats


def _parameter(request: HttpRequest, member: Member, rule: Any, wrong: dict[str, str]) -> dict[str, Any]:
    return {
        "words": rule_words(member.pack, rule),
        "rule": rule,
        "yes_no": is_yes_no(rule),
        "value": request.POST.get(f"parameter-{rule.id}", "") if wrong else shown_value(member.pack, rule),
        "own": str(rule.value),
        "wrong": wrong.get(rule.id, ""),
    }


def _save_parameters(request: HttpRequest, member: Member) -> dict[str, str]:
    chosen, wrong = settings_from(member.pack, request.POST.dict())
    if not wrong:
        Organisation.objects.filter(slug=member.organisation).update(settings=chosen)
    return wrong


def _appoint(request: HttpRequest, member: Member) -> dict[str, str]:
    person = Person.objects.filter(
        organisation=member.organisation, slug=request.POST.get("person", ""), active=True
    ).first()
    unit = Unit.objects.filter(organisation=member.organisation, slug=request.POST.get("unit", "")).first()
    role = member.pack.roles.get(request.POST.get("role", ""))
    if person is None or unit is None or role is None or role.found != "seat":
        return {"appoint": _("请选人员、岗位和单位")}
    if not any(
        h.person == person.slug and h.role == role.id and h.unit == unit.slug and h.on(member.today)
        for h in member.directory.held
    ):
        Appointment.objects.get_or_create(
            person=person, role=role.id, unit=unit, from_date=member.today, defaults={"to_date": None}
        )
    return {}


def _dismiss(request: HttpRequest, member: Member) -> dict[str, str]:
    """The seat ends: an appointment that began today never was, an older one ends with yesterday."""
    seats = Appointment.objects.filter(
        person__organisation=member.organisation,
        person__slug=request.POST.get("person", ""),
        role=request.POST.get("role", ""),
        unit__slug=request.POST.get("unit", ""),
        to_date__isnull=True,
    )
    seats.filter(from_date__gte=member.today).delete()
    seats.update(to_date=member.today - timedelta(days=1))
    return {}


def _stand_in(request: HttpRequest, member: Member) -> dict[str, str]:
    people = {
        name: Person.objects.filter(
            organisation=member.organisation, slug=request.POST.get(name, ""), active=True
        ).first()
        for name in ("person", "for_person")
    }
    first, last = _day(request.POST.get("from_date", "")), _day(request.POST.get("to_date", ""))
    role = request.POST.get("role", "")
    if None in people.values() or people["person"] == people["for_person"] or (role and role not in member.pack.roles):
        return {"stand-in": _("请选两个不同的人")}
    if first is None or last is None or last < first:
        return {"stand-in": _("请写起止日期，止日不早于起日")}
    StandIn.objects.create(
        person=people["person"], for_person=people["for_person"], role=role, from_date=first, to_date=last
    )
    return {}


def _end_stand_in(request: HttpRequest, member: Member) -> dict[str, str]:
    given = request.POST.get("stand_in", "")
    if given.isascii() and given.isdigit():
        StandIn.objects.filter(person__organisation=member.organisation, pk=int(given)).delete()
    return {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


CHANGES = {
    "parameters": _save_parameters,
    "appoint": _appoint,
    "dismiss": _dismiss,
    "stand-in": _stand_in,
    "end-stand-in": _end_stand_in,
}
