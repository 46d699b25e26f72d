"""Events and projections into their tables: whole batches of cases in one statement.

What is written is decided in ``rows.py``. The caller holds the transaction and the locks of the cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from redress.policy.engine.case import Case
from redress.policy.engine.events import Event, NoticeRaised
from redress.policy.pack import Pack

from .chain import Link, chained
from .rows import (
    duty_rows,
    key_rows,
    ladder_rows,
    ledger_rows,
    lesson_rows,
    part_rows,
    record_row,
    words_row,
)
from .statements import PARTS, together
from .tables import (
    DutyRow,
    EventRow,
    KeyRow,
    LadderRow,
    LedgerRow,
    LessonRow,
    NoticeRow,
    PartRow,
    Record,
    WordsRow,
)


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


class Batch:
    """Rows gathered from many changes, by what is done with them."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, type], list[Any]] = defaultdict(list)

    def add(self, change: Change) -> None:
        """Takes in one case's change: its events, the notices among them, and its projections."""
        first = change.before.seq if change.before is not None else 0
        links = chained(change.organisation, change.case_id, first, change.head, change.events)
        self.rows["append", EventRow] += [
            EventRow(
                change.case_id, link.seq, change.organisation, link.kind, link.event.at, link.event.by, link.body,
                link.prev_hash, link.hash,
            )
            for link in links
        ]  # fmt: skip
        self.rows["append", NoticeRow] += [_notice(change, link) for link in links if type(link.event) is NoticeRaised]
        self.project(change, links[-1].hash if links else change.head)

    def project(self, change: Change, head: bytes) -> None:
        """Takes in what a change makes of the projections; ``head`` is the hash of the case's last event."""
        home, case_id, pack, case, before = (
            change.organisation, change.case_id, change.pack, change.after, change.before,
        )  # fmt: skip
        self.rows["upsert", Record].append(record_row(home, case_id, pack, case, head))
        self.rows["upsert", DutyRow] += duty_rows(home, case_id, pack, case, before)
        if before is None or before.climbs is not case.climbs:
            self.rows["upsert", LadderRow] += ladder_rows(home, case_id, case)
        changed = before is None or before.ledger is not case.ledger
        if changed or (case.ledger and (before.fields is not case.fields or before.people is not case.people)):
            self.rows["upsert", LedgerRow] += ledger_rows(home, case_id, pack, case)
        if before is None or before.fields is not case.fields:
            self._replace(KeyRow, change, lambda of: key_rows(home, case_id, pack, of), lambda row: row.pattern)
        if before is None or before.people is not case.people or before.acts is not case.acts:
            self._replace(PartRow, change, lambda of: part_rows(home, case_id, of), lambda row: row.person)
        if case.kind == "complaint" and (
            before is None or before.fields is not case.fields or before.numbers is not case.numbers
        ):
            self._replace(WordsRow, change, lambda of: [words_row(home, case_id, pack, of)], lambda row: row.case_id)

        if case.kind == "complaint" and (
            before is None
            or before.fields is not case.fields
            or before.duties is not case.duties
            or before.people is not case.people
        ):
            self._replace(LessonRow, change, lambda of: lesson_rows(home, case_id, pack, of), lambda row: row.key)

    def no_news_before(self, moment: datetime) -> None:
        """Notices of an earlier time are kept, but nobody is told any more."""
        notices = self.rows["append", NoticeRow]
        self.rows["append", NoticeRow] = [
            msgspec.structs.replace(row, state="past") if row.created < moment else row for row in notices
        ]

    def _replace(
        self, table: type, change: Change, rows: Callable[[Case], list[Any]], key: Callable[[Any], Any]
    ) -> None:
        old = {key(row): row for row in rows(change.before)} if change.before is not None else {}
        new = {key(row): row for row in rows(change.after)}
        self.rows["upsert", table] += [row for name, row in new.items() if old.get(name) != row]
        gone = [row for name, row in old.items() if name not in new]
        if gone:
            self.rows["delete", table] += gone


def write(cursor: psycopg.Cursor[Any], changes: Iterable[Change]) -> None:
    """Appends the events of all changes and brings every projection up to them."""
    batch = Batch()
    for change in changes:
        batch.add(change)
    write_batch(cursor, batch)


def write_batch(cursor: psycopg.Cursor[Any], batch: Batch) -> None:
    """Stores gathered rows."""
    parts = tuple(part for part in PARTS if batch.rows.get(part))
    if parts:
        # Its text is long: a raw cursor takes it as it is instead of looking for placeholders every time.
        with psycopg.RawCursor(cursor.connection) as raw:
            raw.execute(together(parts), [_json.encode(batch.rows[part]).decode() for part in parts])


_json = msgspec.json.Encoder(decimal_format="string")


def _notice(change: Change, link: Link) -> NoticeRow:
    event = link.event
    assert isinstance(event, NoticeRaised)
    return NoticeRow(
        change.organisation, change.case_id, link.seq, event.notice, event.roles, event.unit, event.person, event.duty,
        event.rule, event.effect, event.clauses, change.after.hash, event.at,
    )  # fmt: skip


__all__ = ["Batch", "Change", "write", "write_batch"]
