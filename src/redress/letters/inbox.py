"""Somebody's inbox: what they were told, newest first, and what they have read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from redress.cases.models import CaseRecord, Notice
from redress.people import packs
from redress.policy.language.base import Text

from .models import InboxItem
from .words import words_of


@dataclass(frozen=True)
class Letter:
    """A notice in words. ``id`` is its place in the inbox (0 for one that is not from an inbox)."""

    id: int
    case_id: UUID
    number: str
    title: str
    text: Text
    clauses: tuple[str, ...]
    created: datetime
    read_at: datetime | None


_INBOX = """
    SELECT i.id, i.read_at, n.case_id, n.rule, n.effect, n.duty, n.clauses, n.pack_hash, n.created, c.number, c.title
    FROM inbox_item i JOIN notice n ON n.id = i.notice JOIN case_record c ON c.id = n.case_id
    WHERE i.organisation = %(organisation)s AND i.person = %(person)s AND i.id < %(before)s
          AND (NOT %(unread)s OR i.read_at IS NULL) AND %(person)s <> ALL (c.hidden_from)
    ORDER BY i.id DESC LIMIT %(limit)s
"""
_UNREAD = """
    SELECT count(*) FROM (SELECT 1 FROM inbox_item WHERE organisation = %s AND person = %s AND read_at IS NULL LIMIT 1000) i
"""


def inbox(
    organisation: str, person: str, *, unread: bool = False, before: int | None = None, limit: int = 50
) -> list[Letter]:
    """The newest letters (older than the one with id ``before``)."""
    parameters = {
        "organisation": organisation,
        "person": person,
        "unread": unread,
        "before": before or 2**62,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_INBOX, parameters)
        return [
            Letter(
                place, case_id, number, title, words_of(packs.pinned(pack_hash), rule, effect, duty), tuple(clauses),
                created, read_at,
            )
            for place, read_at, case_id, rule, effect, duty, clauses, pack_hash, created, number, title in cursor.fetchall()
        ]  # fmt: skip


def unread_count(organisation: str, person: str) -> int:
    """How many letters somebody has not read, up to a thousand."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [organisation, person])
        return int(cursor.fetchone()[0])


def mark_read(organisation: str, person: str, ids: Iterable[int], now: datetime) -> int:
    """Notes that somebody has read these letters of theirs. Gives how many were unread until now."""
    mine = InboxItem.objects.filter(organisation=organisation, person=person, read_at=None, id__in=list(ids))
    return mine.update(read_at=now)


def letter_of(notice: Notice) -> Letter:
    """A notice in words, for a channel."""
    record = CaseRecord.objects.only("number", "title").get(id=notice.case_id)
    text = words_of(packs.pinned(notice.pack_hash), notice.rule, notice.effect, notice.duty)
    return Letter(0, notice.case_id, record.number, record.title, text, tuple(notice.clauses), notice.created, None)
