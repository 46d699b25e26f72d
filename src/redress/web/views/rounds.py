"""Rounds: the standing duties of my units; what is due, what was done and found, and what comes in the next two weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse

from redress.cases.queries.gathered import LATEST, ended_since, to_be_done, visible_units
from redress.policy.language.periodic import Standing
from redress.web.access import Member, member_only
from redress.web.gathering import items_of
from redress.web.page import page
from redress.web.plain_words import names
from redress.web.rounds_sheet import Account, accounted, gathered, parted, rounds_of
from redress.web.units import units_in_reach

MOST, MOST_OPEN = 60, 240
AHEAD = 14
"""Days that the strip shows."""
DONE = (7, 30)
NOTHING_SAID = Account()


@dataclass(frozen=True)
class Day:
    """A day of the strip: what comes round then, each with its time and in how many units."""

    day: date
    today: bool
    rest: bool
    rounds: list[tuple[str, str, int, tuple[str, ...]]]


@member_only
def rounds(request: HttpRequest, member: Member) -> HttpResponse:
    """The page."""
    return show(request, member)


def show(request: HttpRequest, member: Member, said: Account = NOTHING_SAID, status: int = 200) -> HttpResponse:
    """The page, with what became of an account of missed rounds."""
    asked = request.POST if request.method == "POST" else request.GET
    unit = asked.get("unit", "")
    unit = unit if unit in member.directory.units else ""
    days = DONE[1] if asked.get("days") == str(DONE[1]) else DONE[0]
    since = member.now - timedelta(days=days)
    rows = (
        to_be_done(member.desk, "round", unit, limit=MOST_OPEN, order=LATEST)[::-1],
        ended_since(member.desk, "round", since, unit, limit=MOST, missed_limit=MOST_OPEN),
    )
    shown = rounds_of(member, items_of(member, [row for part in rows for row in part], "rounds"), said)
    live = [one for one in shown if one.item.state.live]
    now_due, soon = parted(live, member.now)
    times = gathered(now_due)
    listed = {one.item.row.case_id for one in live}
    return page(
        request,
        "web/rounds.html",
        member,
        status,
        unit=unit,
        units=units_in_reach(member),
        days=days,
        longer=DONE[1],
        now_due=times,
        accountable=sum(one.accountable for one in times),
        said=said,
        unlisted={refusal for case, told in said.refused.items() if case not in listed for refusal in told},
        soon=soon,
        done=[one for one in shown if one.item.state.status == "met"],
        missed=accounted(member, (one for one in shown if one.item.state.status == "missed")),
        late=sum(one.item.late for one in live),
        cut=len(live) >= MOST_OPEN,
        strip=_strip(member, unit),
        in_policy=bool(member.pack.standing),
        rules=list(member.pack.standing.values()),
    )


def _strip(member: Member, unit: str) -> list[Day]:
    """The coming days with what comes round on each, by the pack's recurrences."""
    first = member.today
    until = member.now + timedelta(days=AHEAD)
    seen = set(member.directory.below(unit)) if unit else set(visible_units(member.desk))
    by_day: dict[date, list[tuple[str, str, int, tuple[str, ...]]]] = {}
    for rule in member.pack.standing.values():
        units = _units(member, rule, seen)
        for moment in _moments(member, rule, until) if units else ():
            local = moment.astimezone(member.zone)
            row = (f"{local:%H:%M}", names.said(rule.text), len(units), rule.clauses)
            by_day.setdefault(local.date(), []).append(row)
    calendar = member.pack.calendar("")
    return [
        Day(day, day == first, not calendar.day(day).windows, sorted(by_day.get(day, [])))
        for day in (first + timedelta(days=n) for n in range(AHEAD))
    ]


def _units(member: Member, rule: Standing, seen: set[str]) -> list[str]:
    if not rule.unit_kinds:
        return [member.top] if member.top in seen else []
    return [
        slug for slug in seen if slug in member.directory.units and member.directory.unit_kind(slug) in rule.unit_kinds
    ]


def _moments(member: Member, rule: Standing, until: datetime) -> Iterable[datetime]:
    recurrence, calendar = member.pack.recurrence(rule), member.pack.calendar(rule.calendar)
    moment = recurrence.next_after(member.now, calendar)
    while moment <= until:
        yield moment
        moment = recurrence.next_after(moment, calendar)
