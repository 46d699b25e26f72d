"""Carrying a plan out with the commands of the desk: the row whole, or nothing of it.

Nothing is waited for at each row; ``settle`` makes everything durable before it is reported as done. Killed in between, the
rows of the last moments are gone as if they had never been read, and the next run does them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from redress.people.directory import Directory
from redress.policy.engine.case import Case
from redress.policy.engine.commands import Perform, Register
from redress.policy.engine.decide import Refused
from redress.policy.language.base import Text

from .past import Happened, Unperformed, record
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


def carry_out(
    organisation: str, source: str, plan: Plan, until: datetime | None, now: datetime, *, keep: bool = True
) -> Carried:
    """Registers a row and replays what followed. With ``until`` the clock then runs up to there. Without ``keep`` it is only tried."""
    registration = Happened(
        Register(plan.unit, plan.data),
        plan.registered,
        lambda d, _: _person(d, plan.performer, plan.unit, plan.registered),
    )
    acts = [Happened(Perform(act.act, act.data, act.unit), act.at, _performer_of(act)) for act in plan.acts]
    past = record(organisation, source_key(source, plan.key), registration, acts, until, now, keep=keep)
    if past.here:
        return Carried(plan.line, "here")
    why, clauses = _why(past.refused)
    if past.case_id is None:
        return Carried(plan.line, "refused", why, clauses)
    stopped_at = plan.acts[past.done - 1].act if why is not None else ""
    return Carried(plan.line, "registered", why, clauses, stopped_at, past.case_id, past.done - 1)


def settle() -> None:
    """Waits until everything committed so far is on disk."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute("SELECT pg_current_xact_id()")


def _performer_of(act: PlannedAct) -> Callable[[Directory, Case], str]:
    return lambda directory, case: _person(directory, act.performer, case.unit, act.at)


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


def _why(refused: Refused | Unperformed | None) -> tuple[Text | None, tuple[str, ...]]:
    """The reason in words, with the clauses."""
    if refused is None:
        return None, ()
    if isinstance(refused, Refused):
        given = refused.refusals
        text = Text(zh="；".join(r.zh for r in given), en="; ".join(r.en for r in given))
        return text, tuple(dict.fromkeys(clause for refusal in given for clause in refusal.clauses))
    if isinstance(refused.why, WrongRow):
        return Text(zh=refused.why.zh, en=refused.why.en), ()
    return Text(zh=f"没有人员 {refused.why}，或已离职", en=f"there is no person {refused.why}, or they have left"), ()
