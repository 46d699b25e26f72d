"""Cases written up for others: all staff may read them, but for those to whom a recusal closes the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from ..case_file import Desk
from ..store.words import asked_for, query_of

LOOKED_AT = 100
"""How many of the latest cases with a part in are looked through for one that could be written up."""


class LessonRow(NamedTuple):
    case_id: UUID
    key: str
    rule: str
    unit: str
    category: str
    level: str
    person: str
    at: datetime
    title: str
    pack_hash: str


class Closed(NamedTuple):
    case_id: UUID
    number: str
    title: str
    closed_at: datetime


class Place(NamedTuple):
    at: datetime
    case_id: UUID
    key: str


@dataclass(frozen=True)
class Asked:
    """What the lessons are narrowed to; empty values narrow nothing. ``unit`` takes in the units below it."""

    text: str = ""
    category: str = ""
    level: str = ""
    unit: str = ""
    since: datetime | None = None
    until: datetime | None = None


_LESSONS = """
    SELECT l.case_id, l.key, l.rule, l.unit, l.category, l.level, l.person, l.at, l.title, c.hash
    FROM case_lesson l JOIN case_record c ON c.id = l.case_id
    WHERE {where} ORDER BY l.at DESC, l.case_id DESC, l.key DESC LIMIT %(limit)s
"""
_CLOSED = """
    SELECT c.id, c.number, c.title, c.closed_at FROM (
        SELECT case_id FROM case_part WHERE organisation = %(organisation)s AND person = %(person)s
        ORDER BY registered_at DESC, case_id DESC LIMIT %(looked_at)s) part
    JOIN case_record c ON c.id = part.case_id
    WHERE c.closed_at IS NOT NULL AND c.kind = 'complaint' AND %(person)s <> ALL (c.hidden_from)
          AND NOT EXISTS (SELECT 1 FROM case_lesson l WHERE l.case_id = c.id)
    ORDER BY c.closed_at DESC, c.id DESC LIMIT %(limit)s
"""


def lessons(desk: Desk, asked: Asked, after: Place | None = None, limit: int = 40) -> list[LessonRow]:
    """The lessons, the latest first, following on ``after``; every word of the text must occur."""
    pieces = asked_for(asked.text)
    if asked.text.strip() and not pieces:
        return []
    where, values = _narrowed(desk, asked, pieces)
    if after is not None:
        where += " AND (l.at, l.case_id, l.key) < (%(after_at)s, %(after_case)s, %(after_key)s)"
        values |= {"after_at": after.at, "after_case": after.case_id, "after_key": after.key}
    with connection.cursor() as cursor:
        cursor.execute(_LESSONS.format(where=where), {**values, "limit": limit})
        return [LessonRow(*row) for row in cursor.fetchall()]


def lesson(desk: Desk, case_id: UUID, key: str) -> LessonRow | None:
    """One lesson; None where there is none for the reader."""
    where, values = _narrowed(desk, Asked(), [])
    with connection.cursor() as cursor:
        sql = _LESSONS.format(where=where + " AND l.case_id = %(case_id)s AND l.key = %(key)s")
        cursor.execute(sql, {**values, "case_id": case_id, "key": key, "limit": 1})
        row = cursor.fetchone()
    return LessonRow(*row) if row else None


def to_write_up(desk: Desk, limit: int = 6) -> list[Closed]:
    """Closed cases in which the reader had a part and that nobody has written up, the latest first."""
    asked = {
        "organisation": desk.directory.slug,
        "person": desk.actor.id,
        "looked_at": LOOKED_AT,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED, asked)
        return [Closed(*row) for row in cursor.fetchall()]


def _narrowed(desk: Desk, asked: Asked, pieces: list[str]) -> tuple[str, dict[str, Any]]:
    sql = ["l.organisation = %(organisation)s", "%(person)s <> ALL (l.hidden_from)"]
    values: dict[str, Any] = {"organisation": desk.directory.slug, "person": desk.actor.id}
    if pieces:
        sql.append("l.grams @@ %(query)s::tsquery")
        values["query"] = query_of(desk.directory.slug, pieces)
        for number, piece in enumerate(pieces):
            sql.append(f"l.words LIKE %(piece{number})s")
            values[f"piece{number}"] = f"%{piece}%"
    for name in ("category", "level"):
        if getattr(asked, name):
            sql.append(f"l.{name} = %({name})s")
            values[name] = getattr(asked, name)
    if asked.unit:
        sql.append("l.unit = ANY(%(below)s)")
        values["below"] = list(desk.directory.below(asked.unit))
    if asked.since is not None:
        sql.append("l.at >= %(since)s AND l.at < %(until)s")
        values |= {"since": asked.since, "until": asked.until}
    return " AND ".join(sql), values
