"""Erasure where the data lies: bodies of the log without what was personal, and files without their bytes.

The log keeps its chain: an event keeps its hash and the one before it, and the later ``Erased`` names it with the SHA-256 of what
is left of it. The database lets a body be swapped only for one that such an event names, and bytes go only of files it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from msgspec.structs import replace

from redress.policy.engine.case import Case, fold
from redress.policy.engine.erasing import Eraser
from redress.policy.engine.events import Erased, Event, encode
from redress.policy.pack import Pack

from . import files, log
from .chain import digest_of


@dataclass(frozen=True)
class Erasure:
    """What is to be written: the new events, the case as its log then tells it, and what is left of earlier events."""

    events: Sequence[Event]
    after: Case
    left: Sequence[tuple[int, str]]
    files: Sequence[str]


def planned(cursor: psycopg.Cursor[Any], case_id: UUID, pack: Pack, events: Sequence[Event]) -> Erasure | None:
    """What these events, about to be appended, take from the case; None where they erase nothing."""
    at = next((place for place, event in enumerate(events) if isinstance(event, Erased)), None)
    if at is None:
        return None
    erased = events[at]
    assert isinstance(erased, Erased)
    before = log.events_after(cursor, case_id, 0)
    eraser = Eraser(pack, [*before, *events[:at]])
    kept = [eraser.without(event) for event in before]
    left = [
        (seq, encode(new).decode())
        for seq, (old, new) in enumerate(zip(before, kept, strict=True), 1)
        if new is not old
    ]
    told = replace(erased, left=tuple((seq, digest_of(body)) for seq, body in left))
    written = [*(eraser.without(event) for event in events[:at]), told, *events[at + 1 :]]
    return Erasure(written, fold(str(case_id), [*kept, *written]), left, erased.files)


def carry_out(cursor: psycopg.Cursor[Any], organisation: str, case_id: UUID, erasure: Erasure) -> None:
    """Swaps the bodies and forgets the bytes, once the event that says so is in the log; the caller holds the case's lock."""
    for seq, body in erasure.left:
        cursor.execute("SELECT erase_event_body(%s, %s, %s)", [case_id, seq, body])
    files.erase(cursor, organisation, case_id, [UUID(file) for file in erasure.files])
