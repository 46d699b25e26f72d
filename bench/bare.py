"""The raw limit of storing: the rows of real cases, with new ids, inserted by plain psycopg."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from redress.cases.ids import new_case_id

from .arena import Arena

TABLES = (
    "case_event",
    "case_record",
    "case_duty",
    "case_ladder",
    "ledger_line",
    "case_key",
    "case_part",
    "case_search",
    "notice",
)
_ID = {"case_record": "id"}
_LEFT_OUT = {"notice": {"id"}}


@dataclass(frozen=True)
class CaseRows:
    """All rows of one case: for each table that has some, the statement and the rows, with the case's id as ``None``."""

    parts: tuple[tuple[str, str, int, tuple[tuple[Any, ...], ...]], ...]


def rows_of(arena: Arena, case_ids: list[str]) -> list[CaseRows]:
    """The rows of these cases, ready to be inserted again."""
    found = []
    with psycopg.connect(arena.super_url) as connection:
        columns = {table: columns_of(connection, table) for table in TABLES}
        for case_id in case_ids:
            parts = []
            for table in TABLES:
                names = [name for name, _ in columns[table]]
                key = _ID.get(table, "case_id")
                rows = connection.execute(
                    sql.SQL("SELECT {} FROM {} WHERE {} = %s").format(
                        sql.SQL(", ").join(_read(name, kind) for name, kind in columns[table]),
                        sql.Identifier(table),
                        sql.Identifier(key),
                    ),
                    [case_id],
                ).fetchall()
                if rows:
                    parts.append((table, insert_into(connection, table, columns[table]), names.index(key), tuple(rows)))
            found.append(CaseRows(tuple(parts)))
    return found


def rate(arena: Arena, rows: list[CaseRows], connections: int, seconds: float) -> float:
    """Cases inserted per second: one transaction each, all its statements in one pipeline, prepared."""
    done = [0] * connections
    ready = threading.Barrier(connections + 1)
    ends: list[float] = []

    def work(number: int) -> None:
        with psycopg.connect(arena.url, autocommit=True, prepare_threshold=1) as connection:
            source = cycle(rows[number::connections] or rows)
            for _ in range(len(rows) // connections):
                insert(connection, next(source), new_case_id(datetime.now(UTC)))
            ready.wait()
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                insert(connection, next(source), new_case_id(datetime.now(UTC)))
                done[number] += 1
            ends.append(time.perf_counter())

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    return sum(done) / (max(ends) - started)


def insert(connection: psycopg.Connection[Any], case: CaseRows, case_id: UUID) -> None:
    """One case in one transaction."""
    with connection.pipeline(), connection.transaction(), connection.cursor() as cursor:
        for _, statement, key, rows in case.parts:
            for row in rows:
                cursor.execute(statement, (*row[:key], case_id, *row[key + 1 :]))


def describe(rows: list[CaseRows]) -> str:
    """How many rows a registration comes to, in words."""
    total = sum(len(part[3]) for case in rows for part in case.parts)
    return f"{total / len(rows):.1f} rows per complaint"


def columns_of(connection: psycopg.Connection[Any], table: str) -> list[tuple[str, str]]:
    """(name, type) of the columns that an insert gives."""
    found = connection.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [table],
    ).fetchall()
    return [(name, kind) for name, kind in found if name not in _LEFT_OUT.get(table, set())]


def _read(name: str, kind: str) -> sql.Composable:
    text = sql.SQL("{}::text") if kind == "tsvector" else sql.SQL("{}")
    return text.format(sql.Identifier(name))


def insert_into(connection: psycopg.Connection[Any], table: str, columns: list[tuple[str, str]]) -> str:
    """The plain INSERT of a row."""
    return (
        sql.SQL("INSERT INTO {} ({}) VALUES ({})")
        .format(
            sql.Identifier(table),
            sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns),
            sql.SQL(", ").join(sql.SQL("%s::tsvector" if kind == "tsvector" else "%s") for _, kind in columns),
        )
        .as_string(connection)
    )
