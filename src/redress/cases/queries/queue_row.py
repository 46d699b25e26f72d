"""A case as the queue shows it, and the columns it is read from."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class QueueRow(NamedTuple):
    """A case of the queue. Its words are in the pack of ``pack_hash``; ``next_due`` is the earliest due time among live duties whose clock runs."""

    case_id: UUID
    number: str
    kind: str
    subject: str
    title: str
    customer: str
    unit: str
    stage: str
    level: str
    category: str
    channel: str
    owner: str
    first_responder: str
    registered_at: datetime
    closed_at: datetime | None
    is_open: bool
    next_due: datetime | None
    open_duties: int
    late_open: int
    late_ever: int
    pack_hash: str


COLUMNS = (
    "c.id, c.number, c.kind, c.subject, c.title, c.customer, c.unit, c.stage, c.level, c.category, c.channel, c.owner,"
    " c.first_responder, c.registered_at, c.closed_at, c.is_open, c.next_due, c.open_duties, c.late_open, c.late_ever, c.hash"
)
"""The fields of a ``QueueRow`` in order, of ``case_record c``."""
