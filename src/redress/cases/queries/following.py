"""The cases somebody took in and stays answerable for: the first responder follows them until they are closed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from ..case_file import Desk

LOOKED_AT = 200
"""How many of the latest cases with a part in are looked through: the page's cost does not grow with the years."""


class Followed(NamedTuple):
    case_id: UUID
    number: str
    title: str
    category: str
    channel: str
    stage: str
    level: str
    next_due: datetime | None
    late_open: int
    registered_at: datetime
    pack_hash: str


_FOLLOWED = """
    SELECT c.id, c.number, c.title, c.category, c.channel, c.stage, c.level, c.next_due, c.late_open, c.registered_at, c.hash
    FROM (SELECT case_id FROM case_part WHERE organisation = %(organisation)s AND person = %(person)s
          ORDER BY registered_at DESC, case_id DESC LIMIT %(looked_at)s) part
    JOIN case_record c ON c.id = part.case_id
    WHERE c.first_responder = %(person)s AND c.is_open AND %(person)s <> ALL (c.hidden_from)
    ORDER BY c.registered_at DESC, c.id DESC LIMIT %(limit)s
"""


def followed(desk: Desk, limit: int = 10) -> list[Followed]:
    """The open cases that whoever sits at the desk took in, the latest first (one query)."""
    asked = {
        "organisation": desk.directory.slug,
        "person": desk.actor.id,
        "limit": limit,
        "looked_at": LOOKED_AT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWED, asked)
        return [Followed(*row) for row in cursor.fetchall()]
