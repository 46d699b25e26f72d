"""Ladders: entering one, climbing a rung, leaving it."""

from __future__ import annotations

from redress.policy.language.duties import Ladder

from . import events as ev
from .turn import Turn


def enter(turn: Turn, ladder: Ladder) -> None:
    """Starts a ladder at its first rung, unless the case stands on it already."""
    standing = turn.case.climbs.get(ladder.id)
    if (standing is None or standing.ended_at is not None) and turn.facts().holds(ladder.when):
        turn.emit(ev.LadderEntered(at=turn.at, ladder=ladder.id, clauses=ladder.clauses))
        turn.emit(
            ev.RungReached(at=turn.at, ladder=ladder.id, rung=ladder.rungs[0].rung, clauses=ladder.rungs[0].clauses)
        )


def climb(turn: Turn, ladder_id: str, clauses: tuple[str, ...]) -> None:
    """Goes up one rung; on the last rung there is nowhere higher, and nothing happens."""
    ladder, standing = turn.pack.ladders[ladder_id], turn.case.climbs.get(ladder_id)
    if standing is None or standing.ended_at is not None:
        return
    names = [rung.rung for rung in ladder.rungs]
    position = names.index(standing.rungs[-1][0]) + 1
    if position < len(names):
        upper = ladder.rungs[position]
        turn.emit(ev.RungReached(at=turn.at, ladder=ladder_id, rung=upper.rung, clauses=upper.clauses or clauses))


def climb_by_act(turn: Turn, act: str) -> None:
    """Climbs the ladders that this act, done on the rung now reached, climbs."""
    for ladder in turn.pack.ladders.values():
        rung = current(turn, ladder)
        if rung is not None and act in ladder.climbs_by and act in _acts_of(ladder, rung):
            climb(turn, ladder.id, ladder.clauses)


def climb_when_late(turn: Turn, rule: str) -> None:
    """Climbs a ladder whose current rung was not answered in time."""
    for ladder in turn.pack.ladders.values():
        rung = current(turn, ladder)
        if ladder.climbs_when_late and rung is not None and rule == f"{ladder.id}.{rung}":
            climb(turn, ladder.id, ladder.clauses)


def leave(turn: Turn, trigger: str) -> None:
    """Ends the ladders that this trigger ends."""
    for ladder in turn.pack.ladders.values():
        if trigger in ladder.ends_by and current(turn, ladder) is not None:
            turn.emit(ev.LadderEnded(at=turn.at, ladder=ladder.id, clauses=ladder.clauses))


def current(turn: Turn, ladder: Ladder) -> str | None:
    """The rung a case stands on, or None where it is not on the ladder."""
    standing = turn.case.climbs.get(ladder.id)
    return standing.rungs[-1][0] if standing and standing.ended_at is None and standing.rungs else None


def _acts_of(ladder: Ladder, rung: str) -> tuple[str, ...]:
    written = next(item for item in ladder.rungs if item.rung == rung)
    return written.done_by or (f"{ladder.id}.{rung}",)
