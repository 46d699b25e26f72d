"""What the engine asks about the organisation and other cases, answered from the directory and the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import psycopg

from redress.people.directory import Directory, NoSuchPerson

from .store.rows import stored_key

MOST_ALIKE = 500
"""Cases alike that one case is linked to, the latest of them."""

_SERIAL = """
    INSERT INTO series (organisation, series, last) VALUES (%s, %s, 1)
    ON CONFLICT (organisation, series) DO UPDATE SET last = series.last + 1 RETURNING last
"""
_COMMITTED = """
    SELECT coalesce(sum((r.state::jsonb #>> ARRAY['committed', %s])::numeric), 0)
    FROM cases_alike(%s, %s, %s, %s, %s) a JOIN case_record r ON r.id = a.case_id WHERE r.id <> %s::uuid
"""
_DIFFERENT = """
    SELECT count(DISTINCT coalesce(k.key, c.id::text)) FROM unnest(%s::uuid[]) c(id)
    LEFT JOIN case_key k ON k.case_id = c.id AND k.pattern = %s WHERE k.key IS DISTINCT FROM %s
"""
_ALIKE = "SELECT case_id FROM cases_alike(%s, %s, %s, %s, %s)"


class ReadingWorld:
    """For questions ("what may I do?"): the tree, and nothing that would take a number or a lock."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.lineage = directory.lineage

    def unit_kind(self, unit: str) -> str:
        return self.directory.unit_kind(unit)

    def roles_of(self, person: str, at: datetime) -> Sequence[str]:
        try:
            return [seat.role for seat in self.directory.actor(person, at.date()).seats]
        except NoSuchPerson:
            return ()

    def serial(self, series: str) -> int:
        raise RuntimeError(f"a question takes no number of {series}")

    def alike(self, pattern: str, key: str, since: datetime) -> Sequence[str]:
        return ()

    def committed(self, pattern: str, key: str, since: datetime, authority: str, but: str) -> Decimal:
        return Decimal(0)

    def different(self, cases: Sequence[str], pattern: str, key: str) -> int:
        return 0


class WritingWorld(ReadingWorld):
    """For commands, within their transaction: numbers are taken, cases alike are looked up."""

    def __init__(self, directory: Directory, cursor: psycopg.Cursor[Any], case_id: str) -> None:
        super().__init__(directory)
        self.cursor, self.case_id = cursor, case_id

    def serial(self, series: str) -> int:
        row = self.cursor.execute(_SERIAL, [self.directory.slug, series]).fetchone()
        assert row is not None
        return int(row[0])

    def alike(self, pattern: str, key: str, since: datetime) -> Sequence[str]:
        kept = stored_key(key)
        organisation = self.directory.slug
        found = self.cursor.execute(_ALIKE, [organisation, pattern, kept, since, MOST_ALIKE]).fetchall()
        return [str(case_id) for (case_id,) in reversed(found) if str(case_id) != self.case_id]

    def committed(self, pattern: str, key: str, since: datetime, authority: str, but: str) -> Decimal:
        kept = stored_key(key)
        values = [authority, self.directory.slug, pattern, kept, since, MOST_ALIKE, but]
        row = self.cursor.execute(_COMMITTED, values).fetchone()
        assert row is not None
        return Decimal(row[0])

    def different(self, cases: Sequence[str], pattern: str, key: str) -> int:
        row = self.cursor.execute(_DIFFERENT, [list(cases), pattern, stored_key(key)]).fetchone()
        assert row is not None
        return int(row[0])


class OpeningWorld(WritingWorld):
    """For a case that comes in: a retired unit takes none, so it counts as unknown."""

    def unit_kind(self, unit: str) -> str:
        entry = self.directory.units.get(unit)
        return entry.kind if entry and entry.active else ""
