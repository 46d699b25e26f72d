"""What became of every clause that was in play for the trainee: met, late by how much, missed, or a forbidden act tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from redress.policy.engine.case import Case, DutyState
from redress.policy.engine.decide import Refused
from redress.policy.engine.drafts import Finding
from redress.policy.engine.standing_of import answers_for
from redress.policy.errors import Refusal

from .cues import Cue, deed_of
from .drill import Run
from .moves import Move

INCOMPLETE = {"required", "value", "unknown-field", "evidence", "reason"}
"""A form that was not filled in is no breach: the policy said what was missing, and it was added."""


@dataclass(frozen=True)
class Verdict:
    """A duty of the trainee. ``state``: met, late, missed, or open (its time had not run out)."""

    duty: DutyState
    state: str
    late_by: int
    cue: Cue | None

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that demand the duty."""
        return self.duty.clauses


@dataclass(frozen=True)
class Attempt:
    """Something the trainee tried and the policy forbade."""

    move: Move
    deed: str
    refusals: tuple[Refusal, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that forbid it, each once."""
        return tuple(dict.fromkeys(clause for refusal in self.refusals for clause in refusal.clauses))


@dataclass(frozen=True)
class Wording:
    """Words of the trainee that the policy does not want."""

    move: Move
    finding: Finding
    text: str


@dataclass(frozen=True)
class Review:
    """What is to be said of a drill: of duties, of what was forbidden, of words."""

    verdicts: tuple[Verdict, ...]
    attempts: tuple[Attempt, ...]
    wordings: tuple[Wording, ...]

    def count(self, state: str) -> int:
        """How many duties of the trainee ended in that state."""
        return sum(verdict.state == state for verdict in self.verdicts)

    @property
    def result(self) -> dict[str, int]:
        """The review in figures: what is kept of it for lists."""
        states = {state: self.count(state) for state in ("met", "late", "missed", "open")}
        return {**states, "forbidden": len(self.attempts), "words": len(self.wordings)}


def review(run: Run) -> Review:
    """The review of a drill as it stands."""
    case = run.sandbox.cases.get(run.script.label, Case())
    duties = tuple(verdict for duty in case.duties.values() if (verdict := _verdict(run, case, duty)) is not None)
    order = {"missed": 0, "late": 1, "met": 2, "open": 3}
    return Review(
        tuple(sorted(duties, key=lambda verdict: (order[verdict.state], verdict.duty.opened_at))),
        tuple(_attempts(run)),
        tuple(_wordings(run)),
    )


def _verdict(run: Run, case: Case, duty: DutyState) -> Verdict | None:
    """None for what is not the trainee's, was met by somebody else, or is no longer asked."""
    actor = run.sandbox.actor(run.part, run.script.label)
    mine = (
        duty.met_by == run.part
        if duty.status == "met"
        else answers_for(run.sandbox.pack, case, duty, actor, run.sandbox)
    )
    if not mine:
        return None
    cue = _cue_for(run, duty)
    if duty.status == "met":
        return Verdict(duty, "late" if duty.late_by or duty.late_at else "met", duty.late_by, cue)
    if duty.status == "cancelled":
        return Verdict(duty, "missed", 0, cue) if duty.late_at else None
    if duty.due is not None and run.sandbox.now >= duty.due and not duty.paused:
        return Verdict(duty, "missed", int((run.sandbox.now - duty.due).total_seconds() // 60), cue)
    return Verdict(duty, "open", 0, cue)


def _cue_for(run: Run, duty: DutyState) -> Cue | None:
    """What fulfils the duty in the story."""
    acts = run.sandbox.pack.duties[duty.rule].done_by or (duty.rule,)
    return next((cue for cue in run.script.cues if cue.act in acts), None)


def _attempts(run: Run) -> Iterator[Attempt]:
    for taken in run.sandbox.taken:
        if isinstance(taken.ruling, Refused) and taken.move.who == run.part and taken.move.command is not None:
            told = tuple(refusal for refusal in taken.ruling.refusals if refusal.code not in INCOMPLETE)
            if told:
                yield Attempt(taken.move, deed_of(taken.move.command), told)


def _wordings(run: Run) -> Iterator[Wording]:
    for taken in run.sandbox.taken:
        if taken.move.who == run.part and not taken.move.step:
            data = getattr(taken.move.command, "data", {})
            for finding in taken.findings:
                yield Wording(taken.move, finding, str(data.get(finding.field, ""))[finding.start : finding.end])
