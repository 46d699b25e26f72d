"""How a case changes: duties and their clocks."""

from __future__ import annotations

from msgspec.structs import replace

from ... import events as ev
from ..parts import Attempt, DutyState, Pause, Shift
from ..whole import Case
from .kind import Folds


def _duty_opened(case: Case, e: ev.DutyOpened) -> Case:
    duty = DutyState(
        key=e.duty, rule=e.rule, roles=e.roles, unit=e.unit, person=e.person, opened_at=e.at, start=e.start, span=e.span, calendar=e.calendar,
        due=e.due, next=e.next, status="waiting" if e.waiting else "open", round=case.round, clauses=e.clauses, provisional=e.provisional,
        cause=e.cause,
    )  # fmt: skip
    return _with_duty(case, duty)


def _duty_met(case: Case, e: ev.DutyMet) -> Case:
    duty = case.duties[e.duty]
    return _with_duty(
        case,
        replace(
            duty,
            status="met",
            met_at=e.at,
            met_by=e.by,
            met_act=e.act,
            late_by=e.late_by,
            next=None,
            ended_at=e.at,
            outcome=e.outcome,
        ),
    )


def _duty_tried(case: Case, e: ev.DutyTried) -> Case:
    duty = case.duties[e.duty]
    return _with_duty(case, replace(duty, tries=(*duty.tries, Attempt(e.at, e.by, e.channel, e.note, e.again))))


def _duty_missed(case: Case, e: ev.DutyMissed) -> Case:
    missed = replace(
        case.duties[e.duty], status="missed", next=None, ended_at=e.at, missed_by=e.by, missed_why=e.reason
    )
    return _with_duty(case, missed)


def _owed_again(case: Case, e: ev.DutyOwedAgain) -> Case:
    owed = replace(case.duties[e.duty], status="open", next=e.next, ended_at=None, missed_by="", missed_why="")
    return _with_duty(case, owed)


def _duty_late(case: Case, e: ev.DutyLate) -> Case:
    return _with_duty(case, replace(case.duties[e.duty], late_at=e.at, next=e.next))


def _duty_moved(case: Case, e: ev.DutyMoved) -> Case:
    duty = case.duties[e.duty]
    shift = Shift(e.at, e.by, e.why, duty.due, e.due, e.clauses)
    still_late = duty.late_at if e.due is not None and e.due <= e.at else None
    return _with_duty(
        case,
        replace(
            duty,
            due=e.due,
            next=e.next,
            provisional=e.provisional,
            span=e.span or duty.span,
            calendar=e.calendar or duty.calendar,
            late_at=still_late,
            shifts=(*duty.shifts, shift),
        ),
    )


def _clock_paused(case: Case, e: ev.ClockPaused) -> Case:
    for key in e.duties:
        duty = case.duties[key]
        case = _with_duty(case, replace(duty, pauses=(*duty.pauses, Pause(e.at, e.by, e.reason, e.clauses)), next=None))
    return case


def _clock_resumed(case: Case, e: ev.ClockResumed) -> Case:
    for key in e.duties:
        duty = case.duties[key]
        case = _with_duty(case, replace(duty, pauses=(*duty.pauses[:-1], replace(duty.pauses[-1], end=e.at))))
    return case


def _with_duty(case: Case, duty: DutyState) -> Case:
    return replace(case, duties={**case.duties, duty.key: duty})


FOLDS: Folds = {
    ev.DutyOpened: _duty_opened,
    ev.DutyStarted: lambda c, e: _with_duty(c, replace(c.duties[e.duty], status="open", next=e.next)),
    ev.DutyReminded: lambda c, e: _with_duty(
        c, replace(c.duties[e.duty], reminded=c.duties[e.duty].reminded + 1, next=e.next)
    ),
    ev.DutyLate: _duty_late,
    ev.DutyMet: _duty_met,
    ev.DutyTried: _duty_tried,
    ev.DutyMissed: _duty_missed,
    ev.DutyOwedAgain: _owed_again,
    ev.DutyCancelled: lambda c, e: _with_duty(
        c, replace(c.duties[e.duty], status="cancelled", next=None, ended_at=e.at)
    ),
    ev.DutyMoved: _duty_moved,
    ev.ClockPaused: _clock_paused,
    ev.ClockResumed: _clock_resumed,
}
