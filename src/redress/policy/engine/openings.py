"""Opening, meeting and ending duties: the rules of the pack made into things people have to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from redress.policy.implied import APPEALING
from redress.policy.language.duties import Duty

from . import events as ev
from .case import DutyState
from .sampling import drawn
from .standing_of import acting_role, units_of
from .timing import after_pause, limit_of, next_look, reckoned, timing_of
from .turn import Turn


def open_duties(turn: Turn, rule: Duty, cause: str, follows: DutyState | None = None) -> None:
    """Opens a duty, once per unit or role where the rule says so; an instance that still stands open is not doubled.

    ``follows``: the duty whose end or lateness is the cause; what hangs on a duty for each unit stays with its unit.
    """
    if not turn.facts().holds(rule.when) or (rule.sample and not drawn(turn, rule.id, rule.sample)):
        return
    only = follows.unit if follows and rule.for_each and _each(turn, follows) == rule.for_each else ""
    for roles, unit, suffix in _instances(turn, rule):
        if only and unit != only:
            continue
        open_one(turn, rule, cause, roles, unit, suffix)


def open_one(turn: Turn, rule: Duty, cause: str, roles: tuple[str, ...], unit: str, suffix: str = "") -> None:
    """Opens one instance of a duty for ``roles`` in ``unit``."""
    base = rule.id + suffix
    if any(duty.live and _base(duty.key) == base for duty in turn.case.duties.values()):
        return
    count = sum(1 for key in turn.case.duties if _base(key) == base) + 1
    timing = timing_of(rule, turn.facts(), unit)
    person = next(
        (
            turn.case.people[role]
            for role in roles
            if turn.pack.roles[role].found == "person" and role in turn.case.people
        ),
        "",
    )
    turn.emit(
        ev.DutyOpened(
            at=turn.at, clauses=rule.clauses, duty=base if count == 1 else f"{base}#{count}", rule=rule.id, roles=roles, unit=unit,
            person=person if len(roles) == 1 else "", start=timing.start, span=timing.span, calendar=timing.calendar, due=timing.due,
            next=timing.next, waiting=timing.waiting, provisional=timing.provisional, cause=cause,
        )
    )  # fmt: skip


def _each(turn: Turn, duty: DutyState) -> str:
    return turn.pack.duties[duty.rule].for_each


def _instances(turn: Turn, rule: Duty) -> Iterator[tuple[tuple[str, ...], str, str]]:
    rolesets = [((role,), f":{role}") for role in rule.who] if rule.each else [(rule.who, "")]
    for roles, suffix in rolesets:
        if rule.for_each:
            value = turn.case.fields.get(rule.for_each) or ()
            for unit in value if isinstance(value, (list, tuple)) else (value,):
                yield roles, str(unit), f"{suffix}@{unit}"
        else:
            yield roles, units_of(turn.pack, turn.case, roles[0])[0], suffix


def meet_duties(turn: Turn, done: ev.ActDone) -> None:
    """Ends the duties that an act fulfils."""
    for rule in turn.pack.met_by.get(done.act, ()):
        met = turn.facts(act=done.act).holds(rule.done_when)
        outcome = outcome_of(rule, done.values)
        for duty in [
            d for d in turn.case.duties.values() if d.rule == rule.id and d.live and _fulfils(turn, rule, d, done)
        ]:
            if met:
                meet(turn, duty, done.act, done.by, outcome)
            elif outcome == "unreached":
                turn.emit(ev.DutyTried(at=turn.at, by=done.by, duty=duty.key, act=done.act, clauses=duty.clauses))


def outcome_of(rule: Duty, values: Mapping[str, Any]) -> str:
    """How a callback ended, by what was recorded with it; "" where that says nothing."""
    for outcome, wanted in rule.outcomes.items():
        if wanted and all(values.get(field) in _one_of(value) for field, value in wanted.items()):
            return outcome
    return ""


def _one_of(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def meet(turn: Turn, duty: DutyState, act: str, by: str, outcome: str = "") -> None:
    """Ends one duty as done, counting whole minutes late."""
    late = max(0, -int((duty.due - turn.at).total_seconds() // 60)) if duty.due is not None and duty.late_at else 0
    turn.emit(
        ev.DutyMet(at=turn.at, by=by, duty=duty.key, act=act, late_by=late, outcome=outcome, clauses=duty.clauses)
    )


def _fulfils(turn: Turn, rule: Duty, duty: DutyState, done: ev.ActDone) -> bool:
    if rule.id.startswith(APPEALING):  # a ruling is about one line, and other appeals wait on
        return done.values.get("ledger_line") == duty.cause
    if rule.for_each:
        mine = (
            done.unit == duty.unit
            or acting_role(turn.pack, turn.case, turn.actor, duty.roles, turn.world, (duty.unit,)) is not None
        )
        return mine and done.unit in ("", duty.unit)
    if rule.each:
        return acting_role(turn.pack, turn.case, turn.actor, duty.roles, turn.world, (duty.unit,)) is not None
    return True


def cancel(turn: Turn, duties: Iterable[DutyState], cause: str, clauses: tuple[str, ...] = ()) -> None:
    """Ends duties unmet."""
    for duty in list(duties):
        turn.emit(ev.DutyCancelled(at=turn.at, duty=duty.key, cause=cause, clauses=clauses))


def chosen(turn: Turn, names: Iterable[str]) -> list[DutyState]:
    """The live duties of the rules named; ``all`` means all."""
    wanted = set(names)
    return [duty for duty in turn.case.duties.values() if duty.live and ("all" in wanted or duty.rule in wanted)]


def pause(turn: Turn, names: Iterable[str], reason: str, clauses: tuple[str, ...]) -> None:
    """Stops the clocks of running, pausable duties; a clock that has not started yet is left to start."""
    running = [
        d
        for d in chosen(turn, names)
        if d.due and d.status == "open" and not d.paused and turn.pack.duties[d.rule].pausable
    ]
    if running:
        turn.emit(
            ev.ClockPaused(
                at=turn.at,
                by=turn.actor.id,
                duties=tuple(d.key for d in running),
                reason=reason,
                clauses=clauses,
            )
        )


def resume(turn: Turn, names: Iterable[str], clauses: tuple[str, ...]) -> None:
    """Lets paused clocks run on; due times move by the time they stood still."""
    paused = [duty for duty in chosen(turn, names) if duty.paused]
    if not paused:
        return
    turn.emit(ev.ClockResumed(at=turn.at, by=turn.actor.id, duties=tuple(duty.key for duty in paused), clauses=clauses))
    for duty in paused:
        due, provisional = after_pause(turn.pack, duty, turn.at)
        move(turn, turn.case.duties[duty.key], due, "resumed", clauses, provisional)


def move(
    turn: Turn,
    duty: DutyState,
    due: datetime | None,
    why: str,
    clauses: tuple[str, ...],
    provisional: bool = False,
    span: str = "",
    calendar: str = "",
) -> None:
    """Gives a duty another due time, and with ``calendar`` another calendar."""
    rule = turn.pack.duties[duty.rule]
    late = due is not None and due <= turn.at and duty.late_at is not None
    named = calendar or duty.calendar
    upcoming = next_look(turn.pack, rule, duty.start, due, late=late, reminded=duty.reminded, calendar=named)
    if duty.status == "waiting":
        upcoming = duty.start
    elif duty.paused:
        upcoming = None
    elif upcoming is not None:
        upcoming = max(upcoming, turn.at)
    turn.emit(
        ev.DutyMoved(
            at=turn.at,
            by=turn.actor.id,
            duty=duty.key,
            due=due,
            next=upcoming,
            why=why,
            provisional=provisional,
            span=span,
            calendar=calendar,
            clauses=clauses,
        )
    )


def follow_agreed_dates(turn: Turn, names: Iterable[str]) -> None:
    """Moves duties that are due at an agreed date when that date is set or changed."""
    changed = set(names)
    for duty in [duty for duty in turn.case.duties.values() if duty.live]:
        rule = turn.pack.duties[duty.rule]
        if rule.within is None or rule.within.until not in changed:
            continue
        span, due, provisional = limit_of(rule.within, turn.facts(), duty.start, turn.pack.calendar(duty.calendar))
        if due != duty.due:
            move(turn, duty, due, "agreed", rule.clauses, provisional, span)


def follow_tables(turn: Turn, names: Iterable[str]) -> None:
    """Gives running duties the limit of their new row when the field of their table changes, from the same start.

    An extension that somebody granted stands.
    """
    changed = set(names)
    for duty in turn.case.live_duties():
        rule = turn.pack.duties[duty.rule]
        limit = rule.within
        if limit is None or not limit.table or limit.by not in changed or any(s.why == "extended" for s in duty.shifts):
            continue
        calendar = turn.pack.calendar(duty.calendar)
        span, due, provisional = limit_of(limit, turn.facts(), duty.start, calendar)
        if span != duty.span:
            if span and duty.pauses and not duty.paused:
                found = reckoned(turn.pack, replace(duty, span=span))
                due, provisional = found.due, found.provisional
            move(turn, duty, due, "changed", rule.clauses, provisional, span)


def _base(key: str) -> str:
    return key.split("#")[0]
