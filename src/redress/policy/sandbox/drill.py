"""A drill under way: the trainee's own moves, with the others played by the script around them.

What somebody else does waits for what the trainee must have done before it in the story, and then follows after the same
time as in the story. What the trainee does in another way than the story is theirs; the clock runs on in any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec.structs import replace

from redress.policy.engine.commands import Decide, Perform, Register

from .cues import Cue, Script, deed_of
from .moves import Move
from .sandbox import Sandbox, Scene


@dataclass
class Run:
    """A drill as it stands. ``ahead``: the next thing others do, and when, if the trainee lets it come to that."""

    sandbox: Sandbox
    script: Script
    part: str
    done: dict[int, datetime] = field(default_factory=dict)
    ahead: datetime | None = None
    waits_for_me: bool = False

    @property
    def told(self) -> bool:
        """Whether the story has been told to its end."""
        return self.ahead is None and not self.waits_for_me


def run_drill(scene: Scene, script: Script, part: str, moves: Sequence[Move], now: datetime) -> Run:
    """The drill at ``now``: every move of the trainee at its own time, and the others in between."""
    run = Run(Sandbox(scene), script, part)
    for move in moves:
        _others_until(run, move.at)
        make(run, move)
    _others_until(run, now)
    run.sandbox.pass_time(max(now, run.sandbox.now))
    run.ahead = _next_of_others(run)[1]
    run.waits_for_me = any(cue.who == part and cue.step not in run.done for cue in script.cues)
    return run


def make(run: Run, move: Move) -> bool:
    """Makes a move of the trainee; what it fulfils of the script is done. Gives whether it was accepted."""
    taken = run.sandbox.make(move)
    if taken.accepted and move.command is not None:
        own = (cue for cue in run.script.cues if cue.who == run.part and cue.step not in run.done)
        found = next((cue for cue in own if cue.act == deed_of(move.command)), None)
        if found is not None:
            run.done[found.step] = taken.move.at
    return taken.accepted


def _others_until(run: Run, until: datetime) -> None:
    while True:
        cue, at = _next_of_others(run)
        if cue is None or at is None or at > until:
            return
        run.done[cue.step] = at
        command = _asked_here(run, cue)
        run.sandbox.make(Move(at, cue.who, run.script.label, command, cue.step))


def _next_of_others(run: Run) -> tuple[Cue | None, datetime | None]:
    """The next cue of the others with its moment; none while something of the trainee's stands before it."""
    mine: Cue | None = None
    for cue in run.script.cues:
        if cue.who == run.part:
            if cue.step not in run.done:
                return None, None
            mine = cue if mine is None or run.done[cue.step] >= run.done[mine.step] else mine
        elif cue.step not in run.done:
            at = cue.at if mine is None else run.done[mine.step] + max(cue.at - mine.at, timedelta())
            return cue, max(at, run.sandbox.now)
    return None, None


def _asked_here(run: Run, cue: Cue) -> Register | Perform | Decide:
    """The cue's command; an answer goes to the request of that approval that now waits."""
    command = cue.command
    if not isinstance(command, Decide):
        return command
    approval = command.request.split("#")[0]
    case = run.sandbox.cases.get(run.script.label)
    waiting = [r.key for r in case.requests.values() if r.approval == approval and r.status == "asked"] if case else []
    return replace(command, request=waiting[-1]) if waiting else command
