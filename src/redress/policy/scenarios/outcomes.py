"""What becomes of the same acts under one pack or another: scenarios and real logs played without expectations, and compared.

An act that the pack refuses is noted and passed over; what follows goes on. Nothing here says which outcome is the right one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from redress.policy.conditions import ConditionError
from redress.policy.engine import events as ev
from redress.policy.engine.commands import Command, Decide, Perform, Register
from redress.policy.engine.decide import Refused
from redress.policy.engine.react import EndlessRules
from redress.policy.engine.world import Actor
from redress.policy.pack import Pack

from .language import Given, Scenario
from .organisation import OrganisationFile
from .runner import command_of
from .stage import Stage
from .times import moment

Sort = Literal["duty", "approval", "ledger", "refused", "stage"]


class Fact(msgspec.Struct, frozen=True):
    """One thing that came of it: a duty and its due time, a request and its answer, a line of the ledger, a refused act, a stage.

    ``rule`` names the rule; ``state`` says how it ended; ``sum`` is of a ledger line; ``zh`` and ``en`` the refusal's words.
    """

    rule: str
    state: str = ""
    due: datetime | None = None
    late: bool = False
    sum: str = ""
    zh: str = ""
    en: str = ""
    clauses: tuple[str, ...] = ()


Outcome = dict[tuple[str, Sort, str], Fact]
"""By (case, sort, key)."""


class Difference(msgspec.Struct, frozen=True):
    """Where two outcomes part: what the one has there and what the other; None where it has nothing."""

    case: str
    sort: Sort
    key: str
    old: Fact | None
    new: Fact | None


class Said(msgspec.Struct, frozen=True):
    """A command as it was given: when, by whom."""

    at: datetime
    by: str
    command: Command


def outcome_of_scenario(pack: Pack, organisation: OrganisationFile, scenario: Scenario) -> Outcome:
    """What becomes of a scenario's steps."""
    if scenario.given.settings:
        known = {name: value for name, value in scenario.given.settings.items() if name in pack.parameters}
        pack = pack.with_settings({**pack.settings, **known})
    start = datetime.fromisoformat(scenario.start)
    start = start if start.tzinfo else start.replace(tzinfo=pack.zone())
    stage = Stage(pack, organisation, scenario.given, start, scenario.standing)
    found: Outcome = {}
    for number, step in enumerate(scenario.steps, 1):
        _try(stage, found, step.case, number, step.does, lambda step=step: _until(stage, step.at, start))  # type: ignore[misc]
        if step.does or step.approves or step.refuses:
            does = step.does or step.approves or step.refuses
            _try(stage, found, step.case, number, does, lambda step=step: _do(stage, step))  # type: ignore[misc]
    return {**found, **_facts(stage)}


def outcome_of_log(
    pack: Pack,
    organisation: OrganisationFile,
    log: Sequence[Said],
    actor: Callable[[str, datetime], Actor],
    until: datetime,
) -> Outcome:
    """What becomes of the commands of one real case, each at its own time, followed until ``until``."""
    stage = Stage(pack, organisation, Given(), log[0].at.astimezone(pack.zone()), ())
    found: Outcome = {}
    for number, said in enumerate(log, 1):

        def give(said: Said = said) -> Any:
            stage.pass_time(max(said.at.astimezone(pack.zone()), stage.now))
            return stage.do("A", said.command, actor(said.by, said.at))

        _try(stage, found, "A", number, _name(said.command), give)
        if not stage.cases:
            return found
    _try(stage, found, "A", 0, "", lambda: stage.pass_time(max(until.astimezone(pack.zone()), stage.now)))
    return {**found, **_facts(stage)}


def commands_of(log: Iterable[ev.Event]) -> list[Said]:
    """The commands that a case's log tells of: what people did and decided, in order."""
    found: list[Said] = []
    unit = ""
    for event in log:
        if isinstance(event, ev.Registered):
            unit = event.unit
        elif isinstance(event, ev.ActDone) and event.by:
            first = not found
            command: Command = (
                Register(unit, dict(event.values)) if first else Perform(event.act, dict(event.values), event.unit)
            )
            found.append(Said(event.at, event.by, command))
        elif isinstance(event, ev.ApprovalVoted):
            vote = Decide(event.request, event.approve, event.reason, dict(event.values))
            found.append(Said(event.at, event.by, vote))
    return found


def differences(old: Outcome, new: Outcome) -> list[Difference]:
    """Where the outcomes part, in the order in which they came about."""
    keys = dict.fromkeys([*old, *new])
    return [Difference(*key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)]


def _try(stage: Stage, found: Outcome, case: str, number: int, does: str, go: Callable[[], Any]) -> None:
    try:
        answer = go()
    except (EndlessRules, ConditionError, KeyError, ValueError, ArithmeticError, StopIteration) as error:
        words = f"{type(error).__name__}: {error}"
        found[case, "refused", f"{number} {does}"] = Fact(does, zh=words, en=words)
        return
    if isinstance(answer, Refused):
        first = answer.refusals[0]
        found[case, "refused", f"{number} {does}"] = Fact(
            does, first.code, zh=first.zh, en=first.en, clauses=first.clauses
        )


def _until(stage: Stage, at: str, start: datetime) -> None:
    if at:
        stage.pass_time(max(moment(at, stage.now, start, stage.pack.zone()), stage.now))


def _do(stage: Stage, step: Any) -> Any:
    command = command_of(stage, step)
    assert command is not None
    return stage.do(step.case, command, stage.actor(step.who, step.case))


def _name(command: Command) -> str:
    return command.act if isinstance(command, Perform) else "register" if isinstance(command, Register) else "decide"


def _facts(stage: Stage) -> Outcome:
    found: Outcome = {}
    for label, case in stage.cases.items():
        found[label, "stage", ""] = Fact("", case.stage)
        for key, duty in case.duties.items():
            late = duty.late_at is not None or bool(duty.late_by)
            found[label, "duty", key] = Fact(duty.rule, duty.status, duty.due, late, clauses=duty.clauses)
        for key, request in case.requests.items():
            found[label, "approval", key] = Fact(request.approval, request.status)
        for key, line in case.ledger.items():
            found[label, "ledger", key] = Fact(
                line.rule, line.status, sum=line.amount, zh=line.kind, clauses=line.clauses
            )
    return found
