"""Playing scenarios: each step carried out, each expectation compared, every mismatch told with its step."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from redress.policy.conditions import ConditionError
from redress.policy.engine.commands import Command, Decide, Perform, Register
from redress.policy.engine.decide import Accepted, Refused, Ruling
from redress.policy.engine.react import EndlessRules
from redress.policy.pack import Pack

from .expecting import Seen, problems
from .language import Refusal, Scenario, Step
from .organisation import OrganisationFile
from .stage import Stage
from .times import moment


@dataclass(frozen=True)
class Played:
    """A scenario played: what did not hold (nothing, if it passed), and how long it took in milliseconds."""

    scenario: str
    failures: tuple[str, ...]
    milliseconds: float

    @property
    def passed(self) -> bool:
        """Whether everything held."""
        return not self.failures


def play(pack: Pack, organisation: OrganisationFile, scenario: Scenario) -> Played:
    """Plays a scenario to its end, or to the first step that could not be carried out."""
    began = time.perf_counter()
    failures: list[str] = []
    try:
        _steps(pack, organisation, scenario, failures)
    except (EndlessRules, ConditionError, KeyError, ValueError, ArithmeticError, StopIteration) as error:
        failures.append(f"{type(error).__name__}: {error}")
    return Played(scenario.scenario, tuple(failures), (time.perf_counter() - began) * 1000)


def _steps(pack: Pack, organisation: OrganisationFile, scenario: Scenario, failures: list[str]) -> None:
    if scenario.given.settings:
        pack = pack.with_settings({**pack.settings, **scenario.given.settings})
    start = datetime.fromisoformat(scenario.start)
    start = start if start.tzinfo else start.replace(tzinfo=pack.zone())
    stage = Stage(pack, organisation, scenario.given, start, scenario.standing)
    for number, step in enumerate(scenario.steps, 1):
        if step.at:
            then = moment(step.at, stage.now, start, pack.zone())
            if then < stage.now:
                failures.append(f"step {number}: {step.at} lies before {stage.now:%Y-%m-%d %H:%M}")
                return
            stage.pass_time(then)
        told = list(_step(stage, step, start))
        failures += [
            f"step {number} ({stage.now:%m-%d %H:%M}{' ' + step.who if step.who else ''}): {text}" for text in told
        ]
        if told and (step.does or step.approves or step.refuses):
            return


def _step(stage: Stage, step: Step, start: datetime):  # type: ignore[no-untyped-def]
    command = command_of(stage, step)
    if command is not None:
        ruling = stage.do(step.case, command, stage.actor(step.who, step.case))
        yield from _answered(ruling, step)
    for expect in step.expect:
        yield from problems(Seen(stage, step.case, start), expect)


def command_of(stage: Stage, step: Step) -> Command | None:
    """What a step does, as a command; None where it only lets time pass. A request that nobody made gets a key that nothing has."""
    if step.does == "register":
        return Register(unit=step.unit or next(iter(stage.units)), data=dict(step.with_))
    if step.does:
        return Perform(act=step.does, data=dict(step.with_), unit=step.unit)
    approval = step.approves or step.refuses
    if approval:
        case = stage.cases[step.case]
        request = next((r.key for r in reversed(case.requests.values()) if r.approval == approval), f"{approval}#0")
        return Decide(request=request, approve=bool(step.approves), reason=step.reason, data=dict(step.with_))
    return None


def _answered(ruling: Ruling, step: Step):  # type: ignore[no-untyped-def]
    if isinstance(ruling, Refused):
        told = "; ".join(f"{r.code}: {r.en} ({' '.join(r.clauses)})" for r in ruling.refusals)
        if step.refused is None:
            yield f"refused: {told}"
        elif not _told(ruling.refusals, step.refused):
            yield f"should be refused by {step.refused.model_dump(exclude_defaults=True)}, was refused with {told}"
    elif isinstance(ruling, Accepted) and step.refused is not None:
        yield f"should be refused by {step.refused.model_dump(exclude_defaults=True)}, but was accepted"
    if isinstance(ruling, Accepted):
        yield from _warned(ruling, step.warned)


def _warned(ruling: Accepted, said: Refusal | bool | None):  # type: ignore[no-untyped-def]
    if isinstance(said, Refusal):
        if not any(_fits(warning, said) for warning in ruling.warnings):
            yield f"should be warned by {said.model_dump(exclude_defaults=True)}"
    elif said is False:
        yield from (f"should not be warned: {warning.en}" for warning in ruling.warnings)


def _told(refusals, said: Refusal) -> bool:  # type: ignore[no-untyped-def]
    """Whether one refusal says all of it; or, of several fields, each is refused and together they cite the clauses."""
    if not said.fields:
        return any(_fits(refusal, said) for refusal in refusals)
    meant = [r for r in refusals if r.field in said.fields and said.code in ("", r.code)]
    cited = {clause for refusal in meant for clause in refusal.clauses}
    return {r.field for r in meant} == set(said.fields) and set(said.clause) <= cited


def _fits(refusal, said: Refusal) -> bool:  # type: ignore[no-untyped-def]
    return (
        set(said.clause) <= set(refusal.clauses)
        and said.code in ("", refusal.code)
        and said.field in ("", refusal.field)
        and said.instead in ("", refusal.instead)
    )
