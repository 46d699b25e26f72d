"""How a case changes: ladders."""

from __future__ import annotations

from msgspec.structs import replace

from ... import events as ev
from ..parts import Climb
from ..whole import Case
from .kind import Folds


def _rung(case: Case, e: ev.RungReached) -> Case:
    climb = case.climbs[e.ladder]
    return replace(case, climbs={**case.climbs, e.ladder: replace(climb, rungs=(*climb.rungs, (e.rung, e.at)))})


def _ladder_ended(case: Case, e: ev.LadderEnded) -> Case:
    return replace(case, climbs={**case.climbs, e.ladder: replace(case.climbs[e.ladder], ended_at=e.at)})


FOLDS: Folds = {
    ev.LadderEntered: lambda c, e: replace(c, climbs={**c.climbs, e.ladder: Climb(e.ladder)}),
    ev.RungReached: _rung,
    ev.LadderEnded: _ladder_ended,
}
