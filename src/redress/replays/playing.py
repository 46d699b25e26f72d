"""Playing the same acts under two versions, one case or scenario after another, and adding up what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

import msgspec

from redress.cases import case_file
from redress.cases.case_file import Desk
from redress.cases.queries import Filters, queue
from redress.people.directory import Directory
from redress.people.packs import packs_folder
from redress.policy.engine.world import Actor
from redress.policy.pack import Pack
from redress.policy.scenarios.organisation import Named, OrganisationFile, PersonRow, UnitRow, read_organisation
from redress.policy.scenarios.outcomes import (
    Difference,
    Outcome,
    commands_of,
    differences,
    outcome_of_log,
    outcome_of_scenario,
)
from redress.policy.scenarios.reader import scenarios_of

What = Literal["cases", "scenarios"]
CASES = 500
"""The latest cases that are played again."""


class Differing(msgspec.Struct, frozen=True):
    """A case (its id) or a scenario (its name) that comes out differently, and where."""

    name: str
    differences: list[Difference]


class Result(msgspec.Struct):
    """How many of how many were played, those that came out differently, and duties late, approvals asked for and acts refused."""

    of: int = 0
    played: int = 0
    late_old: int = 0
    late_new: int = 0
    asked_old: int = 0
    asked_new: int = 0
    refused_old: int = 0
    refused_new: int = 0
    differing: list[Differing] = []


def played(desk: Desk, what: What, old: Pack, new: Pack) -> Iterator[Result]:
    """The result after each case or scenario, the last one being the whole. What lies beyond the reader's reach is not played."""
    steps = _scenarios(old, new) if what == "scenarios" else _cases(desk, old, new)
    result = Result(of=next(steps))  # type: ignore[arg-type]
    yield result
    for step in steps:
        _take_in(result, step)  # type: ignore[arg-type]
        yield result


def encoded(result: Result) -> str:
    return msgspec.json.encode(result).decode()


def decoded(text: str) -> Result:
    return msgspec.json.decode(text, type=Result) if text else Result()


Step = tuple[str, Outcome, Outcome] | None
"""A name with what came of it under either version; None for what cannot be played again."""


def _scenarios(old: Pack, new: Pack) -> Iterator[int | Step]:
    """How many there are; then the scenarios that live beside the pack."""
    folder = packs_folder() / new.id
    if not (folder / "organisation.yaml").is_file():
        yield 0
        return
    organisation, found = read_organisation(folder / "organisation.yaml"), scenarios_of(folder)
    yield len(found)
    for scenario in found:
        one, other = (outcome_of_scenario(pack, organisation, scenario) for pack in (old, new))
        yield scenario.scenario, one, other


def _cases(desk: Desk, old: Pack, new: Pack) -> Iterator[int | Step]:
    """How many there are; then the latest cases, each by itself: the same acts at the same times."""
    rows = queue(desk, Filters(), limit=CASES).rows
    yield len(rows)
    organisation = _organisation(desk.directory, desk.now)
    for row in rows:
        log = commands_of(case_file.history(row.case_id))
        if not log:
            yield None
            continue
        one, other = (outcome_of_log(pack, organisation, log, _actors(desk.directory), desk.now) for pack in (old, new))
        yield str(row.case_id), one, other


def _take_in(result: Result, step: Step) -> None:
    if step is None:
        result.of -= 1
        return
    name, old, new = step
    result.played += 1
    for outcome, which in ((old, "old"), (new, "new")):
        late = sum(fact.late for key, fact in outcome.items() if key[1] == "duty")
        asked = sum(key[1] == "approval" for key in outcome)
        refused = sum(key[1] == "refused" for key in outcome)
        for what, number in (("late", late), ("asked", asked), ("refused", refused)):
            setattr(result, f"{what}_{which}", getattr(result, f"{what}_{which}") + number)
    found = differences(old, new)
    if found:
        result.differing.append(Differing(name, found))


def _organisation(directory: Directory, now: datetime) -> OrganisationFile:
    """The organisation as the stage of a replay needs it; units with those above them first."""
    day = now.date()
    units = sorted(directory.units.values(), key=lambda unit: len(directory.lineage(unit.slug)))
    people = [
        PersonRow(person=slug, zh=entry.text.zh, seats=tuple((held.role, held.unit) for held in directory.held if held.person == slug and held.on(day)))
        for slug, entry in directory.people.items()
    ]  # fmt: skip
    return OrganisationFile(
        organisation=Named(zh=directory.text.zh),
        units=tuple(UnitRow(unit=u.slug, kind=u.kind, under=u.under, zh=u.text.zh) for u in units),
        people=tuple(people),
    )


def _actors(directory: Directory) -> Callable[[str, datetime], Actor]:
    return lambda person, at: directory.seated(person, at.date())
