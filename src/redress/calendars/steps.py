"""The account of a reckoning: what happened to the clock from the start to the due moment, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Literal

from .holidays import Name
from .pauses import Stop

Kind = Literal["start", "run", "skip", "pause", "extend", "due"]


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch of time, said in both languages. Steps follow each other without a gap.

    `minutes` is what a "run" counted (working minutes for wh, the stretch's length for days) and 0 for
    every other kind. A pause that has not ended is a "pause" step whose end is its start.
    """

    kind: Kind
    start: datetime
    end: datetime
    minutes: int
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """When something is due, in the calendar's zone; None while a pause has no end.

    `provisional` means that holidays not yet published were consulted, so the answer may change.
    """

    due: datetime | None
    provisional: bool
    steps: tuple[Step, ...]


def start_step(at: datetime) -> Step:
    """The clock starts."""
    return Step("start", at, at, 0, "开始计时", "the clock starts")


def due_step(at: datetime) -> Step:
    """The due time."""
    return Step("due", at, at, 0, "到期", "due")


def skip_step(start: datetime, end: datetime, why: Name) -> Step:
    """A stretch that does not count, and why."""
    return Step("skip", start, end, 0, *why)


def pause_step(stop: Stop) -> Step:
    """A pause; one that has not ended ends where it starts."""
    return Step("pause", stop.start, stop.end or stop.start, 0, f"暂停：{stop.reason}", f"paused: {stop.reason}")


def merged(steps: Iterable[Step]) -> list[Step]:
    """Join neighbouring runs, or skips, that have the same reason."""
    joined: list[Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        if last and step.kind in ("run", "skip") and _said(last) == _said(step):
            joined[-1] = replace(last, end=step.end, minutes=last.minutes + step.minutes)
        else:
            joined.append(step)
    return joined


def cut_at(steps: Iterable[Step], moment: datetime) -> list[Step]:
    """Return the steps up to `moment`, the last one shortened to end there."""
    kept = [step for step in steps if step.start < moment or step.kind == "start"]
    return [step if step.end <= moment else _shortened(step, moment) for step in kept]


def reckoned(due: datetime | None, provisional: bool, steps: Iterable[Step], tz: tzinfo) -> Reckoning:
    """Assemble the answer from steps in UTC, told in the calendar's zone."""
    told = merged(steps)
    if due is not None:
        told.append(due_step(due))
    local = tuple(replace(step, start=step.start.astimezone(tz), end=step.end.astimezone(tz)) for step in told)
    return Reckoning(due and due.astimezone(tz), provisional, local)


def _said(step: Step) -> tuple[str, str, str]:
    return step.kind, step.reason_zh, step.reason_en


def _shortened(step: Step, moment: datetime) -> Step:
    minutes = int((moment - step.start).total_seconds() // 60) if step.kind == "run" else 0
    return replace(step, end=moment, minutes=minutes)
