"""A duty as lists of work show it, and the columns it is read from."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class WorkItem(NamedTuple):
    """A duty with what is to be seen of its case. Its words are in the pack of ``pack_hash`` under ``rule``.

    ``start`` may lie ahead (``waiting``); ``late_by`` is in whole minutes; times carry UTC, as the database gives them.
    """

    case_id: UUID
    key: str
    rule: str
    roles: list[str]
    unit: str
    person: str
    status: str
    start: datetime
    due: datetime | None
    late_at: datetime | None
    met_at: datetime | None
    late_by: int
    provisional: bool
    paused: bool
    number: str
    kind: str
    subject: str
    title: str
    stage: str
    level: str
    category: str
    case_unit: str
    seq: int
    pack_hash: str


COLUMNS = """
    d.case_id, d.key, d.rule, d.roles, d.unit, d.person, d.status, d.start, d.due, d.late_at, d.met_at, d.late_by, d.provisional,
    d.paused, c.number, c.kind, c.subject, c.title, c.stage, c.level, c.category, c.unit, c.seq, c.hash
"""
"""The fields of a ``WorkItem`` in order, of ``case_duty d`` joined with ``case_record c``."""
