"""Calendars: the policy's own, and the days and hours that this organisation or one of its units has besides."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.calendars.hours import clock
from redress.cases import moving
from redress.people.changes import Hand, policies
from redress.policy.language.pack import Calendar as WrittenCalendar
from redress.policy.local_days import AT, LOCAL
from redress.web.access import Member
from redress.web.plain_words import names
from redress.web.plain_words.names import language
from redress.web.plain_words.recurrences import DAYS

from .admitted import administrators_only, answer, day
from .units import in_order


@administrators_only
def calendars(request: HttpRequest, member: Member) -> HttpResponse:
    """One calendar (``calendar``) as it counts for all, or for one unit (``unit``)."""
    known = [rule.id for rule in member.pack.source.of(WrittenCalendar)]
    name = request.GET.get("calendar", "") or member.pack.head.calendar or (known[0] if known else "")
    unit = request.GET.get("unit", "")
    unit = unit if unit in member.directory.units else ""

    def posted(hand: Hand, form: Any) -> None:
        when = day(form.get("date", ""))
        if form.get("sort") == "open":
            policies.open_day(hand, member.pack, name, unit, when, form.get("hours", ""))
        else:
            policies.close_day(hand, member.pack, name, unit, when, form.get("zh", ""), form.get("en", ""))

    def hours(hand: Hand, form: Any) -> None:
        policies.set_hours(hand, member.pack, name, unit, [form.get(f"day-{n}", "") for n in range(7)])

    def forget(hand: Hand, form: Any) -> None:
        policies.forget_day(hand, member.pack, name, unit, day(form.get("date", "")))

    back = f"{reverse('setup-calendars')}?calendar={name}&unit={unit}"
    said = {
        "add": _("已登记。新登记的案件按它计时。"),
        "forget": _("已撤销。"),
        "hours": _("已保存。新登记的案件按它计时。"),
    }
    changes = {"add": posted, "forget": forget, "hours": hours}
    shown = lambda: _shown(member, name, unit, known)  # noqa: E731 - read again only where the page is shown
    return answer(request, member, "web/setup/calendars.html", changes, shown, back, said)


def _shown(member: Member, name: str, unit: str, known: list[str]) -> dict[str, Any]:
    if name not in known:
        return {"calendar": None}
    rules = {rule.id: rule for rule in member.pack.source.of(WrittenCalendar)}
    own = f"{name}{AT}{unit}"
    counted = member.pack.calendars[own if unit and own in member.pack.calendars else name]
    entries = [entry for entry in member.pack.settings.get(LOCAL, ()) if entry["calendar"] == name]
    mine = next((entry for entry in entries if entry.get("unit", "") == unit), {})
    return {
        "calendar": {"id": name, "name": names.said(rules[name].text), "zone": counted.zone, "clauses": rules[name].clauses},
        "all": [{"id": one, "name": names.said(rules[one].text)} for one in known],
        "unit": unit,
        "units": [(one.slug, "　" * depth + one.text.of(language())) for one, depth in in_order(member)],
        "own_units": [
            (entry["unit"], member.directory.unit_text(entry["unit"]).of(language())) for entry in entries if entry.get("unit")
        ],
        "week": [
            (n, str(DAYS[n]), " ".join(f"{clock(a)}-{clock(b)}" for a, b in counted.hours.get(n, ()))) for n in range(7)
        ],
        "own_hours": bool(mine.get("hours")),
        "days": _days(member, mine),
        "others": [] if not unit else _days(member, next((e for e in entries if not e.get("unit")), {})),
        "elsewhere": moving.elsewhere(member.organisation, member.pack),
    }  # fmt: skip


def _days(member: Member, entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The days of an entry from today on, by date."""
    closed = [{**one, "sort": "closed"} for one in entry.get("closed", ())]
    opened = [{**one, "sort": "open", "in_words": "、".join(one["hours"])} for one in entry.get("open", ())]
    days = [
        {**one, "day": date.fromisoformat(one["date"]), "weekday": str(DAYS[date.fromisoformat(one["date"]).weekday()])}
        for one in (*closed, *opened)
    ]
    return sorted((one for one in days if one["day"] >= member.today), key=lambda one: one["date"])
