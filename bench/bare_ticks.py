"""The raw limit of the clock: what a late duty writes, written by plain psycopg without a decision."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from .arena import Arena
from .bare import columns_of, insert_into


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
        events, record, duty = (columns_of(connection, table) for table in ("case_event", "case_record", "case_duty"))
        insert = insert_into(connection, "case_event", events)
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
