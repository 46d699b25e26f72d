"""Every name a pack declares, by what it names. Names that rules bring with them (a rung's duty) are here too."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from redress.policy.engine.life import LIFE
from redress.policy.implied import APPEALING, APPROVING, UNWRITTEN
from redress.policy.language.acts import Act
from redress.policy.language.duties import Duty, Ladder
from redress.policy.language.effects import Effect
from redress.policy.language.fields import Field
from redress.policy.language.pack import Source
from redress.policy.language.people import Approval, Role
from redress.policy.language.periodic import Standing
from redress.policy.reading.folder import Key

from .parts import effects_of

STAGES = ("registered", *dict.fromkeys(LIFE.values()))
VOTE = "decide"
"""What an approver does. It is not an act of the pack, but a recusal may forbid it."""


class Catalogue:
    """The declared names of a source; ``broken`` rules (by kind and id) count as declared."""

    def __init__(self, source: Source, broken: Iterable[Key] = ()) -> None:
        self.source = source
        self.broken = set(broken)
        self.roles: dict[str, Role] = {rule.id: rule for rule in source.of(Role)}
        self.fields: dict[str, Field] = {rule.id: rule for rule in source.of(Field)}
        self.approvals: dict[str, Approval] = {rule.id: rule for rule in source.of(Approval)}
        self.ladders: dict[str, Ladder] = {rule.id: rule for rule in source.of(Ladder)}
        self.standing: dict[str, Standing] = {rule.id: rule for rule in source.of(Standing)}
        self.own_duties: dict[str, Duty] = {rule.id: rule for rule in source.of(Duty)}
        self.own_acts: dict[str, Act] = {rule.id: rule for rule in source.of(Act)}

    def of(self, kind: str) -> set[str]:
        """The ids of the rules of one kind, broken ones too."""
        return self._written.get(kind, set()) | {rule_id for other, rule_id in self.broken if other == kind}

    @cached_property
    def _written(self) -> dict[str, set[str]]:
        ids: dict[str, set[str]] = {}
        for rule in self.source.rules:
            ids.setdefault(type(rule).kind_key, set()).add(rule.id)
        return ids

    @cached_property
    def duties(self) -> set[str]:
        """Duty ids: those written, and those of rungs, standing duties and approvals."""
        written = self.of("duty") | self.rungs | self.of("standing")
        brought = {APPROVING + x for x in self.of("approval")} | {
            APPEALING + x for x in (*self.of("appeal"), UNWRITTEN)
        }
        return written | brought

    @cached_property
    def rungs(self) -> set[str]:
        """Rungs as triggers name them: ``LADDER.RUNG``."""
        return {f"{ladder.id}.{rung.rung}" for ladder in self.ladders.values() for rung in ladder.rungs}

    @cached_property
    def acts(self) -> set[str]:
        """Act ids: those written, and those that duties bring with them."""
        return self.of("act") | self.acts_of_duties

    @cached_property
    def acts_of_duties(self) -> set[str]:
        """Acts that duties bring with them; of rules that could not be read, whatever they might bring."""
        rungs = {
            f"{ladder.id}.{rung.rung}" for ladder in self.ladders.values() for rung in ladder.rungs if not rung.done_by
        }
        written: list[Duty | Standing] = [*self.own_duties.values(), *self.standing.values()]
        plain = {rule.id for rule in written if not rule.done_by}
        return plain | rungs | {rule_id for kind, rule_id in self.broken if kind in ("duty", "standing")}

    @cached_property
    def effects(self) -> list[Effect]:
        """Every consequence of every rule."""
        return [effect for rule in self.source.rules for _, effect in effects_of(rule)]

    @cached_property
    def signals(self) -> set[str]:
        """Signals that some consequence sends."""
        return {name for effect in self.effects for name in (effect.signal, effect.new_round) if name}

    @cached_property
    def marks(self) -> set[str]:
        """Marks that some consequence puts on a case."""
        return {effect.mark for effect in self.effects if effect.mark}

    def options(self, field: str) -> set[str] | None:
        """The options of a choice field; None for any other, or where it has none."""
        rule = self.fields.get(field)
        if rule is None or rule.type not in ("choice", "choices") or not rule.options:
            return None
        return {option.id for option in rule.options}
