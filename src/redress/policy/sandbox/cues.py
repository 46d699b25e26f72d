"""The script of a drill: who does what in a scenario and when, read by playing the scenario as it is written.

A scenario may tell of several complaints, and holds what must be refused as well; a script is one complaint of it, and only
what is carried out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from redress.policy.conditions import ConditionError
from redress.policy.engine.commands import Decide, Perform, Register
from redress.policy.engine.react import EndlessRules
from redress.policy.pack import Pack
from redress.policy.scenarios.language import Scenario
from redress.policy.scenarios.organisation import OrganisationFile

from .moves import Move
from .sandbox import Sandbox, Scene
from .story import acts, moment_of, move_of

LONGEST = timedelta(days=60)
"""A story that takes longer is no drill."""


@dataclass(frozen=True)
class Cue:
    """What somebody does in the story: at ``at`` the person ``who`` gives ``command``."""

    at: datetime
    who: str
    command: Register | Perform | Decide
    step: int

    @property
    def act(self) -> str:
        """What the cue is known by: the act, or the approval that is answered."""
        return deed_of(self.command)


@dataclass(frozen=True)
class Script:
    """One complaint of a scenario as a drill: its cues in order. ``label`` is the complaint."""

    scenario: Scenario
    label: str
    cues: tuple[Cue, ...]

    @property
    def parts(self) -> dict[str, int]:
        """Who does how much in it."""
        found: dict[str, int] = {}
        for cue in self.cues:
            found[cue.who] = found.get(cue.who, 0) + 1
        return found

    def scene(self, pack: Pack, organisation: OrganisationFile) -> Scene:
        """Where the drill begins: when its complaint comes in, with no standing duties beside it."""
        return replace(Scene.of(pack, organisation, self.scenario), start=self.cues[0].at, standing=())

    @property
    def lasts(self) -> timedelta:
        """From its first cue to its last, on the clock of the story."""
        return self.cues[-1].at - self.cues[0].at


def deed_of(command: Register | Perform | Decide) -> str:
    """The name of what is done: an act's id, or ``approval`` with the approval's id."""
    if isinstance(command, Perform):
        return command.act
    return "register" if isinstance(command, Register) else "approval " + command.request.split("#")[0]


def scripts_of(pack: Pack, organisation: OrganisationFile, scenarios: Iterable[Scenario]) -> list[Script]:
    """The scripts that the scenarios of a pack hold: complaints that begin with a registration and in which more is done."""
    return [script for scenario in scenarios for script in _scripts(pack, organisation, scenario)]


def _scripts(pack: Pack, organisation: OrganisationFile, scenario: Scenario) -> list[Script]:
    labels = dict.fromkeys(step.case for step in scenario.steps if acts(step))
    cues: dict[str, list[Cue]] = {label: [] for label in labels}
    sandbox = Sandbox(Scene.of(pack, organisation, scenario))
    try:
        for number, step in enumerate(scenario.steps, 1):
            if not acts(step):
                sandbox.make(Move(max(moment_of(sandbox, step), sandbox.now)))
                continue
            taken = sandbox.make(move_of(sandbox, number, step))
            command = taken.move.command
            if taken.accepted and command is not None and isinstance(command, Register | Perform | Decide):
                cues[step.case].append(Cue(sandbox.now, taken.move.who, command, number))
    except (KeyError, ValueError, ArithmeticError, ConditionError, EndlessRules):
        return []  # under the organisation's own settings the story does not go this way
    found = [Script(scenario, label, tuple(kept)) for label, kept in cues.items()]
    return [script for script in found if _is_drill(script) and _stands_alone(pack, organisation, script)]


def _is_drill(script: Script) -> bool:
    cues = script.cues
    return len(cues) > 2 and isinstance(cues[0].command, Register) and script.lasts <= LONGEST


def _stands_alone(pack: Pack, organisation: OrganisationFile, script: Script) -> bool:
    """Whether the complaint takes its course without the others of its scenario."""
    sandbox = Sandbox(script.scene(pack, organisation))
    return all(sandbox.make(Move(cue.at, cue.who, script.label, cue.command)).accepted for cue in script.cues)
