"""Getting hold of a case: its row locked for a command, or only looked at; and the keys of imported rows."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from redress.people.directory import NoSuchOrganisation

from ..outcomes import NoSuchCase


class Locked(NamedTuple):
    """A case's row with the version its organisation now has (saves asking separately)."""

    case_id: UUID
    organisation: str
    organisation_version: int
    head: bytes
    pack_hash: str
    state: str


class KnownKey(NamedTuple):
    case_id: UUID
    state: str


_LOOK = """
    SELECT c.id, c.organisation, o.version, c.head, c.hash, c.state
    FROM case_record c JOIN organisation o ON o.slug = c.organisation WHERE c.id = %s
"""
_LOCK = _LOOK + " FOR UPDATE OF c"
# PostgreSQL re-reads a row it waited for, but not the rows joined to it: fine, the organisation is read as it was.
_VERSION = "SELECT version FROM organisation WHERE slug = %s"
_KNOWN = """
    SELECT k.case_id, c.state FROM import_key k JOIN case_record c ON c.id = k.case_id
    WHERE k.organisation = %s AND k.source_key = %s
"""
_CLAIM = """
    INSERT INTO import_key (organisation, source_key, case_id) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING case_id
"""


def version_of(cursor: psycopg.Cursor[Any], organisation: str) -> int:
    """The version that the organisation now has. Raises ``NoSuchOrganisation``."""
    row = cursor.execute(_VERSION, [organisation]).fetchone()
    if row is None:
        raise NoSuchOrganisation(organisation)
    return int(row[0])


def lock_case(cursor: psycopg.Cursor[Any], case_id: UUID) -> Locked:
    """The case's row, held until the transaction ends; waits for whoever holds it. Raises ``NoSuchCase``."""
    return _found(cursor, _LOCK, case_id)


def look_at(cursor: psycopg.Cursor[Any], case_id: UUID) -> Locked:
    """The case's row as last committed, without a lock. Raises ``NoSuchCase``."""
    return _found(cursor, _LOOK, case_id)


def known_source_key(cursor: psycopg.Cursor[Any], organisation: str, source_key: str) -> KnownKey | None:
    """The case that a row of an import has become, or None."""
    row = cursor.execute(_KNOWN, [organisation, source_key]).fetchone()
    return KnownKey(*row) if row else None


def claim_source_key(cursor: psycopg.Cursor[Any], organisation: str, source_key: str, case_id: UUID) -> bool:
    """Notes what a row of an import becomes; False where somebody else was first (it waits for them to commit)."""
    return cursor.execute(_CLAIM, [organisation, source_key, case_id]).fetchone() is not None


def _found(cursor: psycopg.Cursor[Any], statement: str, case_id: UUID) -> Locked:
    row = cursor.execute(statement, [case_id]).fetchone()
    if row is None:
        raise NoSuchCase(str(case_id))
    return Locked(*row)
