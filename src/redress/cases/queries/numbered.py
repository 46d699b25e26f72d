"""Cases by their whole number or their id, wherever in the organisation they are. What a page may say of one was asked before, or is
for ``case_file.read``."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from ..case_file import Desk
from ..store.words import whole_numbers
from .queue_row import COLUMNS, QueueRow

_NUMBERED = f"""
    SELECT {COLUMNS} FROM case_record c
    WHERE c.organisation = %s AND c.number <> '' AND c.number = ANY(%s) AND %s <> ALL (c.hidden_from)
    ORDER BY c.registered_at DESC, c.id DESC LIMIT 3
"""
_BY_ID = f"SELECT {COLUMNS} FROM case_record c WHERE c.organisation = %s AND c.id = ANY(%s)"


def numbered(desk: Desk, text: str) -> list[QueueRow]:
    """The cases with exactly this number, but for those that a recusal hides (one query, none where it cannot be a number)."""
    numbers = whole_numbers(text)
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERED, [desk.directory.slug, numbers, desk.actor.id])
        return [QueueRow(*row) for row in cursor.fetchall()]


def by_id(desk: Desk, case_ids: Sequence[UUID]) -> list[QueueRow]:
    """The cases with these ids, in their order (one query, none for none)."""
    if not case_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_BY_ID, [desk.directory.slug, list(case_ids)])
        return sorted((QueueRow(*row) for row in cursor.fetchall()), key=lambda row: case_ids.index(row.case_id))
