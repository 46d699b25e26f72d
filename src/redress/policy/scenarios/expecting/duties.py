"""Expectations of duties: which stand, since when, for whom, until when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from redress.calendars import Span
from redress.policy.engine.case import DutyState

from ..language import DutySaid, Expect
from .seen import Seen, show

Said = Iterable[Any] | None
STATES: dict[str, Callable[[DutyState], bool]] = {
    "open": lambda d: d.status == "open",
    "late": lambda d: d.live and d.late_at is not None,
    "waiting": lambda d: d.status == "waiting",
    "done": lambda d: d.status == "met",
    "done late": lambda d: d.status == "met" and d.late_at is not None,
    "cancelled": lambda d: d.status == "cancelled",
    "paused": lambda d: d.live and d.paused,
    "running": lambda d: d.status == "open" and not d.paused and d.late_at is None,
}


def duties(seen: Seen, expect: Expect) -> Iterator[str]:
    """What does not hold of the duties."""
    for state in STATES:
        yield from _in_state(seen, state, getattr(expect, state.replace(" ", "_")))
    for duty in expect.absent or ():
        if any(d.live for d in seen.case.duties.values() if _is(seen, d, duty, strict=False)):
            yield f"{duty.duty} should not stand open"


def _in_state(seen: Seen, state: str, said: Said) -> Iterator[str]:
    if said is None:
        return
    in_state = [duty for duty in seen.case.duties.values() if STATES[state](duty)]
    items: list[DutySaid] = list(said)
    if not items and in_state:
        yield f"nothing should be {state}, but {', '.join(duty.key for duty in in_state)} is"
    for item in items:
        found = [duty for duty in in_state if _is(seen, duty, item, strict=True)]
        if item.count is not None and len(found) != item.count:
            yield f"{item.count} of {show(item)} should be {state}, found {len(found)}; {_known(seen, item.duty)}"
        elif item.count is None and not found:
            yield f"{show(item)} should be {state}; {_known(seen, item.duty)}"


def _is(seen: Seen, duty: DutyState, said: DutySaid, *, strict: bool) -> bool:
    if said.duty not in (duty.rule, duty.key) or (said.unit and said.unit != duty.unit):
        return False
    if not strict:
        return True
    tests = (
        not said.who or said.who in duty.roles,
        set(said.clause) <= set(duty.clauses),
        not said.due or (duty.due is not None and duty.due == seen.moment(said.due)),
        not said.within or str(Span.parse(said.within)) == duty.span,
        not said.by or duty.met_by == seen.actor(said.by).id,
        not said.late_by or duty.late_by == _minutes(said.late_by),
        not said.person or duty.person == seen.actor(said.person).id,
        said.provisional is None or duty.provisional is said.provisional,
    )
    return all(tests)


def _known(seen: Seen, rule: str) -> str:
    mine = [duty for duty in seen.case.duties.values() if duty.rule == rule or duty.key == rule]
    told = [
        f"{d.key} is {d.status}{' late' if d.late_at else ''}{' paused' if d.paused else ''} for {'/'.join(d.roles)}@{d.unit}"
        f" due {d.due:%m-%d %H:%M}" + f" late by {d.late_by} citing {' '.join(d.clauses)}"
        if d.due else f"{d.key} is {d.status} for {'/'.join(d.roles)}@{d.unit}, no limit, citing {' '.join(d.clauses)}"
        for d in mine
    ]  # fmt: skip
    live = ", ".join(d.key for d in seen.case.live_duties()) or "nothing"
    return "; ".join(told) or f"there is no such duty (open: {live})"


def _minutes(text: str) -> int:
    return int(text) if str(text).isdigit() else Span.parse(text).rough_minutes()
