"""Who is away and who stands in: a calendar of the coming weeks, the list, and the form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.people.changes import Hand, NotPossible
from redress.people.changes import absences as changes
from redress.people.models import Absence, StandIn
from redress.web.access import Member
from redress.web.plain_words.names import language

from .admitted import administrators_only, answer, day, number

WEEKS = 5


@administrators_only
def absences(request: HttpRequest, member: Member) -> HttpResponse:
    """Five weeks from the Monday of ``from`` (this week's, where it is not told)."""

    def add(hand: Hand, form: Any) -> None:
        role = form.get("role", "")
        if role and role not in member.pack.roles:
            raise NotPossible("没有这个岗位", "there is no such role", "role")
        first, last = day(form.get("from_date", "")), day(form.get("to_date", ""))
        if form.get("present"):
            changes.stand_in(hand, form.get("deputy", ""), form.get("person", ""), first, last, role)
        else:
            changes.add(hand, form.get("person", ""), first, last, form.get("reason", ""), form.get("deputy", ""), role)

    return answer(
        request,
        member,
        "web/setup/absences.html",
        {
            "add": add,
            "end-absence": lambda hand, form: changes.end_absence(hand, number(form.get("id", ""))),
            "end-stand-in": lambda hand, form: changes.end_stand_in(hand, number(form.get("id", ""))),
        },
        lambda: _shown(request, member),
        reverse("setup-absences"),
        {"add": _("已登记。"), "end-absence": _("已结束。"), "end-stand-in": _("已结束。")},
    )


def _shown(request: HttpRequest, member: Member) -> dict[str, Any]:
    start = day(request.GET.get("from", "")) or member.today
    monday = start - timedelta(days=start.weekday())
    days = [monday + timedelta(days=n) for n in range(WEEKS * 7)]
    rows = list(
        Absence.objects.filter(person__organisation=member.organisation, to_date__gte=min(monday, member.today))
        .select_related("person")
        .order_by("from_date", "id")
    )
    stand_ins = list(
        StandIn.objects.filter(person__organisation=member.organisation, to_date__gte=min(monday, member.today))
        .select_related("person", "for_person")
        .order_by("from_date", "id")
    )
    calendar = member.pack.calendar("")
    people = [(slug, entry.text.of(language())) for slug, entry in member.directory.people.items() if entry.active]
    return {
        "days": [{"date": one, "today": one == member.today, "off": not calendar.day(one).windows} for one in days],
        "lines": _lines(member, days, rows, stand_ins),
        "absences": [row for row in rows if row.to_date >= member.today],
        "stand_ins": [row for row in stand_ins if row.to_date >= member.today],
        "earlier": monday - timedelta(weeks=WEEKS),
        "later": monday + timedelta(weeks=WEEKS),
        "people": people,
        "roles": [(role.id, role.text.of(language())) for role in member.pack.roles.values() if role.found == "seat"],
    }  # fmt: skip


def _lines(member: Member, days: list[date], rows: list[Absence], stand_ins: list[StandIn]) -> list[dict[str, Any]]:
    """One line per person away or stood in for in these days; every cell says whether they are away and who acts for them."""
    lines: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        _mark(lines.setdefault(row.person.slug, [{} for _day in days]), days, row, {"away": row.reason or _("不在岗")})
    for row in stand_ins:
        who = member.directory.person_text(row.person.slug).of(language())
        _mark(lines.setdefault(row.for_person.slug, [{} for _day in days]), days, row, {"deputy": who})
    return [
        {"name": member.directory.person_text(slug).of(language()), "cells": cells}
        for slug, cells in lines.items()
        if any(cells)
    ]


def _mark(cells: list[dict[str, Any]], days: list[date], row: Absence | StandIn, what: dict[str, Any]) -> None:
    for cell, one in zip(cells, days, strict=True):
        if row.from_date <= one <= row.to_date:
            cell.update(what)
