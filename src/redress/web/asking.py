"""An act's form on a page: what is shown before, during and after somebody fills it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redress.cases.attachments import Held
from redress.cases.case_file import Desk
from redress.policy.engine.case import Case
from redress.policy.engine.offers import guidance_for
from redress.policy.engine.permissions import permission
from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.policy.language.words import Guidance
from redress.policy.pack import Pack

from .forms import FieldView, Group, form_view, grouped, raw_values, values_of
from .forms.parse import Raw
from .plain_words.names import language


@dataclass
class Asked:
    """A form with everything that belongs to it. ``changes``: what others did meanwhile (``story.Entry``).

    ``held`` are the files that wait under ``token`` for the form to be sent.
    """

    act: Act
    fields: list[FieldView]
    guidance: Sequence[Guidance]
    address: str = ""
    seq: int = 0
    unit: str = ""
    origin: str = "case"
    duty: str = ""
    refusals: Sequence[Refusal] = ()
    warnings: Sequence[Refusal] = ()
    changes: Sequence[Any] = ()
    token: str = ""
    held: Sequence[Held] = ()

    @property
    def uid(self) -> str:
        """What makes the ids of inputs differ from those of another form on the page."""
        return (
            f"{self.act.id}-{self.duty or self.unit}-".replace("#", "_")
            .replace("@", "_")
            .replace(":", "_")
            .replace(".", "_")
        )

    @property
    def groups(self) -> list[Group]:
        return grouped(self.fields)

    @property
    def bad_fields(self) -> list[FieldView]:
        return [view for view in self.fields if view.errors]

    @property
    def general(self) -> list[Refusal]:
        """Refusals that belong to no field on the form."""
        shown = {view.id for view in self.fields}
        return [refusal for refusal in self.refusals if refusal.field not in shown]

    @property
    def focus(self) -> str:
        """The field to begin with: the first wrong one, else the first."""
        first = next(iter(self.bad_fields or self.fields), None)
        return first.id if first else ""


def ask(
    desk: Desk, act: Act, case: Case, *, raw: Raw | None = None, refusals: Sequence[Refusal] = (), **more: Any
) -> Asked:
    """The form of ``act`` on ``case`` (an empty one for a registration), with what was typed and what is wrong with it."""
    views = form_view(desk.pack, act, desk.directory, language(), case=case, raw=raw, refusals=refusals)
    words = guidance_for(desk.pack, case, act.id, desk.actor, desk.now, desk.world)
    return Asked(act, views, words, refusals=refusals, **more)


def voting_act(pack: Pack, approval_id: str) -> Act:
    """The form that goes with an answer to an approval, as an act."""
    rule = pack.approvals.get(approval_id)
    return Act(id="decide", form=rule.record if rule else (), clauses=rule.clauses if rule else ())


def typed(desk: Desk, act: Act, posted: Any, case: Case) -> tuple[Raw, dict[str, Any]]:
    """What was posted for an act: the texts, and the engine's values; an unchanged recorded value stays as recorded."""
    raw = raw_values(act.form, dict(posted.lists()))
    values = values_of(desk.pack, raw, desk.pack.zone())
    shown = {view.id: view for view in form_view(desk.pack, act, desk.directory, language(), case=case)}
    for name in values:
        picked = [choice.value for choice in shown[name].choices if choice.chosen]
        before = picked or ([shown[name].value] if shown[name].value else [])
        if name in case.fields and before and raw[name] == before:
            values[name] = case.fields[name]
    return raw, values


def warnings_for(desk: Desk, case: Case, act: Act, values: Mapping[str, Any], unit: str = "") -> Sequence[Refusal]:
    """What the policy warns of before the act is done; nothing where it is refused anyway."""
    answer = permission(desk.pack, case, act.id, desk.actor, desk.now, desk.world, values, unit)
    return answer.warnings if answer.granted else ()
