"""The SQL of attachments: a row for each file, its bytes in parts. A file of a case never changes again (the database sees to it)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from redress.policy.engine.events import Attached, Erased, Event

from .refold import Difference, Refolded

PART = 512 * 1024
_STILL_THERE = """
    SELECT 1 FROM attachment_part WHERE attachment = %s UNION ALL SELECT 1 FROM attachment WHERE id = %s AND (thumb IS NOT NULL OR preview IS NOT NULL)
"""
_HELD = """
    SELECT id, field, name, sha256, size, content_type, thumb IS NOT NULL, place FROM attachment
    WHERE organisation = %s AND person = %s AND token = %s AND case_id IS NULL ORDER BY place
"""
_INSERT = """
    INSERT INTO attachment (id, organisation, token, person, field, place, name, sha256, size, content_type, created, thumb, preview)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_ADOPT = """
    UPDATE attachment SET case_id = %s, name = %s, field = %s, token = ''
    WHERE id = %s AND organisation = %s AND person = %s AND sha256 = %s AND size = %s AND content_type = %s AND case_id IS NULL
"""
_PICTURE = """
    SELECT {column} FROM attachment WHERE id = %(file)s AND organisation = %(organisation)s
    AND CASE WHEN %(case)s::uuid IS NULL THEN case_id IS NULL AND person = %(person)s ELSE case_id = %(case)s END
"""
_BARE = """
    SELECT 1 FROM attachment WHERE id = %s AND organisation = %s AND case_id = %s AND content_type = %s AND thumb IS NULL AND name <> ''
"""
_DRESS = """
    UPDATE attachment SET thumb = %s, preview = %s WHERE id = %s AND organisation = %s AND case_id = %s AND thumb IS NULL AND name <> ''
"""
_OF_CASE = "SELECT id FROM attachment WHERE case_id IS NULL AND organisation = %s AND starts_with(token, %s)"
_EMPTY = "UPDATE attachment SET name = '', thumb = NULL, preview = NULL WHERE id = ANY(%s) AND case_id = %s"
_DROP_PARTS = "DELETE FROM attachment_part WHERE attachment = ANY(%s)"
_DROP = "DELETE FROM attachment WHERE id = ANY(%s) AND case_id IS NULL"


class NotHeld(RuntimeError):
    """A file that a command adds is not there, not the sender's, or on a case already."""


def held(cursor: psycopg.Cursor[Any], organisation: str, person: str, token: str) -> list[tuple[Any, ...]]:
    """(id, field, name, sha256, size, content type, has a small picture, place) of what waits for a form."""
    return cursor.execute(_HELD, [organisation, person, token]).fetchall()


def insert(cursor: psycopg.Cursor[Any], row: Sequence[Any], parts: Iterable[Sequence[Any]]) -> None:
    cursor.execute(_INSERT, row)
    for part_row in parts:
        cursor.execute("INSERT INTO attachment_part (attachment, number, data) VALUES (%s, %s, %s)", part_row)


def adopt(cursor: psycopg.Cursor[Any], organisation: str, case_id: UUID, events: Iterable[Event]) -> None:
    """What the events attach now belongs to the case. Raises ``NotHeld``; the caller's transaction then comes to nothing."""
    for event in events:
        if isinstance(event, Attached):
            found = cursor.execute(
                _ADOPT,
                [case_id, event.name, event.field, event.file, organisation, event.by, event.sha256, event.size, event.content_type],
            )  # fmt: skip
            if found.rowcount != 1:
                raise NotHeld(event.file)


def erase(cursor: psycopg.Cursor[Any], organisation: str, case_id: UUID, ids: list[UUID]) -> None:
    """The bytes, small pictures and names of files of a case go; so does what waits for a form on it.

    The database allows it only once the log says so.
    """
    cursor.execute(_DROP_PARTS, [ids])
    cursor.execute(_EMPTY, [ids, case_id])
    _forget(cursor, [file for (file,) in cursor.execute(_OF_CASE, [organisation, token_start(case_id)]).fetchall()])


def token_start(case_id: UUID) -> str:
    """What the token of a form on a case begins with."""
    return f"{case_id}."


