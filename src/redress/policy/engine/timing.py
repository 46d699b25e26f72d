"""When a duty starts, falls due, and is next looked at by the clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from redress.calendars import Calendar, Reckoning, reckon
from redress.calendars import Pause as CalendarPause
from redress.policy.conditions import plain_moment
from redress.policy.language.duties import Duty, Limit
from redress.policy.pack import Pack

from .case import DutyState
from .facts import Facts

UNTIL = "until "
"""Span text of a duty that is due at an agreed date: ``until FIELD``."""


class Timing(msgspec.Struct, frozen=True):
    """The times of a duty that opens: ``span`` in words of the pack ("30 min", "until reply_by", "" for no limit)."""

    start: datetime
    span: str
    calendar: str
    due: datetime | None
    next: datetime | None
    waiting: bool
    provisional: bool


def timing_of(duty: Duty, facts: Facts, unit: str) -> Timing:
    """The times of ``duty`` opening now (``facts.at``) in ``unit``."""
    named = facts.pack.calendar_in(duty.calendar, facts.world.lineage(unit))
    calendar = facts.pack.calendar(named)
    start = _running_since(duty.within, facts, calendar)
    if duty.wait:
        start = _due(facts.pack, facts.pack.span(duty.wait).__str__(), start, calendar).due or start
    span, due, provisional = limit_of(duty.within, facts, start, calendar)
    upcoming = start if duty.wait else next_look(facts.pack, duty, start, due, late=False, reminded=0, calendar=named)
    if upcoming is not None:
        upcoming = max(upcoming, facts.at)  # an agreed date may lie in the past; the clock never runs backwards
    return Timing(start, span, named, due, upcoming, bool(duty.wait), provisional)


def _running_since(limit: Limit | None, facts: Facts, calendar: Calendar) -> datetime:
    """When the clock of a duty that opens now started: now, or earlier by the field the limit counts from."""
    value = facts.field(limit.from_) if limit and limit.from_ else None
    return min(moment_in(value, calendar), facts.at) if value else facts.at


def limit_of(
    limit: Limit | None, facts: Facts, start: datetime, calendar: Calendar
) -> tuple[str, datetime | None, bool]:
    """(span in words, due time or None, provisional) of a limit that runs from ``start``."""
    if limit is None:
        return "", None, False
    if limit.until:
        return _agreed(limit, facts, start, calendar)
    written = limit.span or limit.table.get(str(facts.field(limit.by) or ""), limit.otherwise)
    if written is None:
        return "", None, False
    span = str(facts.pack.span(written))
    found = _due(facts.pack, span, start, calendar)
    return span, found.due, found.provisional


def _agreed(limit: Limit, facts: Facts, start: datetime, calendar: Calendar) -> tuple[str, datetime | None, bool]:
    value = facts.field(limit.until)
    agreed = moment_in(value, calendar) if value else None
    capped = limit.at_most is not None and not (limit.unless and facts.holds(limit.unless))
    if not capped:
        return (UNTIL + limit.until, agreed, False) if agreed else ("", None, False)
    span = str(facts.pack.span(str(limit.at_most)))
    latest = _due(facts.pack, span, start, calendar)
    if agreed is not None and latest.due is not None and agreed < latest.due:
        return UNTIL + limit.until, agreed, False
    return span, latest.due, latest.provisional


def moment_in(value: object, calendar: Calendar) -> datetime:
    """A date or time that was typed, as a moment; a bare date means the end of that day in the calendar's zone."""
    text = str(value)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(calendar.zone))
    return moment + timedelta(days=1) if len(text) == 10 else moment


def reckoned(pack: Pack, duty: DutyState) -> Reckoning:
    """The due time of a duty from its start, span, calendar and pauses (not counting extensions)."""
    pauses = tuple(CalendarPause(pause.start, pause.end, pause.by, pause.reason) for pause in duty.pauses)
    return reckon(duty.start, pack.span(duty.span), pack.calendar(duty.calendar), pauses)


