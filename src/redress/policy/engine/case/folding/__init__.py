"""The log folded into a case, one event after another: a file for each sort of event."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ... import events as ev
from ..whole import Case
from . import duties, ladders, ledger, life, papers, requests
from .kind import Folds

FOLDS: Folds = {**life.FOLDS, **duties.FOLDS, **requests.FOLDS, **ladders.FOLDS, **ledger.FOLDS, **papers.FOLDS}


def fold(case_id: str, log: Iterable[ev.Event]) -> Case:
    """The case that a log tells of, from nothing."""
    case = Case(id=case_id)
    for event in log:
        case = evolve(case, event)
    return case


def evolve(case: Case, event: ev.Event) -> Case:
    """The case after one more event."""
    return replace(FOLDS[type(event)](case, event), seq=case.seq + 1)
