"""A large house quickly: a few hundred real cases through the engine, then their rows multiplied inside the database.

Every copy has its own id, number, times, title, customer and searchable words; its duties stand open. What no measured path
looks at is kept short: a copy's state is that of its model, and its log is the model's first event. (So copies do not pass
`redress verify`; what the clock is measured on are real cases in a house of their own.)
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from .arena import Arena
from .invented import RARE, Inventor

APART = timedelta(seconds=20)
"""Between two complaints, going back from now: a million of them fill some eight months."""
RARE_AT = 50
"""One in so many of the first thousand complaints contains the rare phrase, and a handful of all others."""
LATE = 20
"""One case in so many has its open duties past their time."""
_TABLES = ("case_event", "case_record", "case_duty", "case_key", "case_part", "case_search")
_REBUILT = ("case_record", "case_duty", "case_search", "case_key")
_MOMENTS = {
    "registered_at",
    "closed_at",
    "at",
    "opened_at",
    "start",
    "due",
    "late_at",
    "met_at",
    "ended_at",
    "next_due",
}


@dataclass(frozen=True)
class House:
    """The organisation as it stands: how many cases, and a few real ones to open."""

    cases: int
    open_duties: int
    real: tuple[str, ...]
    seconds: float


class Builder:
    """Fills the arena's organisation, in steps; the newest cases come first, so that a later step adds older ones."""

    def __init__(self, arena: Arena, models: Sequence[str], inventor: Inventor) -> None:
        self.arena, self.models, self.inventor = arena, list(models), inventor
        self.now = datetime.now(UTC)
        self.made = 0
        self.texts = [inventor.text() for _ in range(20_000)]
        self.random = random.Random(5)

    def fill(self, total: int) -> House:
        """Brings the organisation to ``total`` cases (those there already included)."""
        started = time.perf_counter()
        with psycopg.connect(self.arena.super_url, autocommit=True) as connection:
            connection.execute("SET synchronous_commit = off")
            connection.execute("SET maintenance_work_mem = '1GB'")
            there = _count(connection, "case_record", self.arena.organisation)
            more = total - there
            if more > 0:
                rebuilt = _drop_indexes(connection) if more > 100_000 else []
                self._copies(connection, more)
                for statement in rebuilt:
                    connection.execute(statement)
            for table in _TABLES:
                connection.execute(sql.SQL("VACUUM (ANALYZE, FREEZE) {}").format(sql.Identifier(table)))
            connection.execute("CHECKPOINT")
            cases = _count(connection, "case_record", self.arena.organisation)
            duties = _one(connection, "SELECT count(*) FROM case_duty WHERE live")
        return House(cases, duties, tuple(self.models[:20]), time.perf_counter() - started)

    def _copies(self, connection: psycopg.Connection[Any], many: int) -> None:
        connection.execute(
            "CREATE TEMP TABLE copy (id uuid, model uuid, registered_at timestamptz, number text, title text, customer text,"
            " words text, grams tsvector, late bool)"
        )
        with connection.cursor() as cursor, cursor.copy("COPY copy FROM STDIN") as stream:
            for row in self._rows(many):
                stream.write_row(row)
        connection.execute("ANALYZE copy")
        for table in _TABLES:
            connection.execute(_multiplied(connection, table))
        connection.execute("DROP TABLE copy")

    def _rows(self, many: int) -> Iterator[tuple[Any, ...]]:
        from redress.cases.store.words import grams_of, words_of

        organisation = self.arena.organisation
        known = {text: (words := words_of([text]), grams_of(organisation, words)) for text in self.texts}
        first = self.made
        self.made += many
        for number in range(first, first + many):
            text = self.texts[number % len(self.texts)]
            words, grams = known[text]
            rare = RARE if (number < 1000 and number % RARE_AT == 0) or number % 200_000 == 199_999 else ""
            paper, customer = f"BN{number:07d}", self.inventor.customer()
            own = words_of([paper, customer, self.inventor.phone(), rare])
            at = self.now - APART * (number + 1)
            yield (
                _id(at, self.random), self.models[number % len(self.models)], at, paper, text[:60] + rare, customer,
                f"{words} {own}", " ".join(f"'{gram}'" for gram in {*grams, *grams_of(organisation, own)}), number % LATE == 0,
            )  # fmt: skip


def _multiplied(connection: psycopg.Connection[Any], table: str) -> sql.Composed:
    """The rows of each copy's model, with what is the copy's own put in their place."""
    key = "id" if table == "case_record" else "case_id"
    columns = [name for (name,) in connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
        " ORDER BY attnum", [table]).fetchall()]  # fmt: skip
    own = {key: "copy.id", "registered_at": "copy.registered_at"}
    own |= {name: f"t.{name} + (copy.registered_at - c.registered_at)" for name in _MOMENTS - {"registered_at"}}
    own |= {"next_at": "t.next_at + interval '3 years'", "number": "copy.number", "title": "copy.title"}
    own |= {"customer": "copy.customer", "words": "copy.words", "grams": "copy.grams"}
    if table == "case_key":
        # What a customer is known again by has a shape of its own; everything else only has to differ.
        own |= {
            "key": "CASE t.pattern WHEN '@phone' THEN lpad((random() * 1e11)::bigint::text, 11, '3')"
            " WHEN '@name' THEN copy.customer ELSE md5(copy.number) END"
        }
    if table == "case_duty":
        past = own["due"]
        own |= {
            "key": "t.key",
            "due": f"CASE WHEN t.live AND NOT copy.late THEN {past} + interval '1 year' ELSE {past} END",
        }
        own |= {"late_at": f"CASE WHEN t.live AND copy.late THEN {past} ELSE t.late_at END"}
    if table == "case_record":
        own |= {"late_open": "CASE WHEN copy.late THEN t.open_duties ELSE 0 END"}
    limit = " AND t.seq = 1" if table == "case_event" else ""
    return sql.SQL("INSERT INTO {table} ({names}) SELECT {values} FROM copy JOIN case_record c ON c.id = copy.model"
                   " JOIN {table} t ON t.{key} = copy.model{limit}").format(
        table=sql.Identifier(table), key=sql.Identifier(key), limit=sql.SQL(limit),
        names=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(sql.SQL(own.get(name, f't."{name}"')) for name in columns),
    )  # fmt: skip


def _drop_indexes(connection: psycopg.Connection[Any]) -> list[str]:
    """Drops the indexes that are built faster at the end; gives the statements that make them again."""
    found = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique", [list(_REBUILT)]
    ).fetchall()  # fmt: skip
    for name, _ in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))
    return [statement for _, statement in found]


def _id(at: datetime, chance: random.Random) -> UUID:
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | chance.getrandbits(62))


def _count(connection: psycopg.Connection[Any], table: str, organisation: str) -> int:
    return _one(
        connection,
        sql.SQL("SELECT count(*) FROM {} WHERE organisation = %s").format(sql.Identifier(table)),
        organisation,
    )


def _one(connection: psycopg.Connection[Any], statement: Any, *values: object) -> int:
    row = connection.execute(statement, values).fetchone()
    assert row is not None
    return int(row[0])
