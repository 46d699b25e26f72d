"""Running the scenarios against every mutant of a pack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec
from pydantic import ValidationError

from redress.calendars import CalendarError, RecurrenceError
from redress.policy.conditions import ConditionError
from redress.policy.language.pack import Source
from redress.policy.pack import Pack

from .mutants import Mutant, killers_first, mutants
from .runner import play
from .suite import Suite


class Fate(msgspec.Struct, frozen=True):
    """What became of a mutant: ``killed_by`` names the scenario that noticed it, or "check"; empty if it survived."""

    pack: str
    mutant: str
    clauses: tuple[str, ...]
    executable: str
    killed_by: tuple[str, ...]


def mutate(suite: Suite, only: str = "") -> Iterator[Fate]:
    """The fate of each mutant (of those whose name holds ``only``), in the order of the rules."""
    for mutant in mutants(suite.pack.source):
        if only in mutant.name:
            yield _fate(suite, mutant.name, mutant.clauses, _killer(suite, mutant))
    if suite.pack.head.effective.clauses and only in "pack effective":
        yield _fate(
            suite,
            "pack effective: later",
            suite.pack.head.effective.clauses,
            _killed(suite, _later(suite.pack.source), suite.scenarios),
        )
        changed = suite.pack.source.model_copy(update={"head": _head(suite.pack.source, status="?")})
        yield _fate(
            suite,
            "pack effective: status changed",
            suite.pack.head.effective.clauses,
            _killed(suite, changed, suite.scenarios),
        )


def _fate(suite: Suite, name: str, clauses: tuple[str, ...], killer: str) -> Fate:
    kinds = {suite.pack.clauses[clause].executable for clause in clauses if clause in suite.pack.clauses}
    executable = next((kind for kind in ("yes", "partly", "guidance") if kind in kinds), "")
    return Fate(suite.pack.id, name, clauses, executable, (killer,) if killer else ())


def _killer(suite: Suite, mutant: Mutant) -> str:
    return _killed(suite, mutant.source(suite.pack.source), killers_first(mutant, suite.scenarios))


def _killed(suite: Suite, source: Source, scenarios) -> str:  # type: ignore[no-untyped-def]
    try:
        weakened = Pack(source)
        weakened.__dict__["hash"] = "mutant"
    except (KeyError, ConditionError, ValidationError, CalendarError, RecurrenceError, StopIteration):
        return "check"
    return next((s.scenario for s in scenarios if not play(weakened, suite.organisation, s).passed), "")


def _later(source: Source) -> Source:
    return source.model_copy(update={"head": _head(source, from_=source.head.effective.from_ - timedelta(days=3650))})


def _head(source: Source, **changes: object):  # type: ignore[no-untyped-def]
    effective = source.head.effective.model_copy(update=changes)
    return source.head.model_copy(update={"effective": effective})
