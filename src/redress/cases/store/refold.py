"""Reading cases back from the log, chunk by chunk, so that a million events need little memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

import psycopg

from redress.policy.engine.case import Case, evolve
from redress.policy.engine.events import Erased, Event, decode, kind_of

from .chain import START, digest_of, erased_in, link_hash

CHUNK = 200
"""Cases read at a time."""

_IDS = """
    SELECT DISTINCT case_id FROM case_event WHERE case_id > %s AND (%s = '' OR organisation = %s)
    ORDER BY case_id LIMIT %s
"""
_EVENTS = """
    SELECT case_id, organisation, seq, kind, at, actor, body, prev_hash, hash FROM case_event
    WHERE case_id = ANY(%s) ORDER BY case_id, seq
"""


@dataclass
class Difference:
    """Something stored that is not what it should be."""

    case_id: UUID
    table: str
    column: str
    stored: Any
    should: Any
    row: str = ""


@dataclass
class Refolded:
    """A case as its log tells it; ``case`` is None where the log cannot be folded, ``faults`` says why."""

    organisation: str
    case_id: UUID
    case: Case | None
    head: bytes
    events: list[Event]
    faults: list[Difference] = field(default_factory=list)


def refolded(cursor: psycopg.Cursor[Any], organisation: str = "") -> Iterator[list[Refolded]]:
    """Every case of the log (of one organisation, where it is named), in chunks, in the order of their ids."""
    last = UUID(int=0)
    while True:
        rows = cursor.execute(_IDS, [last, organisation, organisation, CHUNK]).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield read_chunk(cursor, [case_id for (case_id,) in rows])


def read_chunk(cursor: psycopg.Cursor[Any], case_ids: list[UUID]) -> list[Refolded]:
    """The cases of these ids, from their logs."""
    events = cursor.execute(_EVENTS, [case_ids]).fetchall()
    return [_refold(case_id, list(rows)) for case_id, rows in groupby(events, key=lambda row: row[0])]


def _refold(case_id: UUID, rows: list[tuple[Any, ...]]) -> Refolded:
    found = Refolded(rows[0][1], case_id, Case(id=str(case_id)), START, [])
    left = erased_in(_erasures(rows))
    for expected, (_, organisation, seq, kind, at, actor, body, prev_hash, digest) in enumerate(rows, 1):
        place = f"seq {seq}"
        if seq in left:  # of what is gone no hash can be reckoned: the erasure says what is left
            should = digest
            if digest_of(body) != left[seq]:
                found.faults.append(Difference(case_id, "case_event", "body", digest_of(body), left[seq], place))
        else:
            should = link_hash(organisation, case_id, seq, prev_hash, body)
        for column, stored, right in (
            ("seq", seq, expected),
            ("prev_hash", prev_hash, found.head),
            ("hash", digest, should),
        ):
            if stored != right:
                found.faults.append(Difference(case_id, "case_event", column, _plain(stored), _plain(right), place))
        found.head = digest
        try:
            event = decode(body)
            for column, stored, right in (
                ("kind", kind, kind_of(event)),
                ("at", at, event.at),
                ("actor", actor, event.by),
            ):
                if stored != right:
                    found.faults.append(Difference(case_id, "case_event", column, stored, right, place))
            found.events.append(event)
            found.case = evolve(found.case, event) if found.case is not None else None
        except Exception as error:
            found.case = None
            told = f"{type(error).__name__}: {error}"
            found.faults.append(Difference(case_id, "case_event", "body", told, "an event that can be folded", place))
    return found


def _erasures(rows: list[tuple[Any, ...]]) -> Iterator[tuple[int, Erased]]:
    for row in rows:
        with suppress(Exception):  # what cannot be read is told of in its place
            if row[3] == "Erased" and isinstance(event := decode(row[6]), Erased):
                yield row[2], event


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