def drop(cursor: psycopg.Cursor[Any], organisation: str, person: str, token: str, file: str) -> None:
    """Forgets one file that waits for a form."""
    mine = [row[0] for row in held(cursor, organisation, person, token) if str(row[0]) == file]
    _forget(cursor, mine)


def sweep(cursor: psycopg.Cursor[Any], before: datetime) -> int:
    """Forgets what has waited since before a moment."""
    statement = "SELECT id FROM attachment WHERE case_id IS NULL AND created < %s LIMIT 1000 FOR UPDATE SKIP LOCKED"
    old = [file for (file,) in cursor.execute(statement, [before]).fetchall()]
    _forget(cursor, old)
    return len(old)


def part(cursor: psycopg.Cursor[Any], file: UUID, number: int) -> bytes | None:
    row = cursor.execute(
        "SELECT data FROM attachment_part WHERE attachment = %s AND number = %s", [file, number], binary=True
    ).fetchone()
    return bytes(row[0]) if row else None


def thumbnail(
    cursor: psycopg.Cursor[Any], organisation: str, file: UUID, case_id: UUID | None, person: str
) -> bytes | None:
    return _picture(cursor, "thumb", organisation, file, case_id, person)


def preview(
    cursor: psycopg.Cursor[Any], organisation: str, file: UUID, case_id: UUID | None, person: str
) -> bytes | None:
    return _picture(cursor, "preview", organisation, file, case_id, person)


def is_bare(cursor: psycopg.Cursor[Any], organisation: str, file: UUID, case_id: UUID, kind: str) -> bool:
    """Whether a file of this content type on the case, which is still there, has no small picture."""
    return cursor.execute(_BARE, [file, organisation, case_id, kind]).fetchone() is not None


def dress(
    cursor: psycopg.Cursor[Any],
    organisation: str,
    file: UUID,
    case_id: UUID,
    pictures: tuple[bytes | None, bytes | None],
) -> None:
    """Keeps pictures made of a file that had none; not of one that was erased meanwhile."""
    cursor.execute(_DRESS, [*pictures, file, organisation, case_id])


def _picture(
    cursor: psycopg.Cursor[Any], column: str, organisation: str, file: UUID, case_id: UUID | None, person: str
) -> bytes | None:
    asked = {"file": file, "organisation": organisation, "case": case_id, "person": person}
    row = cursor.execute(_PICTURE.format(column=column), asked, binary=True).fetchone()
    return bytes(row[0]) if row and row[0] is not None else None


def files_differ(cursor: psycopg.Cursor[Any], found: Refolded) -> Iterator[Difference]:
    """Every file that the log names is there, and its bytes have the hash and size that the log says."""
    erased = {file for event in found.events if isinstance(event, Erased) for file in event.files}
    for event in found.events:
        if not isinstance(event, Attached):
            continue
        case_id, file = found.case_id, UUID(event.file)
        row = cursor.execute(
            "SELECT case_id, name, sha256, size, content_type FROM attachment WHERE id = %s", [file]
        ).fetchone()
        should = (case_id, event.name, event.sha256, event.size, event.content_type)
        if row is None:
            yield Difference(case_id, "attachment", "", "no row", "a row", event.name)
            continue
        if row != should:
            yield Difference(case_id, "attachment", "", row[1:], should[1:], event.name)
        if event.file in erased:
            if cursor.execute(_STILL_THERE, [file, file]).fetchone():
                yield Difference(case_id, "attachment_part", "data", "bytes", "none: it was erased", event.file)
            continue
        digest, size, number = hashlib.sha256(), 0, 0
        while (data := part(cursor, file, number)) is not None:
            digest.update(data)
            size, number = size + len(data), number + 1
        if (digest.hexdigest(), size) != (event.sha256, event.size):
            yield Difference(case_id, "attachment_part", "data", digest.hexdigest(), event.sha256, event.name)


def _forget(cursor: psycopg.Cursor[Any], ids: list[UUID]) -> None:
    if ids:
        cursor.execute(_DROP_PARTS, [ids])
        cursor.execute(_DROP, [ids])
