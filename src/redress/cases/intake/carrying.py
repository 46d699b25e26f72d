"""Carrying a plan out through the case file, exactly as the desk would: the row whole, or nothing of it.

Nothing is waited for at each row; ``settle`` makes everything durable before it is reported as done. Killed in between, the
rows of the last moments are gone as if they had never been read, and the next run does them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from redress.cases import case_file
from redress.cases.outcomes import Done
from redress.people.directory import Directory, NoSuchPerson
from redress.policy.engine.commands import Perform, Register
from redress.policy.engine.decide import Refused
from redress.policy.errors import Refusal
from redress.policy.language.base import Text

from .plans import Performer, Plan, PlannedAct
from .wrong import WrongRow

SEVERAL = 1000
"""Keys asked for in one query."""


@dataclass(frozen=True)
class Carried:
    """What became of a row: ``registered``, ``here`` (it was there already) or ``refused`` with ``why``.

    ``stopped_at`` names the act of the replay that was refused; the case stays as far as it had come.
    """

    line: int
    became: str
    why: Text | None = None
    clauses: tuple[str, ...] = ()
    stopped_at: str = ""
    case_id: UUID | None = None
    acts: int = 0


def source_key(source: str, key: str) -> str:
    """The name under which a row of a source is known for ever."""
    return f"{source}:{key}"


def known_keys(organisation: str, keys: Iterable[str]) -> set[str]:
    """Those of the source keys that are here already."""
    found: set[str] = set()
    waiting = list(keys)
    with connection.cursor() as cursor:
        for start in range(0, len(waiting), SEVERAL):
            cursor.execute(
                "SELECT source_key FROM import_key WHERE organisation = %s AND source_key = ANY(%s)",
                [organisation, waiting[start : start + SEVERAL]],
            )
            found |= {key for (key,) in cursor.fetchall()}
    return found


def carry_out(directory: Directory, source: str, plan: Plan, until: datetime | None, *, keep: bool = True) -> Carried:
    """Registers a row and replays what followed. With ``until`` the clock then runs up to there. Without ``keep`` it is only tried."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        carried = _carry_out(directory, source, plan, until)
        if not keep:
            transaction.set_rollback(True)
    return carried


def settle() -> None:
    """Waits until everything committed so far is on disk."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute("SELECT pg_current_xact_id()")


def _carry_out(directory: Directory, source: str, plan: Plan, until: datetime | None) -> Carried:
    slug = directory.slug
    try:
        actor = _person(directory, plan.performer, plan.unit, plan.registered)
        command = Register(plan.unit, plan.data)
        outcome = case_file.register(slug, command, actor, plan.registered, source_key=source_key(source, plan.key))
    except WrongRow as wrong:
        return Carried(plan.line, "refused", Text(zh=wrong.zh, en=wrong.en))
    except NoSuchPerson as missing:
        return Carried(plan.line, "refused", _nobody(str(missing)))
    if isinstance(outcome, Refused):
        return Carried(plan.line, "refused", *_said(outcome.refusals))
    assert isinstance(outcome, Done)
    if outcome.repeated:
        return Carried(plan.line, "here", case_id=outcome.case_id)
    for number, act in enumerate(plan.acts):
        why, clauses = _act(directory, outcome.case_id, outcome.case.unit, act)
        if why is not None:
            return Carried(plan.line, "registered", why, clauses, act.act, outcome.case_id, number)
    if until is not None:
        case_file.tick(outcome.case_id, until)
    return Carried(plan.line, "registered", case_id=outcome.case_id, acts=len(plan.acts))


def _act(directory: Directory, case_id: UUID, unit: str, act: PlannedAct) -> tuple[Text | None, tuple[str, ...]]:
    """Why the act was refused, with the clauses; (None, ()) where it was done."""
    try:
        actor = _person(directory, act.performer, unit, act.at)
        outcome = case_file.act(case_id, Perform(act.act, act.data, act.unit), actor, act.at)
    except WrongRow as wrong:
        return Text(zh=wrong.zh, en=wrong.en), ()
    except NoSuchPerson as missing:
        return _nobody(str(missing)), ()
    return _said(outcome.refusals) if isinstance(outcome, Refused) else (None, ())


def _person(directory: Directory, performer: Performer, unit: str, at: datetime) -> str:
    if performer.person:
        return performer.person
    holders = directory.holders(performer.role, performer.unit or unit, at.date())
    if not holders:
        raise WrongRow(
            f"{at:%Y-%m-%d} 没有人在 {performer.unit or unit} 担任 {performer.role}",
            f"on {at:%Y-%m-%d} nobody holds {performer.role} for {performer.unit or unit}",
        )
    return holders[0]


def _nobody(person: str) -> Text:
    return Text(zh=f"没有人员 {person}，或已离职", en=f"there is no person {person}, or they have left")


def _said(refusals: Iterable[Refusal]) -> tuple[Text, tuple[str, ...]]:
    given = list(refusals)
    text = Text(zh="；".join(r.zh for r in given), en="; ".join(r.en for r in given))
    return text, tuple(dict.fromkeys(clause for refusal in given for clause in refusal.clauses))
