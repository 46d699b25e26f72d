"""The raw limit of storing: the rows of real cases, with new ids, inserted by plain psycopg."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

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
        columns = {table: _columns(connection, table) for table in TABLES}
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
                    parts.append((table, _insert(connection, table, columns[table]), names.index(key), tuple(rows)))
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
                insert(connection, next(source), uuid4())
            ready.wait()
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                insert(connection, next(source), uuid4())
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


def update_rate(arena: Arena, organisation: str, batch: int) -> float:
    """Late duties per second if nothing were decided: for each case of a house its row locked, the events of its last tick
    appended (under new ids), its record and the late duty written over; ``batch`` cases to a transaction."""
    with psycopg.connect(arena.super_url, autocommit=True, prepare_threshold=1) as connection:
        found = connection.execute(
            "SELECT r.id, d.key, d.at_seq FROM case_record r JOIN LATERAL ("
            " SELECT e.case_id, e.seq AS at_seq, d.key FROM case_duty d JOIN case_event e ON e.case_id = d.case_id AND e.kind = 'DutyLate'"
            " WHERE d.case_id = r.id AND d.late_at IS NOT NULL ORDER BY e.seq DESC LIMIT 1) d ON true WHERE r.organisation = %s",
            [organisation],
        ).fetchall()
        events, record, duty = (_columns(connection, table) for table in ("case_event", "case_record", "case_duty"))
        insert = _insert(connection, "case_event", events)
        log = {
            case_id: connection.execute(
                sql.SQL("SELECT {} FROM case_event WHERE case_id = %s AND seq >= %s").format(_names(events)),
                [case_id, seq],
            ).fetchall()
            for case_id, _, seq in found
        }
        now_record = _all(connection, "case_record", record, "id", [row[0] for row in found])
        now_duty = _all(connection, "case_duty", duty, "case_id", [row[0] for row in found])
        set_record = _update("case_record", record, ("id",))
        set_duty = _update("case_duty", duty, ("case_id", "key"))
        late = [(case_id, key) for case_id, key, _ in found]
        started = time.perf_counter()
        for start in range(0, len(late), batch):
            with connection.transaction(), connection.pipeline(), connection.cursor() as cursor:
                part = late[start : start + batch]
                cursor.execute(
                    "SELECT id, state FROM case_record WHERE id = ANY(%s) FOR UPDATE", [[c for c, _ in part]]
                )
                for case_id, key in part:
                    new = uuid4()
                    for row in log[case_id]:
                        cursor.execute(insert, (new, *row[1:]))
                    cursor.execute(set_record, [*now_record[(case_id,)], case_id])
                    cursor.execute(set_duty, [*now_duty[case_id, key], case_id, key])
        return len(late) / (time.perf_counter() - started)


def describe(rows: list[CaseRows]) -> str:
    """How many rows a registration comes to, in words."""
    total = sum(len(part[3]) for case in rows for part in case.parts)
    return f"{total / len(rows):.1f} rows per complaint"


def _columns(connection: psycopg.Connection[Any], table: str) -> list[tuple[str, str]]:
    found = connection.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [table],
    ).fetchall()
    return [(name, kind) for name, kind in found if name not in _LEFT_OUT.get(table, set())]


def _read(name: str, kind: str) -> sql.Composable:
    text = sql.SQL("{}::text") if kind == "tsvector" else sql.SQL("{}")
    return text.format(sql.Identifier(name))


def _insert(connection: psycopg.Connection[Any], table: str, columns: list[tuple[str, str]]) -> str:
    return (
        sql.SQL("INSERT INTO {} ({}) VALUES ({})")
        .format(
            sql.Identifier(table),
            sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns),
            sql.SQL(", ").join(sql.SQL("%s::tsvector" if kind == "tsvector" else "%s") for _, kind in columns),
        )
        .as_string(connection)
    )


def _names(columns: list[tuple[str, str]]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns)


def _all(
    connection: psycopg.Connection[Any], table: str, columns: list[tuple[str, str]], key: str, ids: list[UUID]
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """The rows of these cases by their keys."""
    rows = connection.execute(
        sql.SQL("SELECT {} FROM {} WHERE {} = ANY(%s)").format(
            _names(columns), sql.Identifier(table), sql.Identifier(key)
        ),
        [ids],
    ).fetchall()
    names = [name for name, _ in columns]
    places = [names.index(name) for name in ((key, "key") if table == "case_duty" else (key,))]
    return {tuple(row[place] for place in places): row for row in rows}


def _update(table: str, columns: list[tuple[str, str]], keys: tuple[str, ...]) -> str:
    values = ", ".join(f'"{name}" = %s' for name, _ in columns)
    where = " AND ".join(f'"{key}" = %s' for key in keys)
    return f"UPDATE {table} SET {values} WHERE {where}"
