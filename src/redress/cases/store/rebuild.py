"""Projections written anew from the log: after a restore, or when a release projects more than the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import transaction

from redress.people import packs

from .connection import cursor as store_cursor
from .refold import Refolded, read_chunk, refolded
from .statements import TABLES
from .tables import Record
from .writing import Batch, Change, write_batch


def rebuild(organisation: str = "") -> Iterator[int]:
    """Rewrites every projection (of one organisation, where it is named); yields how many cases are done, chunk by chunk.

    People may go on working: each chunk locks its cases. Raises ``BrokenLog`` at a case whose log cannot be folded.
    """
    done = 0
    with store_cursor() as cursor:
        for chunk in refolded(cursor, organisation):
            with transaction.atomic():
                _rewrite(cursor, chunk)
            done += len(chunk)
            yield done


class BrokenLog(RuntimeError):
    """A case's log cannot be folded; ``redress verify`` tells where."""


def _rewrite(cursor: psycopg.Cursor[Any], chunk: list[Refolded]) -> None:
    ids = [found.case_id for found in chunk]
    cursor.execute("SELECT 1 FROM case_record WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [ids])
    for row_type, (table, _) in TABLES.items():
        if row_type is not Record:
            cursor.execute(f"DELETE FROM {table} WHERE case_id = ANY(%s)", [ids])
    batch = Batch()
    for found in read_chunk(cursor, ids):  # again, now that nobody can append
        if found.case is None:
            raise BrokenLog(f"the log of case {found.case_id} cannot be folded: {found.faults[0]}")
        pack = packs.pinned(found.case.hash)
        change = Change(found.organisation, found.case_id, pack, None, b"", found.case, ())
        batch.project(change, found.head)
    write_batch(cursor, batch)
