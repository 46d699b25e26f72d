"""Rounds: the standing duties of my units; what is due, what was done and found, and what comes in the next two weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest, HttpResponse

from redress.cases.queries.finds import Find, finds
from redress.cases.queries.gathered import done_since, to_be_done, visible_units
from redress.policy.language.periodic import Standing
from redress.web.access import Member, member_only
from redress.web.gathering import Item, items_of
from redress.web.page import page
from redress.web.plain_words import names
from redress.web.units import units_in_reach

MOST = 60
AHEAD = 14
"""Days that the strip shows."""
DONE = (7, 30)
NEVER = datetime.max.replace(tzinfo=UTC)
"""After every due time: rounds without one come last."""


@dataclass(frozen=True)
class Round:
    """A round with the complaints that came of it. ``finds_things``: it looks for complaints, rather than reports on them."""

    item: Item
    finds: tuple[Find, ...]
    finds_things: bool


@dataclass(frozen=True)
class Gathered:
    """A round that is to be done, and the times before on which the same one in the same unit was not done."""

    last: Round
    missed: tuple[Round, ...]


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
    unit = request.GET.get("unit", "")
    unit = unit if unit in member.directory.units else ""
    days = DONE[1] if request.GET.get("days") == str(DONE[1]) else DONE[0]
    due = to_be_done(member.desk, "round", unit, limit=MOST)
    since = member.now - timedelta(days=days)
    items = items_of(member, [*due, *done_since(member.desk, "round", since, unit, limit=MOST)], "rounds")
    live = [item for item in items if item.state.live]
    done = [item for item in items if not item.state.live]
    shown = _rounds(member, [*live, *done])
    open_ones = shown[: len(live)]
    midnight = (
        (member.now + timedelta(days=1)).astimezone(member.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    )
    now_, soon = _parted(open_ones, midnight)
    return page(
        request,
        "web/rounds.html",
        member,
        unit=unit,
        units=units_in_reach(member),
        days=days,
        longer=DONE[1],
        now_due=_gathered(now_),
        soon=soon,
        done=shown[len(live) :],
        late=sum(item.late for item in live),
        cut=len(live) >= MOST,
        strip=_strip(member, unit),
        in_policy=bool(member.pack.standing),
        rules=list(member.pack.standing.values()),
    )


def _parted(rounds_: list[Round], midnight: datetime) -> tuple[list[Round], list[Round]]:
    """Those due by the end of the day (or without a due time), and the later ones."""
    today = [one for one in rounds_ if one.item.state.due is None or one.item.state.due <= midnight]
    return today, [one for one in rounds_ if one not in today]


def _gathered(rounds_: list[Round]) -> list[Gathered]:
    """One row for a round however often it was left undone, those whose last time is due first."""
    alike: dict[tuple[str, str], list[Round]] = {}
    for one in rounds_:
        alike.setdefault((one.item.file.case.subject, one.item.row.unit), []).append(one)
    found = [Gathered(times[-1], tuple(reversed(times[:-1]))) for times in alike.values()]
    return sorted(found, key=lambda one: one.last.item.state.due or NEVER)


def _rounds(member: Member, items: list[Item]) -> list[Round]:
    found = finds(member.desk, {case for item in items for case in item.file.case.finds})
    return [
        Round(item, tuple(found[case] for case in item.file.case.finds if case in found), _finds_things(item))
        for item in items
    ]


def _finds_things(item: Item) -> bool:
    rule = item.pack.standing.get(item.file.case.subject)
    return rule is not None and not rule.report


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
