"""The proof: the hash chain of every case, and every projection against a fresh fold of the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import psycopg
from django.db import transaction

from redress.people import packs
from redress.policy.engine.events import NoticeRaised

from .connection import cursor as store_cursor
from .files import files_differ
from .refold import Difference, Refolded, refolded
from .rows import (
    duty_rows,
    key_rows,
    ladder_rows,
    ledger_rows,
    lesson_rows,
    part_rows,
    record_row,
    words_row,
)
from .statements import TABLES, columns_of
from .tables import (
    DutyRow,
    KeyRow,
    LadderRow,
    LedgerRow,
    LessonRow,
    PartRow,
    Record,
    WordsRow,
)

_NOTICES = "SELECT case_id, seq, rule, effect, roles, unit, person FROM notice WHERE case_id = ANY(%s)"
# The database keeps grams in an order of its own.
_READ = {"grams": "ARRAY(SELECT unnest(tsvector_to_array(grams)) ORDER BY 1)"}
_ORPHANS = """
    SELECT DISTINCT t.{key} FROM {table} t
    WHERE (%s = '' OR t.organisation = %s) AND NOT EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = t.{key})
    LIMIT 1000
"""


class Proof:
    """A verification under way: what was looked at, as far as it has come."""

    def __init__(self) -> None:
        self.cases = 0
        self.events = 0

    def differences(self, organisation: str = "") -> Iterator[Difference]:
        """Everything that is not as it should be, on one snapshot of the database; nothing where all is well."""
        with transaction.atomic(), store_cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for chunk in refolded(cursor, organisation):
                self.cases += len(chunk)
                self.events += sum(len(found.events) for found in chunk)
                yield from _compared(cursor, chunk)
            yield from _without_log(cursor, organisation)


def _compared(cursor: psycopg.Cursor[Any], chunk: list[Refolded]) -> Iterator[Difference]:
    ids = [found.case_id for found in chunk]
    stored = {row: _stored(cursor, row, ids) for row in TABLES}
    notices: dict[UUID, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    for case_id, seq, *rest in cursor.execute(_NOTICES, [ids]).fetchall():
        notices[case_id][seq] = tuple(rest)
    for found in chunk:
        yield from found.faults
        if found.case is None:
            continue
        try:
            should = _should(found)
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            yield Difference(found.case_id, "case_event", "body", told, "a case its pack can rule")
            continue
        for row_type, rows in should.items():
            yield from _differences(found.case_id, row_type, stored[row_type][found.case_id], rows)
        yield from _notices_differ(found, notices[found.case_id])
        yield from files_differ(cursor, found)


def _should(found: Refolded) -> dict[type, list[Any]]:
    case = found.case
    assert case is not None
    pack, home, case_id = packs.pinned(case.hash), found.organisation, found.case_id
    return {
        Record: [record_row(home, case_id, pack, case, found.head)],
        DutyRow: duty_rows(home, case_id, pack, case),
        LadderRow: ladder_rows(home, case_id, case),
        LedgerRow: ledger_rows(home, case_id, pack, case),
        KeyRow: key_rows(home, case_id, pack, case),
        LessonRow: lesson_rows(home, case_id, pack, case) if case.kind == "complaint" else [],
        PartRow: part_rows(home, case_id, case),
        WordsRow: [words_row(home, case_id, pack, case)] if case.kind == "complaint" else [],
    }


def _stored(cursor: psycopg.Cursor[Any], row_type: type, ids: list[UUID]) -> dict[UUID, list[Any]]:
    table, _ = TABLES[row_type]
    columns = ", ".join(_READ.get(name, f'"{name}"') for name in columns_of(row_type))
    key = _case_column(row_type)
    found: dict[UUID, list[Any]] = defaultdict(list)
    for values in cursor.execute(f"SELECT {columns} FROM {table} WHERE {key} = ANY(%s)", [ids]).fetchall():
        row = row_type(*values)
        found[getattr(row, key)].append(row)
    return found


def _differences(case_id: UUID, row_type: type, stored: Iterable[Any], should: Iterable[Any]) -> Iterator[Difference]:
    table, key = TABLES[row_type]
    have, want = ({tuple(getattr(row, name) for name in key): row for row in rows} for rows in (stored, should))
    for at in have.keys() | want.keys():
        name = " ".join(str(part) for part in at if part != case_id)
        if at not in have or at not in want:
            there, due = ("a row", "no row") if at in have else ("no row", "a row")
            yield Difference(case_id, table, "", there, due, name)
            continue
        for column in columns_of(row_type):
            stored_value, right = getattr(have[at], column), getattr(want[at], column)
            if stored_value != right:
                yield Difference(case_id, table, column, stored_value, right, name)


def _notices_differ(found: Refolded, stored: dict[int, tuple[Any, ...]]) -> Iterator[Difference]:
    should = {
        seq: (event.rule, event.effect, list(event.roles), event.unit, event.person)
        for seq, event in enumerate(found.events, 1)
        if isinstance(event, NoticeRaised)
    }
    for seq in stored.keys() | should.keys():
        if stored.get(seq) != should.get(seq):
            yield Difference(found.case_id, "notice", "", stored.get(seq), should.get(seq), f"seq {seq}")


def _without_log(cursor: psycopg.Cursor[Any], organisation: str) -> Iterator[Difference]:
    tables = [(table, _case_column(row_type)) for row_type, (table, _) in TABLES.items()]
    for table, key in [*tables, ("notice", "case_id")]:
        statement = _ORPHANS.format(table=table, key=key)
        for (case_id,) in cursor.execute(statement, [organisation, organisation]).fetchall():
            yield Difference(case_id, table, "", "a row", "no row: the log knows no such case")


def _case_column(row_type: type) -> str:
    return "id" if row_type is Record else "case_id"
