"""The approvals somebody answered or asked for, newest first: read from the log by an index over these two kinds of event."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from redress.policy.engine.events import ApprovalAsked, ApprovalVoted, decode

from ..case_file import Desk

KINDS = {"answered": "ApprovalVoted", "asked": "ApprovalAsked"}


class Answer(NamedTuple):
    """A part somebody had in an approval: ``part`` is answered or asked, ``request`` the approval's key on the case."""

    part: str
    case_id: UUID
    request: str
    at: datetime
    approved: bool | None
    number: str
    title: str
    pack_hash: str


_ANSWERS = " UNION ALL ".join(
    f"""(SELECT '{part}', e.case_id, e.at, e.body, c.number, c.title, c.hash
        FROM case_event e JOIN case_record c ON c.id = e.case_id
        WHERE e.organisation = %(organisation)s AND e.actor = %(person)s AND e.kind = '{kind}'
              AND %(person)s <> ALL (c.hidden_from)
        ORDER BY e.at DESC LIMIT %(limit)s)"""
    for part, kind in KINDS.items()
)


def answers(desk: Desk, limit: int = 8) -> list[Answer]:
    """What whoever sits at the desk lately answered, and what they lately asked for (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, {"organisation": desk.directory.slug, "person": desk.actor.id, "limit": limit})
        return [
            _answer(part, case_id, at, body, number, title, pack_hash)
            for part, case_id, at, body, number, title, pack_hash in cursor.fetchall()
        ]


def _answer(part: str, case_id: UUID, at: datetime, body: str, number: str, title: str, pack_hash: str) -> Answer:
    event = decode(body)
    assert isinstance(event, (ApprovalVoted, ApprovalAsked))
    approved = event.approve if isinstance(event, ApprovalVoted) else None
    return Answer(part, case_id, event.request, at, approved, number, title, pack_hash)
