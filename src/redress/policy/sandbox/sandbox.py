"""The sandbox: the stage that scenarios are played on, which remembers what every move brought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from redress.policy.engine.case import Case
from redress.policy.engine.decide import Accepted, Ruling
from redress.policy.engine.drafts import Finding, findings
from redress.policy.engine.events import Event
from redress.policy.engine.facts import Facts
from redress.policy.engine.world import Actor
from redress.policy.pack import Pack
from redress.policy.scenarios.language import Given, Scenario
from redress.policy.scenarios.organisation import OrganisationFile
from redress.policy.scenarios.stage import Stage

from .moves import Move

FARTHEST = timedelta(days=92)
"""How far one move may wind the clock: beyond that nobody can read what came."""


@dataclass(frozen=True)
class Scene:
    """Where a sandbox begins: the pack, who plays, how they differ from the written organisation, when."""

    pack: Pack
    organisation: OrganisationFile
    start: datetime
    given: Given = field(default_factory=Given)
    standing: tuple[str, ...] = ()

    @classmethod
    def of(cls, pack: Pack, organisation: OrganisationFile, scenario: Scenario) -> Scene:
        """The scene of a scenario."""
        if scenario.given.settings:
            pack = pack.with_settings({**pack.settings, **scenario.given.settings})
        start = datetime.fromisoformat(scenario.start)
        start = start if start.tzinfo else start.replace(tzinfo=pack.zone())
        return cls(pack, organisation, start, scenario.given, scenario.standing)


@dataclass(frozen=True)
class Brought:
    """Events that came together on one case, and the case after them."""

    label: str
    case: Case
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Taken:
    """A move made: the answer it got (none where only time passed) and everything that came of it, in order.

    ``actor`` is who it was; ``findings`` what the policy found in the texts written.
    """

    move: Move
    since: datetime
    actor: Actor | None
    ruling: Ruling | None
    brought: tuple[Brought, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the move was allowed; winding the clock always is."""
        return self.ruling is None or isinstance(self.ruling, Accepted)


class Sandbox(Stage):
    """A stage with a memory. It answers the engine's questions about the world."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.pack, scene.organisation, scene.given, scene.start, scene.standing)
        self.scene = scene
        self.taken: list[Taken] = []
        self._brought: list[Brought] = []

    def copy(self) -> Sandbox:
        """Another sandbox in the same state: cases never change, so they are shared."""
        other = copy(self)
        other.cases, other.upcoming = dict(self.cases), dict(self.upcoming)
        other.series = defaultdict(int, self.series)
        other.logs = defaultdict(list, {label: list(log) for label, log in self.logs.items()})
        other.taken, other._brought = list(self.taken), []
        return other

    def make(self, move: Move) -> Taken:
        """Makes a move: first the clock catches up with its moment. Raises ``KeyError`` for an unknown person."""
        since, self._brought = self.now, []
        self.pass_time(min(max(move.at, self.now), self.now + FARTHEST))
        actor = self.actor(move.who, move.case) if move.command is not None else None
        before = self.cases.get(move.case, Case(id=move.case))
        ruling = self.do(move.case, move.command, actor) if move.command is not None and actor is not None else None
        found = _findings(self, before, move, actor) if isinstance(ruling, Accepted) and actor else ()
        taken = Taken(move, since, actor, ruling, tuple(self._brought), found)
        self.taken.append(taken)
        return taken

    def next_moment(self) -> datetime | None:
        """When the clock next has something to do on a complaint; on a standing duty, where no complaint waits."""
        waiting = [
            (case.kind == "standing", duty.next)
            for case in self.cases.values()
            if (duty := case.next_tick()) is not None and duty.next is not None
        ]
        waiting += [(True, moment) for moment in self.upcoming.values()]
        return min(waiting)[1] if waiting else None

    def next_label(self) -> str:
        """What the next complaint of this sandbox is called: A, B, C..."""
        taken = {label for label, case in self.cases.items() if case.kind == "complaint"}
        return next(chr(code) for code in range(ord("A"), ord("A") + 60) if chr(code) not in taken)

    def complaints(self) -> dict[str, Case]:
        """The invented complaints, in the order in which they came."""
        return {label: case for label, case in self.cases.items() if case.kind == "complaint"}

    def _keep(self, label: str, ruling: Ruling) -> None:
        if isinstance(ruling, Accepted) and ruling.events:
            self._brought.append(Brought(label, ruling.case, tuple(ruling.events)))
        super()._keep(label, ruling)


def played(scene: Scene, moves: Iterable[Move]) -> Sandbox:
    """The sandbox after these moves."""
    sandbox = Sandbox(scene)
    for move in moves:
        sandbox.make(move)
    return sandbox


def _findings(sandbox: Sandbox, before: Case, move: Move, actor: Actor) -> tuple[Finding, ...]:
    act = sandbox.pack.acts.get(getattr(move.command, "act", "register"))
    if act is None or not sandbox.pack.phrases:
        return ()
    data = getattr(move.command, "data", {})
    return tuple(findings(act, Facts(sandbox.pack, before, sandbox.now, sandbox, actor, data, act.id)))
