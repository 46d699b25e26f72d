"""Cases alike that join: when one is linked to others under a pattern that joins, each of the others learns of it too.

The others are locked, caught up and told in the same transaction; two registrations that join each other's cases may
deadlock, and are then tried again by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from redress.people import packs
from redress.people.directory import Directory
from redress.policy.engine.case import decode_case
from redress.policy.engine.commands import Join
from redress.policy.engine.decide import Accepted, decide
from redress.policy.engine.events import Linked
from redress.policy.engine.world import CLOCK

from .clock import catch_up
from .outcomes import NoSuchCase
from .store.locks import lock_case
from .store.writing import Change
from .world import WritingWorld


def with_joined(cursor: psycopg.Cursor[Any], changed: Change, directory: Directory, now: datetime) -> list[Change]:
    """The change and those that follow from it on the cases it joins."""
    return [changed, *_others(cursor, changed, directory, now)]


def _others(cursor: psycopg.Cursor[Any], changed: Change, directory: Directory, now: datetime) -> Iterator[Change]:
    for event in changed.events:
        if isinstance(event, Linked) and changed.pack.patterns[event.pattern].joins:
            command = Join(event.pattern, (str(changed.case_id), *event.cases))
            for other in sorted(event.cases):
                yield from _told(cursor, UUID(other), command, directory, now)


def _told(
    cursor: psycopg.Cursor[Any], case_id: UUID, command: Join, directory: Directory, now: datetime
) -> Iterator[Change]:
    try:
        held = lock_case(cursor, case_id)
    except NoSuchCase:
        return
    before = decode_case(held.state)
    world = WritingWorld(directory, cursor, before.id)
    case, ticked, _ = catch_up(packs.pinned, before, now, world)
    pack = packs.pinned(case.hash)
    known = command.pattern in pack.patterns
    ruling = decide(pack, case, command, CLOCK, now.astimezone(pack.zone()), world) if known else None
    events, after = (ruling.events, ruling.case) if isinstance(ruling, Accepted) else ((), case)
    if ticked or events:
        yield Change(held.organisation, held.case_id, pack, before, held.head, after, [*ticked, *events])
