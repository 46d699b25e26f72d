"""A house full of life: a pack's own scenarios, lived through on the days before now, some of them still going on.

Each is played in memory at the same time, which says who somebody is and what is asked; times are moved by whole days, so that
mornings stay mornings. What the moved time makes impossible is left out: this fills pages, it tests no policy.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from redress.cases import case_file
from redress.cases.case_file import Done
from redress.people.directory import NoSuchPerson
from redress.people.packs import packs_folder
from redress.policy.conditions import ConditionError
from redress.policy.engine.commands import Register
from redress.policy.engine.react import EndlessRules
from redress.policy.scenarios.language import Scenario
from redress.policy.scenarios.runner import command_of
from redress.policy.scenarios.stage import Stage
from redress.policy.scenarios.suite import Suite
from redress.policy.scenarios.times import moment

AGO = (0, 1, 4, 9)
"""So many days before now the tellings of a scenario begin: today's are at their first steps, the oldest are closed."""


def lived_through(pack: str, now: datetime) -> list[UUID]:
    """Plays every scenario of the pack in its organisation, several times over; gives the cases, the oldest first."""
    suite = Suite.of(packs_folder() / pack)
    cases: list[UUID] = []
    for ago in sorted(AGO, reverse=True):
        for scenario in suite.scenarios:
            cases += _lived(suite, scenario, now, ago)
    return cases


def told(pack: str, scenario: str, now: datetime, ago: int = 1) -> list[UUID]:
    """Plays one scenario of the pack, begun so many days before ``now``; gives its cases."""
    suite = Suite.of(packs_folder() / pack)
    return _lived(suite, next(one for one in suite.scenarios if one.scenario == scenario), now, ago)


def _lived(suite: Suite, scenario: Scenario, now: datetime, ago: int) -> list[UUID]:
    start = datetime.fromisoformat(scenario.start)
    start = start if start.tzinfo else start.replace(tzinfo=suite.pack.zone())
    moved = timedelta(days=(now.astimezone(start.tzinfo).date() - start.date()).days - ago)
    stage = Stage(suite.pack, suite.organisation, scenario.given, start, ())
    ids: dict[str, UUID] = {}
    for step in scenario.steps:
        try:
            if step.at:
                stage.pass_time(moment(step.at, stage.now, start, suite.pack.zone()))
            if stage.now + moved > now:
                break
            command = command_of(stage, step)
            if command is None:
                continue
            actor = stage.actor(step.who, step.case)
            stage.do(step.case, command, actor)
            if isinstance(command, Register):
                done = case_file.register(suite.pack.id, command, actor.id, stage.now + moved)
            elif step.case in ids:
                done = case_file.act(ids[step.case], command, actor.id, stage.now + moved)
            else:
                continue
        except (KeyError, ValueError, ArithmeticError, StopIteration, NoSuchPerson, ConditionError, EndlessRules):
            break
        if isinstance(done, Done):
            ids[step.case] = done.case_id
    return list(ids.values())
