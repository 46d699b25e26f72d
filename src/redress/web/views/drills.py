"""Drills: what one can practise, what one has practised, and for heads what their people have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from redress.practice import drills as kept
from redress.practice.casts import scenarios_by_name
from redress.practice.models import Drill
from redress.web.access import Member, forbidden, member_only
from redress.web.leading import led_units
from redress.web.page import go, page
from redress.web.plain_words import names
from redress.web.practice.titles import first_words, title_of


@dataclass(frozen=True)
class Told:
    """A drill in a list: its title, who practised, its figures."""

    row: Drill
    title: str
    person: str
    unit: str


@member_only
def drills(request: HttpRequest, member: Member) -> HttpResponse:
    """The list; posted, a drill begins."""
    found = kept.choices(member.pack, member.actor)
    if request.method == "POST":
        return _begin(request, member, found)
    units = led_units(member)
    mine = kept.of_person(member.organisation, member.person)
    theirs = kept.of_units(member.organisation, units, member.person) if units else []
    return page(
        request,
        "web/drills.html",
        member,
        choices=[
            _choice(member, choice)
            for choice in sorted(found, key=lambda one: (-one.own, one.script.scenario.scenario))
        ],
        practised={(row.scenario, row.story) for row in mine if row.ended},
        mine=_told(member, mine),
        theirs=_told(member, theirs),
        heads=bool(units),
        speeds=kept.SPEEDS,
    )


def _choice(member: Member, choice: kept.Choice) -> dict[str, Any]:
    script = choice.script
    seats = dict.fromkeys(role for role, _unit in choice.part.seats)
    return {
        "name": script.scenario.scenario,
        "label": script.label,
        "title": title_of(script.scenario),
        "said": first_words(member.pack, script.scenario, script.label),
        "part": names.roles(member.pack, seats) or names.role(member.pack, "staff"),
        "own": choice.own,
        "minutes": int(script.lasts.total_seconds() // 60),
        "speed": choice.speed,
    }


def _begin(request: HttpRequest, member: Member, found: list[kept.Choice]) -> HttpResponse:
    story = (request.POST.get("story", ""), request.POST.get("label", ""))
    choice = next((one for one in found if (one.script.scenario.scenario, one.script.label) == story), None)
    if choice is None:
        return forbidden(request, member)
    given = request.POST.get("speed", "")
    speed = int(given) if given in {str(one) for one in kept.SPEEDS} else choice.speed
    row = kept.begin(member.organisation, member.person, member.home, member.pack, choice, speed, member.now)
    return go(request, reverse("drill", args=[row.pk]))


def _told(member: Member, rows: Iterable[Drill]) -> list[Told]:
    lang = names.language()
    stories = scenarios_by_name(member.pack.id)
    return [
        Told(
            row,
            title_of(stories[row.scenario]) if row.scenario in stories else row.scenario,
            member.directory.person_text(row.person).of(lang),
            member.directory.unit_text(row.unit).of(lang),
        )
        for row in rows
    ]
