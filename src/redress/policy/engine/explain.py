"""Why this deadline: the proof of a due time, as data. The page, the command line and a letter show the same."""

from __future__ import annotations

from datetime import datetime

import msgspec

from redress.calendars import reckon
from redress.policy.language.base import Text
from redress.policy.pack import Pack

from .case import Case, DutyState, Pause, Shift
from .timing import UNTIL, reckoned


class ProofStep(msgspec.Struct, frozen=True):
    """A stretch of the way from start to due: ``kind`` is start, run, skip, pause, extend, agree or due; minutes counted."""

    kind: str
    start: datetime
    end: datetime
    minutes: int
    text: dict[str, str]


class Proof(msgspec.Struct, frozen=True):
    """Everything behind one due time. ``clauses`` demand it, ``cause`` started it, ``steps`` lead from start to due."""

    duty: str
    clauses: tuple[str, ...]
    cause: str
    start: datetime
    span: str
    calendar: str
    due: datetime | None
    provisional: bool
    steps: tuple[ProofStep, ...]
    pauses: tuple[Pause, ...]
    shifts: tuple[Shift, ...]


def explain(pack: Pack, case: Case, key: str) -> Proof:
    """The proof of the due time of duty ``key``. Raises ``KeyError`` for a duty the case does not have."""
    duty = case.duties[key]
    return Proof(
        duty.key, duty.clauses, duty.cause, duty.start, duty.span, duty.calendar, duty.due, duty.provisional,
        tuple(_steps(pack, duty)), duty.pauses, duty.shifts,
    )  # fmt: skip


def _steps(pack: Pack, duty: DutyState) -> list[ProofStep]:
    steps: list[ProofStep] = []
    if duty.start < duty.opened_at:
        since = pack.fields[_counted_from(pack, duty)].text
        text = Text(zh=f"自{since.zh}起算", en=f"counted from: {since.en}")
        steps.append(_step("start", duty.start, duty.start, text))
    elif duty.start > duty.opened_at:
        steps.append(
            _step(
                "wait",
                duty.opened_at,
                duty.start,
                Text(zh="按规定先等候", en="waiting time set by the policy"),
            )
        )
    if duty.span and not duty.span.startswith(UNTIL):
        found = (
            reckoned(pack, duty)
            if not duty.paused
            else reckon(duty.start, pack.span(duty.span), pack.calendar(duty.calendar))
        )
        steps += [
            ProofStep(str(s.kind), s.start, s.end, s.minutes, {"zh": s.reason_zh, "en": s.reason_en}) for s in found.steps
        ]  # fmt: skip
    elif duty.span and duty.due:
        field = pack.fields[duty.span.removeprefix(UNTIL)].text
        steps.append(_step("agree", duty.start, duty.due, Text(zh=f"按约定：{field.zh}", en=f"as agreed: {field.en}")))
    for shift in duty.shifts:
        if shift.why in ("extended", "agreed") and shift.new is not None:
            why = (
                Text(zh="经批准延期", en="extended")
                if shift.why == "extended"
                else Text(zh="改为约定时间", en="moved to the agreed time")
            )
            steps.append(_step("extend", shift.old or duty.start, shift.new, why))
    return steps


def _counted_from(pack: Pack, duty: DutyState) -> str:
    limit = pack.duties[duty.rule].within
    return limit.from_ if limit else ""


def _step(kind: str, start: datetime, end: datetime, text: Text) -> ProofStep:
    return ProofStep(kind, start, end, int((end - start).total_seconds() // 60), {"zh": text.zh, "en": text.en})
