"""The SQL of the hot path. Every statement takes one array literal per column and unfolds them into rows."""

from __future__ import annotations

from .rows import DutyRow, KeyRow, LadderRow, LedgerRow, PartRow, Record

TYPES = {
    "id": "uuid", "case_id": "uuid", "seq": "int", "registered_at": "timestamptz", "closed_at": "timestamptz",
    "next_due": "timestamptz", "next_at": "timestamptz", "opened_at": "timestamptz", "start": "timestamptz",
    "due": "timestamptz", "late_at": "timestamptz", "met_at": "timestamptz", "ended_at": "timestamptz",
    "reached_at": "timestamptz", "at": "timestamptz", "created": "timestamptz", "is_open": "bool", "live": "bool",
    "provisional": "bool", "paused": "bool", "late_by": "int", "round": "int", "rungs": "int",
    "open_duties": "int", "late_open": "int", "late_ever": "int", "head": "bytea", "prev_hash": "bytea",
    "amount": "numeric",
}  # fmt: skip
"""Column types other than text, by column name."""
LISTS = {"roles", "persons", "clauses", "hidden_from"}
"""Columns that are lists of texts: they travel as array literals within the array."""

TABLES: dict[type, tuple[str, tuple[str, ...]]] = {
    Record: ("case_record", ("id",)),
    DutyRow: ("case_duty", ("case_id", "key")),
    LadderRow: ("case_ladder", ("case_id", "ladder")),
    LedgerRow: ("ledger_line", ("case_id", "line")),
    KeyRow: ("case_key", ("case_id", "pattern")),
    PartRow: ("case_part", ("organisation", "person", "registered_at", "case_id")),
}
"""Where each row goes, and its key."""


def _quoted(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _unfolded(columns: tuple[str, ...]) -> str:
    picked = ", ".join(f'"{name}"::text[]' if name in LISTS else f'"{name}"' for name in columns)
    arrays = ", ".join(f"%s::{TYPES.get(name, 'text')}[]" for name in columns)
    return f"SELECT {picked} FROM unnest({arrays}) AS rows({_quoted(columns)})"


def _upsert(row: type) -> str:
    table, key = TABLES[row]
    columns: tuple[str, ...] = row._fields  # type: ignore[attr-defined]
    changing = [name for name in columns if name not in key]
    then = "UPDATE SET " + ", ".join(f'"{n}" = excluded."{n}"' for n in changing) if changing else "NOTHING"
    return f"INSERT INTO {table} ({_quoted(columns)}) {_unfolded(columns)} ON CONFLICT ({_quoted(key)}) DO {then}"


def delete_rows(row: type) -> str:
    """Deletes the rows given whole; only their key counts."""
    table, key = TABLES[row]
    same = " AND ".join(f't."{name}" = gone."{name}"' for name in key)
    columns: tuple[str, ...] = row._fields  # type: ignore[attr-defined]
    return f"DELETE FROM {table} t USING ({_unfolded(columns)}) gone WHERE {same}"


UPSERTS: dict[type, str] = {row: _upsert(row) for row in TABLES}

EVENTS = """
    INSERT INTO case_event (case_id, seq, organisation, kind, at, actor, body, prev_hash, hash)
    SELECT * FROM unnest(%s::uuid[], %s::int[], %s::text[], %s::text[], %s::timestamptz[], %s::text[], %s::text[],
                         %s::bytea[], %s::bytea[])
"""
_NOTICE = (
    "organisation", "case_id", "seq", "notice", "roles", "unit", "person", "duty", "rule", "effect", "clauses", "pack_hash",
    "created", "state",
)  # fmt: skip
NOTICES = f"INSERT INTO notice ({_quoted(_NOTICE)}) {_unfolded(_NOTICE)}"
WORDS = """
    INSERT INTO case_search (case_id, organisation, registered_at, words, grams)
    SELECT case_id, organisation, registered_at, words, array_to_tsvector(grams::text[])
    FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[], %s::text[], %s::text[])
        AS rows(case_id, organisation, registered_at, words, grams)
    ON CONFLICT (case_id) DO UPDATE SET words = excluded.words, grams = excluded.grams
"""
