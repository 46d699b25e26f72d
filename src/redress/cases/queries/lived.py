"""What became of the policy's rules in the latest cases: duties met and late, lines of the ledger, and the cases themselves.

Looked at are the latest cases within reach, not all of them: the cost stays the same, and the figures say how things go now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from ..case_file import Desk
from .asking import Filters
from .listing import queue

LOOKED_AT = 500


class Lived(NamedTuple):
    """How a duty went: how often it was opened, met in time, was late (met or not), and stands open."""

    rule: str
    opened: int
    in_time: int
    late: int
    open: int


class Sum(NamedTuple):
    """Lines of the ledger of one kind and state, for a clause: how many, and what they add up to."""

    kind: str
    status: str
    lines: int
    amount: Decimal | None


class Bitten(NamedTuple):
    """A case in which a rule opened a duty."""

    case_id: UUID
    number: str
    title: str
    category: str
    channel: str
    unit: str
    rule: str
    status: str
    late: bool
    due: datetime | None
    opened_at: datetime


_DUTIES = """
    SELECT rule, count(*), count(*) FILTER (WHERE status = 'met' AND late_by = 0),
           count(*) FILTER (WHERE late_at IS NOT NULL OR late_by > 0), count(*) FILTER (WHERE live)
    FROM case_duty WHERE case_id = ANY(%s) GROUP BY rule
"""
_LEDGER = """
    SELECT kind, status, count(*), sum(amount) FROM ledger_line
    WHERE case_id = ANY(%s) AND clauses @> ARRAY[%s]::text[] GROUP BY kind, status ORDER BY kind, status
"""
_CASES = """
    SELECT d.case_id, c.number, c.title, c.category, c.channel, c.unit, d.rule, d.status, d.late_at IS NOT NULL OR d.late_by > 0, d.due, d.opened_at
    FROM case_duty d JOIN case_record c ON c.id = d.case_id
    WHERE d.case_id = ANY(%s) AND d.rule = ANY(%s)
    ORDER BY d.late_at IS NOT NULL OR d.late_by > 0 DESC, d.opened_at DESC LIMIT %s
"""


def latest(desk: Desk) -> list[UUID]:
    """The latest cases that whoever sits at the desk may see."""
    return [row.case_id for row in queue(desk, Filters(), limit=LOOKED_AT).rows]


def duties_lived(cases: Sequence[UUID]) -> dict[str, Lived]:
    """By rule (one query). Whether the reader may see the cases was asked by the list they are from."""
    with connection.cursor() as cursor:
        cursor.execute(_DUTIES, [list(cases)])
        return {row[0]: Lived(*row) for row in cursor.fetchall()}


def ledger_of(cases: Sequence[UUID], clause: str) -> list[Sum]:
    """The lines of the ledger that cite a clause, added up (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(_LEDGER, [list(cases), clause])
        return [Sum(*row) for row in cursor.fetchall()]


def bitten(cases: Sequence[UUID], rules: Sequence[str], limit: int = 20) -> list[Bitten]:
    """The cases in which one of these rules opened a duty, late ones first (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, [list(cases), list(rules), limit])
        return [Bitten(*row) for row in cursor.fetchall()]
