"""The rows of the log and of its projections, column by column as in the tables. What goes into them is ``rows.py``'s."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec


class Record(msgspec.Struct, frozen=True, gc=False):
    id: UUID
    organisation: str
    unit: str
    number: str
    kind: str
    subject: str
    stage: str
    level: str
    category: str
    channel: str
    title: str
    customer: str
    owner: str
    first_responder: str
    registered_at: datetime
    closed_at: datetime | None
    is_open: bool
    seq: int
    head: bytes
    pack: str
    version: str
    hash: str
    next_due: datetime | None
    next_at: datetime | None
    open_duties: int
    late_open: int
    late_ever: int
    hidden_from: list[str]
    state: str


class DutyRow(msgspec.Struct, frozen=True, gc=False):
    case_id: UUID
    key: str
    organisation: str
    rule: str
    roles: list[str]
    who: str
    unit: str
    person: str
    persons: list[str]
    status: str
    live: bool
    opened_at: datetime
    start: datetime
    due: datetime | None
    next_at: datetime | None
    late_at: datetime | None
    met_at: datetime | None
    ended_at: datetime | None
    late_by: int
    provisional: bool
    paused: bool
    round: int
    work: str
    outcome: str


class LadderRow(msgspec.Struct, frozen=True, gc=False):
    case_id: UUID
    ladder: str
    organisation: str
    rung: str
    rungs: int
    reached_at: datetime | None
    ended_at: datetime | None


class LedgerRow(msgspec.Struct, frozen=True, gc=False):
    case_id: UUID
    line: str
    organisation: str
    kind: str
    amount: Decimal | None
    currency: str
    role: str
    unit: str
    person: str
    duty: str
    rule: str
    clauses: list[str]
    at: datetime
    status: str
    proposed_by: str
    appealed_by: str
    appealed_at: datetime | None
    ruling: str
    ruled_at: datetime | None
    first_amount: Decimal | None
    hidden_from: list[str]


class KeyRow(msgspec.Struct, frozen=True, gc=False):
    case_id: UUID
    pattern: str
    organisation: str
    key: str
    registered_at: datetime


class PartRow(msgspec.Struct, frozen=True, gc=False):
    organisation: str
    person: str
    registered_at: datetime
    case_id: UUID


class WordsRow(msgspec.Struct, frozen=True, gc=False):
    case_id: UUID
    organisation: str
    registered_at: datetime
    words: str
    grams: list[str]


class LessonRow(msgspec.Struct, frozen=True, gc=False):
    case_id: UUID
    key: str
    organisation: str
    rule: str
    unit: str
    category: str
    level: str
    person: str
    at: datetime
    title: str
    words: str
    grams: list[str]
    hidden_from: list[str]


class EventRow(msgspec.Struct, frozen=True, gc=False):
    case_id: UUID
    seq: int
    organisation: str
    kind: str
    at: datetime
    actor: str
    body: str
    prev_hash: bytes
    hash: bytes


class NoticeRow(msgspec.Struct, frozen=True, gc=False):
    organisation: str
    case_id: UUID
    seq: int
    notice: str
    roles: tuple[str, ...]
    unit: str
    person: str
    duty: str
    rule: str
    effect: str
    clauses: tuple[str, ...]
    pack_hash: str
    created: datetime
    state: str = "pending"
