"""What is found on a round becomes a complaint: the round's file is told of it in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from redress.people import packs
from redress.people.directory import Directory
from redress.policy.engine.case import Case, decode_case
from redress.policy.engine.commands import NoteFind
from redress.policy.engine.decide import Refused, decide
from redress.policy.engine.standing_of import may_read
from redress.policy.engine.world import Actor
from redress.policy.errors import Refusal

from .clock import catch_up
from .outcomes import NoSuchCase
from .store.locks import Locked, lock_case
from .store.writing import Change
from .world import ReadingWorld, WritingWorld

NOT_THERE = Refused(
    (Refusal("no-round", (), "没有这一期例行义务，或你无权查看", "there is no such round, or you may not see it"),)
)


def round_of(
    cursor: psycopg.Cursor[Any], found_in: str, organisation: str, directory: Directory, actor: Actor
) -> Locked | None:
    """The round on which something was found, locked; None where there is none for this person."""
    try:
        held = lock_case(cursor, UUID(found_in))
    except (NoSuchCase, ValueError):
        return None
    case = decode_case(held.state)
    readable = may_read(packs.pinned(held.pack_hash), case, actor, ReadingWorld(directory))
    return held if held.organisation == organisation and case.kind == "standing" and readable else None


def told(
    cursor: psycopg.Cursor[Any], held: Locked, complaint: Case, actor: Actor, directory: Directory, now: datetime
) -> Iterator[Change]:
    """What the round's file says of the complaint."""
    before = decode_case(held.state)
    world = WritingWorld(directory, cursor, before.id)
    case, ticked, _ = catch_up(packs.pinned, before, now, world)
    pack = packs.pinned(case.hash)
    ruling = decide(pack, case, NoteFind(complaint.id), actor, now.astimezone(pack.zone()), world)
    assert not isinstance(ruling, Refused)
    yield Change(held.organisation, held.case_id, pack, before, held.head, ruling.case, [*ticked, *ruling.events])
