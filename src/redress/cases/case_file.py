"""The one way in: every complaint is registered, acted on and read here, whoever asks (page, API, import, clock).

A command locks its case, lets the clock catch up, is decided by the policy, and its events are appended and projected in
one transaction. ``now`` is always given; it must carry a time zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from redress.people import packs
from redress.people.directory import Directory, directory_at, directory_of
from redress.policy.engine.case import Case, decode_case
from redress.policy.engine.commands import Command, OpenStanding, Register
from redress.policy.engine.decide import Accepted, Refused, decide
from redress.policy.engine.events import Event, FieldsSet, PersonNamed, Revealed, RoundStarted, StageChanged
from redress.policy.engine.standing_of import may_read, may_read_line
from redress.policy.engine.world import CLOCK, Actor
from redress.policy.pack import Pack

from . import finding
from .cleaning import cleaned
from .clock import catch_up
from .ids import new_case_id
from .joining import with_joined
from .outcomes import Done, Forbidden, NoSuchCase, Outcome, Stale
from .store import erasing, files, log
from .store.connection import cursor as store_cursor
from .store.connection import undeadlocked
from .store.locks import KnownKey, Locked, claim_source_key, known_source_key, lock_case, look_at, version_of
from .store.writing import Change, write
from .world import OpeningWorld, ReadingWorld, WritingWorld

__all__ = ["Desk", "Done", "Forbidden", "NoSuchCase", "OpenFile", "Outcome", "Refused", "Stale"]


@dataclass(frozen=True)
class Desk:
    """Where somebody sits: what the engine's questions (``offers``, ``permission``) need, for a case or before there is one."""

    directory: Directory
    pack: Pack
    actor: Actor
    world: ReadingWorld
    now: datetime


@dataclass(frozen=True)
class OpenFile(Desk):
    """A case laid open to somebody who may read it."""

    case_id: UUID
    case: Case


def register(
    organisation: str, command: Register | OpenStanding, actor: str, now: datetime, *, source_key: str | None = None
) -> Outcome:
    """Opens a case under the pack now in force; ``actor`` is a person's id ("" for the clock).

    With ``source_key`` (what an import calls the row) a second call does nothing and gives the case of the first.
    Raises ``people.directory.NoSuchPerson`` for an unknown actor.
    """
    return undeadlocked(lambda: _register(organisation, command, actor, now, source_key))


def _register(
    organisation: str, command: Register | OpenStanding, actor: str, now: datetime, source_key: str | None
) -> Outcome:
    with transaction.atomic(), store_cursor() as cursor:
        directory = directory_at(organisation, version_of(cursor, organisation))
        if source_key is not None:
            known = known_source_key(cursor, organisation, source_key)
            if known is not None:
                return _repeated(known)
        pack = packs.pack_for(directory, now)
        at = now.astimezone(pack.zone())
        case_id = new_case_id(now)
        world = OpeningWorld(directory, cursor, str(case_id))
        found_in = command.found_in if isinstance(command, Register) else ""
        round_ = (
            finding.round_of(cursor, found_in, organisation, directory, _actor(directory, actor, at))
            if found_in
            else None
        )
        if found_in and round_ is None:
            return finding.NOT_THERE
        ruling = decide(pack, Case(id=str(case_id)), cleaned(command), _actor(directory, actor, at), at, world)
        if isinstance(ruling, Refused):
            return ruling
        if source_key is not None and not claim_source_key(cursor, organisation, source_key, case_id):
            # Somebody else imported the same row a moment ago.
            transaction.set_rollback(True)
            raced = True
        else:
            raced = False
            change = Change(organisation, case_id, pack, None, b"", ruling.case, ruling.events)
            changes = with_joined(cursor, change, directory, now)
            if round_ is not None:
                changes += finding.told(cursor, round_, ruling.case, _actor(directory, actor, at), directory, now)
            write(cursor, changes)
            files.adopt(cursor, organisation, case_id, ruling.events)
    if raced:
        return _register(organisation, command, actor, now, source_key)
    return Done(case_id, ruling.case, ruling.events, ruling.warnings)


def act(
    case_id: UUID | str, command: Command, actor: str, now: datetime, *, expected_seq: int | None = None
) -> Outcome:
    """Carries out a command on a case. ``expected_seq``: the ``seq`` of the case that the actor was looking at.

    The clock's own events in between do not make it stale unless they changed what the form was about.
    Raises ``NoSuchCase``, and ``people.directory.NoSuchPerson`` for an unknown actor.
    """
    return undeadlocked(lambda: _act(_id(case_id), command, actor, now, expected_seq))


