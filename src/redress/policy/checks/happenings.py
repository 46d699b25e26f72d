"""Which triggers can ever come about in a pack: the least set that the rules, starting from people's acts, can set off."""

from __future__ import annotations

from collections.abc import Iterator

from redress.policy.engine.life import LIFE
from redress.policy.implied import APPROVING
from redress.policy.language.acts import Act
from redress.policy.language.base import Rule
from redress.policy.language.duties import Duty, Ladder
from redress.policy.language.effects import Effect
from redress.policy.language.papers import Number
from redress.policy.language.people import Approval
from redress.policy.language.periodic import Standing
from redress.policy.language.rulings import Decision, Pattern, Reaction

from .acting import acts_of, always_blocked, inside
from .parts import models_of
from .study import Study

FROM_STANDING = ("period", "period_start", "period_end")
"""Fields that the engine fills when a standing duty comes round."""


class Happenings:
    """Ask ``fires(trigger)``. Conditions are taken to be satisfiable."""

    def __init__(self, study: Study) -> None:
        self._study = study
        blocked = always_blocked(study)
        self._acts = [act for act in acts_of(study).values() if inside(study, act.who) and act.id not in blocked]
        self.settable = set(_settable(study)) | set(FROM_STANDING)
        self._limits = dict(_limits(study))
        self._fired = {"registered", *(f"standing {name}" for name in study.names.standing)}
        self._fired |= {f"pattern {rule.id}" for rule in study.source.of(Pattern)}
        self._fired |= {f"set {field}" for field in self.settable}
        while self._grow():
            pass

    def fires(self, trigger: str) -> bool:
        """Whether anything can bring the trigger about."""
        return trigger in self._fired

    def has_limit(self, duty: str) -> bool:
        """Whether a duty can be late."""
        return self._limits.get(duty, False)

    def _grow(self) -> bool:
        before = len(self._fired)
        opened = set(self._opened())
        for act in self._acts:
            if not act.duty or act.duty in opened:
                self._fired.add(act.id)
        for duty in opened:
            done_by = self._done_by(duty)
            if not done_by or any(act in self._fired for act in done_by):
                self._fired.add(f"met {duty}")
            if self.has_limit(duty):
                self._fired.add(f"late {duty}")
        for rule in self._study.source.rules:
            self._grow_from(rule)
        return len(self._fired) > before

    def _opened(self) -> Iterator[str]:
        names = self._study.names
        yield from names.standing
        yield from (duty.id for duty in names.own_duties.values() if any(map(self.fires, duty.after)))
        yield from (rung for rung in names.rungs if self.fires(f"rung {rung}"))
        yield from (APPROVING + name for name in names.approvals if self.fires(f"ask {name}"))

    def _done_by(self, duty: str) -> tuple[str, ...]:
        names = self._study.names
        if duty in names.own_duties:
            return names.own_duties[duty].done_by
        if duty in names.standing:
            return names.standing[duty].done_by
        ladder, _, rung = duty.partition(".")
        rungs = names.ladders[ladder].rungs if ladder in names.ladders else ()
        return next((item.done_by for item in rungs if item.rung == rung), ())

    def _grow_from(self, rule: Rule) -> None:
        for effect in self._effects(rule):
            self._fired.update(_triggers_of(effect))
        match rule:
            case Act(life=step) if step in LIFE and self.fires(rule.id):
                self._fired.add(f"stage {LIFE[step]}")
            case Ladder() if any(map(self.fires, rule.after)):
                self._fired.update(f"rung {rule.id}.{rung.rung}" for rung in rule.rungs)
            case Number() if any(map(self.fires, rule.after)):
                self._fired.add(f"number {rule.id}")
            case _:
                pass

    def _effects(self, rule: Rule) -> tuple[Effect, ...]:
        """The consequences of a rule whose time can come."""
        match rule:
            case Act() if self.fires(rule.id):
                return rule.then
            case Duty() | Standing():
                met = rule.then if self.fires(f"met {rule.id}") else ()
                return (*met, *(rule.if_late if self.fires(f"late {rule.id}") else ()))
            case Ladder():
                return tuple(
                    e for rung in rule.rungs if self.fires(f"late {rule.id}.{rung.rung}") for e in rung.if_late
                )
            case Reaction() if any(map(self.fires, rule.after)):
                return rule.then
            case Pattern():
                return rule.then
            case Approval() if self.fires(f"ask {rule.id}"):
                return (*rule.if_approved, *rule.if_refused)
        return ()


def _triggers_of(effect: Effect) -> Iterator[str]:
    asked = effect.ask or (effect.entry.approval if effect.entry else "")
    if asked:
        yield from (f"{word} {asked}" for word in ("ask", "approved", "refused"))
    signal = effect.signal or effect.new_round
    if signal:
        yield f"signal {signal}"
    if effect.new_round:
        yield "round"
    if effect.mark:
        yield f"mark {effect.mark}"
    if effect.stage:
        yield f"stage {effect.stage}"


def _settable(study: Study) -> Iterator[str]:
    """Fields that a form records or a rule sets."""
    for rule in study.source.rules:
        if isinstance(rule, Decision):
            yield rule.sets
        for _, model in models_of(rule):
            yield from (
                item.field for name in ("form", "record") for item in getattr(model, name, ()) if hasattr(item, "field")
            )
            if isinstance(model, Effect) and model.set:
                yield from model.set


def _limits(study: Study) -> Iterator[tuple[str, bool]]:
    names = study.names
    yield from ((duty.id, duty.within is not None) for duty in names.own_duties.values())
    yield from ((rule.id, rule.within is not None) for rule in names.standing.values())
    yield from ((APPROVING + rule.id, rule.within is not None) for rule in names.approvals.values())
    for ladder in names.ladders.values():
        yield from ((f"{ladder.id}.{rung.rung}", rung.within is not None) for rung in ladder.rungs)
