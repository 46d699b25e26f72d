"""Calls for help at the desk: the large buttons, and the sheet that each of them opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from redress.policy.engine.case import Case
from redress.policy.engine.offers import guidance_for
from redress.policy.language.acts import Act
from redress.policy.language.words import Guidance

from .access import Member
from .desk_sheet import Ahead, duties_ahead, foreseen_by
from .forms.build import FieldView, form_view
from .plain_words import names

LONGEST_WAIT = timedelta(hours=2)
"""A call made longer ago than this was not made for the complaint being typed."""
SERVICES: dict[str, tuple[str, str | Promise]] = {
    "police": ("110", _("报警")),
    "ambulance": ("120", _("急救")),
    "fire": ("119", _("火警")),
}
"""Number and name of each service that an act may call."""


@dataclass(frozen=True)
class Call:
    """A call for help that the policy has an act for."""

    act: Act
    service: str

    @property
    def id(self) -> str:
        return f"{self.act.id}.{self.service}"

    @property
    def number(self) -> str:
        return SERVICES[self.service][0]

    @property
    def name(self) -> str:
        return str(SERVICES[self.service][1])


@dataclass(frozen=True)
class CallSheet:
    """A call under way: when it was made, what comes next, what not to do, and what its act cannot do without."""

    call: Call
    at: datetime
    steps: tuple[Ahead, ...]
    guidance: tuple[Guidance, ...]
    fields: tuple[FieldView, ...]

    @property
    def value(self) -> str:
        """How the form carries it."""
        return f"{self.call.id}@{self.at.isoformat(timespec='seconds')}"


def calls_of(member: Member) -> list[Call]:
    """The calls for help that this policy knows, each with its large button."""
    return [
        Call(act, service)
        for service in SERVICES
        for act in member.pack.acts.values()
        if service in act.emergency and not act.on
    ]


def call_sheets(member: Member, told: Iterable[str], unit: str, values: Mapping[str, Any]) -> list[CallSheet]:
    """The calls that a form carries (``CallSheet.value``), laid out; what cannot be read is left out."""
    found = (_read(member, text) for text in told)
    return [_sheet(member, call, at, unit, values) for call, at in filter(None, found)]


def _read(member: Member, text: str) -> tuple[Call, datetime] | None:
    name, _at, moment = text.partition("@")
    call = next((one for one in calls_of(member) if one.id == name), None)
    if call is None:
        return None
    try:
        at = datetime.fromisoformat(moment) if moment else member.now
    except ValueError:
        return None
    recent = at.tzinfo is not None and member.now - LONGEST_WAIT <= at <= member.now
    return call, at.astimezone(member.zone) if recent else member.now


def _sheet(member: Member, call: Call, at: datetime, unit: str, values: Mapping[str, Any]) -> CallSheet:
    before = {duty.key for duty in foreseen_by(member, unit, values).duties}
    after = foreseen_by(member, unit, values, call.act.id).duties
    words = guidance_for(member.pack, Case(unit=unit), call.act.id, member.actor, member.now, member.desk.world)
    views = form_view(member.pack, call.act, member.directory, names.language())
    return CallSheet(
        call,
        at,
        tuple(duties_ahead(member, (duty for duty in after if duty.key not in before))),
        tuple(words),
        tuple(view for view in views if view.required),
    )