def _act(case_id: UUID, command: Command, actor: str, now: datetime, expected_seq: int | None) -> Outcome:
    with transaction.atomic(), store_cursor() as cursor:
        held = lock_case(cursor, case_id)
        directory = directory_at(held.organisation, held.organisation_version)
        before = decode_case(held.state)
        world = WritingWorld(directory, cursor, before.id)
        case, ticked, _ = catch_up(packs.pinned, before, now, world)
        if expected_seq is not None and expected_seq != before.seq:
            since = log.events_after(cursor, held.case_id, expected_seq)
            if any(_matters(event) for event in (*since, *ticked)):
                _store(cursor, held, before, case, ticked)
                return Stale(held.case_id, case, expected_seq, case.seq, (*since, *ticked))
        pack = packs.pinned(case.hash)
        at = now.astimezone(pack.zone())
        ruling = decide(pack, case, cleaned(command), _actor(directory, actor, at), at, world)
        if isinstance(ruling, Refused):
            _store(cursor, held, before, case, ticked)
            return ruling
        assert isinstance(ruling, Accepted)
        pack, after, events = packs.pinned(ruling.case.hash), ruling.case, [*ticked, *ruling.events]
        erasure = erasing.planned(cursor, held.case_id, pack, events)
        if erasure is not None:
            after, events = erasure.after, list(erasure.events)
        change = Change(held.organisation, held.case_id, pack, before, held.head, after, events)
        write(cursor, with_joined(cursor, change, directory, now))
        files.adopt(cursor, held.organisation, held.case_id, events)
        if erasure is not None:
            erasing.carry_out(cursor, held.organisation, held.case_id, erasure)
    return Done(held.case_id, after, tuple(events[len(ticked) :]), ruling.warnings)


def tick(case_id: UUID | str, now: datetime) -> int:
    """The clock's door to one case: catches it up to ``now``. Gives the number of deadlines and reminders handled.

    Raises ``NoSuchCase``.
    """
    with transaction.atomic(), store_cursor() as cursor:
        held = lock_case(cursor, _id(case_id))
        directory = directory_at(held.organisation, held.organisation_version)
        before = decode_case(held.state)
        case, ticked, ticks = catch_up(packs.pinned, before, now, WritingWorld(directory, cursor, before.id))
        _store(cursor, held, before, case, ticked)
    return ticks


def read(case_id: UUID | str, actor: str, now: datetime) -> OpenFile:
    """The case, for somebody who may see it; ``OpenFile.now`` is ``now`` in the pack's time zone.

    Raises ``NoSuchCase`` or ``Forbidden``, and ``people.directory.NoSuchPerson`` for an unknown actor.
    """
    file = _laid_open(case_id, actor, now)
    if not may_read(file.pack, file.case, file.actor, file.world):
        raise Forbidden(str(file.case_id))
    return file


def read_line(case_id: UUID | str, line: str, actor: str, now: datetime) -> OpenFile:
    """The case of a ledger line, for somebody who may see that line; whether the case as well is ``read``'s to say.

    Raises what ``read`` raises.
    """
    file = _laid_open(case_id, actor, now)
    found = file.case.ledger.get(line)
    if found is None or not may_read_line(file.pack, file.case, found, file.actor, file.world):
        raise Forbidden(str(file.case_id))
    return file


def _laid_open(case_id: UUID | str, actor: str, now: datetime) -> OpenFile:
    with store_cursor() as cursor:
        held = look_at(cursor, _id(case_id))
    directory = directory_at(held.organisation, held.organisation_version)
    case, pack = decode_case(held.state), packs.pinned(held.pack_hash)
    at = now.astimezone(pack.zone())
    return OpenFile(directory, pack, _actor(directory, actor, at), ReadingWorld(directory), at, held.case_id, case)


def desk(organisation: str, actor: str, now: datetime) -> Desk:
    """Where a person registers complaints: the pack now in force, the tree, and who they are there.

    Raises ``people.directory.NoSuchPerson``.
    """
    with transaction.atomic():
        directory = directory_of(organisation)
        pack = packs.pack_for(directory, now)
    at = now.astimezone(pack.zone())
    return Desk(directory, pack, _actor(directory, actor, at), ReadingWorld(directory), at)


def history(case_id: UUID | str) -> list[Event]:
    """The case's log, oldest first; empty for an unknown case. Whether the reader may see it has been asked by ``read``."""
    with store_cursor() as cursor:
        return log.events_after(cursor, _id(case_id), 0)


def _store(cursor, held: Locked, before: Case, after: Case, events: list[Event]) -> None:  # type: ignore[no-untyped-def]
    if events:
        pack = packs.pinned(after.hash)
        write(cursor, [Change(held.organisation, held.case_id, pack, before, held.head, after, events)])


def _matters(event: Event) -> bool:
    """Whether an event changes what somebody who was filling in a form had before their eyes."""
    return (bool(event.by) and not isinstance(event, Revealed)) or isinstance(
        event, (StageChanged, FieldsSet, PersonNamed, RoundStarted)
    )


def _actor(directory: Directory, person: str, at: datetime) -> Actor:
    return directory.actor(person, at.date()) if person else CLOCK


def _repeated(known: KnownKey) -> Done:
    return Done(known.case_id, decode_case(known.state), (), (), repeated=True)


def _id(case_id: UUID | str) -> UUID:
    if isinstance(case_id, UUID):
        return case_id
    try:
        return UUID(case_id)
    except ValueError:
        raise NoSuchCase(case_id) from None
