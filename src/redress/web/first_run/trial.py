"""A complaint tried out: which duties would open, for whom, due when. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from redress.policy.engine.case import Case, DutyState
from redress.policy.engine.foreseeing import foresee
from redress.policy.engine.permissions import permission
from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.web.access import Member
from redress.web.forms.parse import Raw
from redress.web.plain_words import names
from redress.web.plain_words.names import language


@dataclass(frozen=True)
class TriedDuty:
    """A duty that would open: ``people`` are those it would fall to, none where nobody is there."""

    what: str
    roles: str
    people: tuple[str, ...]
    due: datetime | None
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Trial:
    """What a registration would come to, and why it would be refused if it were sent like this."""

    duties: tuple[TriedDuty, ...]
    settled: tuple[tuple[str, str, tuple[str, ...]], ...]
    refusals: Sequence[Refusal]


def begun(member: Member, act: Act) -> Raw:
    """What stands in the form already: a moment that must be told is now."""
    local = f"{member.now.astimezone(member.zone):%Y-%m-%dT%H:%M}"
    fields = member.pack.fields
    return {one.field: [local] for one in act.form if one.required is True and fields[one.field].type == "datetime"}


def try_out(member: Member, unit: str, values: dict[str, Any], taker: str) -> Trial:
    """``taker``: the person at the desk, who becomes the first responder where the policy has one."""
    pack, directory = member.pack, member.directory
    actor = directory.actor(taker, member.today)
    found = foresee(pack, unit, values, actor, member.now, member.desk.world)
    answer = permission(pack, Case(unit=unit), "register", actor, member.now, member.desk.world, values)
    settled = tuple(
        (names.field(pack, one.field), names.option(pack, one.field, str(one.value)), one.clauses)
        for one in found.settled
    )
    duties = tuple(_tried(member, found.case, taker, duty) for duty in found.duties)
    return Trial(duties, settled, answer.refusals)


def _tried(member: Member, case: Case, taker: str, duty: DutyState) -> TriedDuty:
    pack, lang = member.pack, language()
    holders = [duty.person] if duty.person else [
        person for role in duty.roles for person in _holders(member, case, taker, role, duty.unit)
    ]  # fmt: skip
    people = tuple(member.directory.person_text(person).of(lang) for person in dict.fromkeys(holders))
    return TriedDuty(names.duty(pack, duty.rule), names.any_of(pack, duty.roles), people, duty.due, duty.clauses)


def _holders(member: Member, case: Case, taker: str, role: str, unit: str) -> tuple[str, ...]:
    """Whom a role finds: who is seated, whom the case names, or, for everybody's duty, whoever takes the complaint."""
    rule = member.pack.roles.get(role)
    if rule is not None and rule.found == "person":
        named = case.people.get(role, case.fields.get(role))
        return (named,) if isinstance(named, str) and named else ()
    if rule is not None and rule.found == "everyone":
        return (taker,)
    return member.directory.holders(role, unit, member.today)
