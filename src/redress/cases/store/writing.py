"""Events and projections into their tables: whole batches of cases, a handful of statements, one journey to the server.

What is written is decided in ``rows.py``. The caller holds the transaction and the locks of the cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from redress.policy.engine.case import Case
from redress.policy.engine.events import Event, NoticeRaised
from redress.policy.pack import Pack

from .arrays import array
from .chain import Link, chained
from .rows import (
    DutyRow,
    KeyRow,
    LadderRow,
    LedgerRow,
    PartRow,
    Record,
    WordsRow,
    duty_rows,
    key_rows,
    ladder_rows,
    ledger_rows,
    part_rows,
    record_row,
    words_row,
)
from .statements import EVENTS, NOTICES, UPSERTS, WORDS, delete_rows
from .words import grams_of


@dataclass(frozen=True)
class Change:
    """What happened to one case: ``before`` is None for a new one; ``head`` is the hash that the events follow on."""

    organisation: str
    case_id: UUID
    pack: Pack
    before: Case | None
    head: bytes
    after: Case
    events: Sequence[Event]


class NoticeRow(NamedTuple):
    organisation: str
    case_id: UUID
    seq: int
    notice: str
    roles: Sequence[str]
    unit: str
    person: str
    duty: str
    rule: str
    effect: str
    clauses: Sequence[str]
    pack_hash: str
    created: datetime
    state: str


class Batch:
    """Rows gathered from many changes, by table."""

    def __init__(self) -> None:
        self.events: list[tuple[Any, ...]] = []
        self.notices: list[NoticeRow] = []
        self.words: list[tuple[Any, ...]] = []
        self.upserts: dict[type, list[Any]] = {table: [] for table in UPSERTS}
        self.deletes: dict[type, list[Any]] = {KeyRow: [], PartRow: []}

    def add(self, change: Change) -> None:
        """Takes in one case's change."""
        first = change.before.seq if change.before is not None else 0
        links = chained(change.organisation, change.case_id, first, change.head, change.events)
        case_id, home = str(change.case_id), change.organisation
        self.events += [
            (case_id, link.seq, home, link.kind, link.event.at, link.event.by, link.body, link.prev_hash, link.hash)
            for link in links
        ]
        self.notices += [_notice(change, link) for link in links if type(link.event) is NoticeRaised]
        self.project(change, links[-1].hash if links else change.head)

    def project(self, change: Change, head: bytes) -> None:
        """Takes in what a change makes of the projections; ``head`` is the hash of the case's last event."""
        organisation, case_id, pack, case, before = (
            change.organisation, change.case_id, change.pack, change.after, change.before,
        )  # fmt: skip
        self.upserts[Record].append(record_row(organisation, case_id, pack, case, head))
        self.upserts[DutyRow] += duty_rows(organisation, case_id, pack, case, before)
        if before is None or before.climbs is not case.climbs:
            self.upserts[LadderRow] += ladder_rows(organisation, case_id, case)
        if before is None or before.ledger is not case.ledger:
            self.upserts[LedgerRow] += ledger_rows(organisation, case_id, case)
        if before is None or before.fields is not case.fields:
            old = key_rows(organisation, case_id, pack, before) if before is not None else []
            self._replace(KeyRow, old, key_rows(organisation, case_id, pack, case))
            self._find(change)
        if before is None or before.people is not case.people or before.acts is not case.acts:
            old_parts = part_rows(organisation, case_id, before) if before is not None else []
            self._replace(PartRow, old_parts, part_rows(organisation, case_id, case))

    def _replace(self, table: type, old: list[Any], new: list[Any]) -> None:
        self.deletes[table] += [row for row in old if row not in new]
        self.upserts[table] += [row for row in new if row not in old]

    def _find(self, change: Change) -> None:
        if change.after.kind != "complaint":
            return
        row = words_row(change.organisation, change.case_id, change.pack, change.after)
        if change.before is None or words_row(change.organisation, change.case_id, change.pack, change.before) != row:
            self.words.append((*row, grams_of(row.organisation, row.words)))


def write(cursor: psycopg.Cursor[Any], changes: Iterable[Change]) -> None:
    """Appends the events of all changes and brings every projection up to them."""
    batch = Batch()
    for change in changes:
        batch.add(change)
    write_batch(cursor, batch)


def write_batch(cursor: psycopg.Cursor[Any], batch: Batch) -> None:
    """Stores gathered rows, in one journey."""
    with cursor.connection.pipeline():
        _send(cursor, EVENTS, batch.events)
        for table, rows in batch.deletes.items():
            _send(cursor, delete_rows(table), rows)
        for table, rows in batch.upserts.items():
            _send(cursor, UPSERTS[table], rows)
        _send(cursor, NOTICES, batch.notices)
        _send(cursor, WORDS, batch.words)


def _send(cursor: psycopg.Cursor[Any], statement: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        cursor.execute(statement, [array(column) for column in zip(*rows, strict=True)])


def _notice(change: Change, link: Link) -> NoticeRow:
    event = link.event
    assert isinstance(event, NoticeRaised)
    return NoticeRow(
        change.organisation, change.case_id, link.seq, event.notice, event.roles, event.unit, event.person, event.duty,
        event.rule, event.effect, event.clauses, change.after.hash, event.at, "pending",
    )  # fmt: skip


__all__ = ["Batch", "Change", "WordsRow", "write", "write_batch"]