def after_pause(pack: Pack, duty: DutyState, at: datetime) -> tuple[datetime | None, bool]:
    """(due, provisional) of a duty whose clock resumes at ``at``: extensions keep, agreed dates stand."""
    if duty.due is None or duty.span.startswith(UNTIL) or not duty.span:
        return duty.due, duty.provisional
    if any(shift.why == "extended" for shift in duty.shifts):
        return duty.due + (at - duty.pauses[-1].start), duty.provisional
    resumed = (*duty.pauses[:-1], msgspec.structs.replace(duty.pauses[-1], end=at)) if duty.paused else duty.pauses
    found = reckoned(pack, msgspec.structs.replace(duty, pauses=resumed))
    return found.due, found.provisional


def anew(facts: Facts, duty: DutyState) -> tuple[str, str, datetime | None, bool] | None:
    """(span, calendar, due, provisional) of an open duty by the rules of ``facts.pack``, from its own start.

    None where its due time is not theirs to say: an agreed date, an extension that somebody granted, one that is late already,
    a rule that the pack does not have.
    """
    rule = facts.pack.duties.get(duty.rule)
    granted = any(shift.why in ("extended", "agreed") for shift in duty.shifts)
    if rule is None or rule.within is None or rule.within.until or granted or duty.late_at is not None or duty.paused:
        return None
    named = facts.pack.calendar_in(rule.calendar, facts.world.lineage(duty.unit))
    span, due, provisional = limit_of(rule.within, facts, duty.start, facts.pack.calendar(named))
    if span and duty.pauses:
        found = reckoned(facts.pack, msgspec.structs.replace(duty, span=span, calendar=named))
        due, provisional = found.due, found.provisional
    return span, named, due, provisional


def extended(pack: Pack, duty: DutyState, by: str) -> datetime | None:
    """The due time moved on by a span, in the duty's calendar."""
    if duty.due is None:
        return None
    return reckon(duty.due, pack.span(by), pack.calendar(duty.calendar)).due


def next_look(
    pack: Pack, rule: Duty, start: datetime, due: datetime | None, *, late: bool, reminded: int, calendar: str
) -> datetime | None:
    """When the clock next looks at an open duty: a reminder before, the due time, or a repeated reminder after it.

    ``calendar`` is the duty's own, which may be that of its unit.
    """
    if due is None:
        return None
    counted = pack.calendar(calendar)
    if not late:
        before = sorted(moment for moment in _before(pack, rule, due) if moment > start)
        return before[reminded] if reminded < len(before) else due
    repeats = [
        moment
        for reminder in rule.remind
        if reminder.every
        for moment in _repeats(pack, reminder.every, reminder.times, due, counted)
    ]
    done = reminded - len([moment for moment in _before(pack, rule, due) if moment > start])
    upcoming = sorted(repeats)
    return upcoming[done] if 0 <= done < len(upcoming) else None


def _before(pack: Pack, rule: Duty, due: datetime) -> Iterable[datetime]:
    for reminder in rule.remind:
        if reminder.before:
            yield due - timedelta(minutes=pack.span(reminder.before).rough_minutes())


def _repeats(pack: Pack, every: str, times: int, due: datetime, calendar: Calendar) -> Iterable[datetime]:
    moment: datetime | None = due
    for _ in range(times):
        moment = reckon(moment, pack.span(every), calendar).due if moment else None
        if moment:
            yield moment


def _due(pack: Pack, span: str, start: datetime, calendar: Calendar) -> Reckoning:
    return reckon(start, pack.span(span), calendar)


__all__ = [
    "UNTIL",
    "Timing",
    "after_pause",
    "anew",
    "extended",
    "limit_of",
    "moment_in",
    "next_look",
    "plain_moment",
    "reckoned",
    "timing_of",
]
