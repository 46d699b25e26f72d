"""A complaint with all that is known to have followed, in one transaction and one write.

Each command is decided as ``case_file`` decides it, at its own time, with the clock caught up in between; only the storing is
done once, because nobody has seen the case in between. What happened long ago is told to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from redress.cases.cleaning import cleaned
from redress.cases.clock import catch_up
from redress.cases.ids import new_case_id
from redress.cases.store.connection import cursor as store_cursor
from redress.cases.store.connection import undeadlocked
from redress.cases.store.locks import claim_source_key
from redress.cases.store.writing import Batch, Change, write_batch
from redress.cases.world import WritingWorld
from redress.people import packs
from redress.people.directory import Directory, NoSuchPerson, directory_of
from redress.policy.engine.case import Case
from redress.policy.engine.commands import Command
from redress.policy.engine.decide import Refused, decide
from redress.policy.engine.events import Event
from redress.policy.pack import Pack

from .wrong import WrongRow

NEWS = timedelta(days=1)
"""Notices older than this when they are imported are history: kept, and sent to nobody."""


@dataclass(frozen=True)
class Happened:
    """A command with its moment; ``person`` finds out who gave it, when the case is there to tell."""

    command: Command
    at: datetime
    person: Callable[[Directory, Case], str]


@dataclass(frozen=True)
class Unperformed:
    """Nobody could be found who did it; ``why`` says so."""

    why: NoSuchPerson | WrongRow


@dataclass(frozen=True)
class Past:
    """``case_id`` is None where the registration was ``refused``; ``done`` commands went well before that refusal.

    ``here``: the source key had been imported already, and nothing was done.
    """

    case_id: UUID | None
    done: int
    refused: Refused | Unperformed | None = None
    here: bool = False


def record(
    organisation: str, source_key: str, registration: Happened, followed: Iterable[Happened], until: datetime | None,
    now: datetime, *, keep: bool = True,
) -> Past:  # fmt: skip
    """Registers a complaint and replays what followed, up to the first refusal; then the clock runs to ``until``.

    Nothing is waited for: see ``settle``. Without ``keep`` it is only tried.
    """
    steps = [registration, *followed]
    return undeadlocked(lambda: _record(organisation, source_key, steps, until, now, keep))


def _record(
    organisation: str, source_key: str, steps: list[Happened], until: datetime | None, now: datetime, keep: bool
) -> Past:
    with transaction.atomic(), store_cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        directory = directory_of(organisation)
        case_id = new_case_id(steps[0].at)
        if not claim_source_key(cursor, organisation, source_key, case_id):
            return Past(None, 0, here=True)
        pack = packs.pack_for(directory, steps[0].at)
        case, events, past = _lived(
            pack, directory, WritingWorld(directory, cursor, str(case_id)), case_id, steps, until
        )
        if past.case_id is None or not keep:
            transaction.set_rollback(True)
            return past
        batch = Batch()
        batch.add(Change(organisation, case_id, packs.pinned(case.hash), None, b"", case, events))
        batch.no_news_before(now - NEWS)
        write_batch(cursor, batch)
    return past


def _lived(
    pack: Pack, directory: Directory, world: WritingWorld, case_id: UUID, steps: list[Happened], until: datetime | None
) -> tuple[Case, list[Event], Past]:
    """The case as it came to be, its log, and how far it went: up to the first refusal."""
    case, events, done = Case(id=str(case_id)), list[Event](), 0
    stopped: Refused | Unperformed | None = None
    for step in steps:
        if done:
            case, ticked, _ = catch_up(packs.pinned, case, step.at, world)
            events += ticked
            pack = packs.pinned(case.hash)
        stopped, case, more = _decided(pack, directory, world, case, step)
        if stopped is not None:
            break
        events += more
        done += 1
    if done and until is not None:
        case, ticked, _ = catch_up(packs.pinned, case, until, world)
        events += ticked
    return case, events, Past(case_id if done else None, done, stopped)


def _decided(
    pack: Pack, directory: Directory, world: WritingWorld, case: Case, step: Happened
) -> tuple[Refused | Unperformed | None, Case, tuple[Event, ...]]:
    at = step.at.astimezone(pack.zone())
    try:
        actor = directory.actor(step.person(directory, case), at.date())
    except (NoSuchPerson, WrongRow) as nobody:
        return Unperformed(nobody), case, ()
    ruling = decide(pack, case, cleaned(step.command), actor, at, world)
    return (ruling, case, ()) if isinstance(ruling, Refused) else (None, ruling.case, ruling.events)
