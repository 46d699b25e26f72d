"""The SQL of the hot path: one statement for all tables, each of which takes its rows as one JSON text.

The server unfolds JSON into rows faster than a driver adapts values one by one, and one statement is one journey. The
statement for the tables that have rows is made once per combination; the server keeps its plan.
"""

from __future__ import annotations

from functools import lru_cache

from .tables import (
    DutyRow,
    EventRow,
    KeyRow,
    LadderRow,
    LedgerRow,
    LessonRow,
    NoticeRow,
    PartRow,
    Record,
    WordsRow,
)

TYPES = {
    "id": "uuid", "case_id": "uuid", "seq": "int", "registered_at": "timestamptz", "closed_at": "timestamptz",
    "next_due": "timestamptz", "next_at": "timestamptz", "opened_at": "timestamptz", "start": "timestamptz",
    "due": "timestamptz", "late_at": "timestamptz", "met_at": "timestamptz", "ended_at": "timestamptz",
    "reached_at": "timestamptz", "appealed_at": "timestamptz", "ruled_at": "timestamptz", "at": "timestamptz", "created": "timestamptz", "is_open": "bool", "live": "bool",
    "provisional": "bool", "paused": "bool", "late_by": "int", "round": "int", "rungs": "int",
    "open_duties": "int", "late_open": "int", "late_ever": "int", "amount": "numeric", "first_amount": "numeric", "roles": "text[]",
    "persons": "text[]", "clauses": "text[]", "hidden_from": "text[]", "grams": "text[]",
}  # fmt: skip
"""Column types other than text, by column name. Bytes travel as base64 text."""
BYTES = {(Record, "head"), (EventRow, "prev_hash"), (EventRow, "hash")}

TABLES: dict[type, tuple[str, tuple[str, ...]]] = {
    Record: ("case_record", ("id",)),
    DutyRow: ("case_duty", ("case_id", "key")),
    LadderRow: ("case_ladder", ("case_id", "ladder")),
    LedgerRow: ("ledger_line", ("case_id", "line")),
    KeyRow: ("case_key", ("case_id", "pattern")),
    PartRow: ("case_part", ("organisation", "person", "registered_at", "case_id")),
    WordsRow: ("case_search", ("case_id",)),
    LessonRow: ("case_lesson", ("case_id", "key")),
}
"""Where the rows of each projection go, and their keys."""


def columns_of(row: type) -> tuple[str, ...]:
    """The columns of a row, in order."""
    return row.__struct_fields__  # type: ignore[attr-defined, no-any-return]


def appended(row: type, table: str) -> str:
    """Inserts rows that are new by their nature: events and notices."""
    return f"INSERT INTO {table} ({_names(columns_of(row))}) {_unfolded(row)}"


def upserted(row: type) -> str:
    """Inserts the rows of a projection, or puts them in the place of those with the same key."""
    table, key = TABLES[row]
    changing = [name for name in columns_of(row) if name not in key]
    then = "UPDATE SET " + ", ".join(f'"{n}" = excluded."{n}"' for n in changing) if changing else "NOTHING"
    return f"{appended(row, table)} ON CONFLICT ({_names(key)}) DO {then}"


def deleted(row: type) -> str:
    """Deletes the rows of a projection that have the keys of those given."""
    table, key = TABLES[row]
    same = " AND ".join(f't."{name}" = gone."{name}"' for name in key)
    return f"DELETE FROM {table} t USING ({_unfolded(row)}) gone WHERE {same}"


@lru_cache(maxsize=256)
def together(parts: tuple[tuple[str, type], ...]) -> str:
    """One statement that does several parts, with one parameter for each (``$1``, ``$2`` ...)."""
    steps = ", ".join(
        f"part{number} AS ({PARTS[part].replace('%s', f'${number}')})" for number, part in enumerate(parts, 1)
    )
    return f"WITH {steps} SELECT 1"


def _unfolded(row: type) -> str:
    names = columns_of(row)
    picked = ", ".join(_picked(row, name) for name in names)
    typed = ", ".join(f'"{name}" {TYPES.get(name, "text")}' for name in names)
    return f"SELECT {picked} FROM json_to_recordset(%s) AS rows({typed})"


def _picked(row: type, name: str) -> str:
    if (row, name) in BYTES:
        return f'decode("{name}", \'base64\') AS "{name}"'
    if name == "grams":
        return "array_to_tsvector(grams) AS grams"
    return f'"{name}"'


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


PARTS: dict[tuple[str, type], str] = {
    ("append", EventRow): appended(EventRow, "case_event"),
    ("append", NoticeRow): appended(NoticeRow, "notice"),
    **{("delete", row): deleted(row) for row in (KeyRow, PartRow, LessonRow)},
    **{("upsert", row): upserted(row) for row in TABLES},
}
"""What can be done in one go; in one statement no two parts touch the same row."""
