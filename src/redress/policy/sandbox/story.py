"""A scenario as a story that can be followed step by step in a sandbox."""

from __future__ import annotations

from datetime import datetime

from redress.policy.engine.commands import Decide, Perform, Register
from redress.policy.scenarios.language import Scenario, Step
from redress.policy.scenarios.runner import command_of
from redress.policy.scenarios.times import moment

from .moves import Move
from .sandbox import Sandbox


def next_step(scenario: Scenario, sandbox: Sandbox) -> tuple[int, Step] | None:
    """(number, step) of the next step of the story in which somebody does something or time passes; None at its end."""
    reached = max((taken.move.step for taken in sandbox.taken), default=0)
    for number, step in enumerate(scenario.steps, 1):
        if number > reached and (acts(step) or step.at):
            return number, step
    return None


def acts(step: Step) -> bool:
    """Whether somebody does something in this step."""
    return bool(step.does or step.approves or step.refuses)


def move_of(sandbox: Sandbox, number: int, step: Step) -> Move:
    """The step as a move from where the sandbox now stands; a step whose time has gone by is made now.

    Raises ``KeyError`` where nobody fits or its case is not there.
    """
    at = max(moment_of(sandbox, step), sandbox.now)
    if not acts(step):
        return Move(at, case=step.case, step=number)
    ahead = sandbox.copy()  # who somebody is, and which request waits, may change on the way
    ahead.pass_time(at)
    command = command_of(ahead, step)
    assert isinstance(command, Register | Perform | Decide)
    return Move(at, ahead.actor(step.who, step.case).id, step.case, command, number)


def moment_of(sandbox: Sandbox, step: Step) -> datetime:
    """When the step happens, by the sandbox's clock."""
    if not step.at:
        return sandbox.now
    return moment(step.at, sandbox.now, sandbox.scene.start, sandbox.pack.zone())
