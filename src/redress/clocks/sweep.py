"""The sweep: cases whose next moment has come are caught up, in batches, by any number of workers.

What is due is a fact in an indexed column, not a job that can be lost. A case in another worker's hands is passed over; each
deadline is handled once because it is handled under its case's lock. After a day off the times are still the true ones.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import transaction

from redress.cases.clock import ClockStuck, catch_up
from redress.cases.store.connection import cursor as store_cursor
from redress.cases.store.locks import Locked
from redress.cases.store.writing import Change, write
from redress.cases.world import WritingWorld
from redress.people import packs
from redress.people.directory import directory_at
from redress.policy.engine.case import decode_case

from . import provisional, standing, trouble

log = logging.getLogger(__name__)

BATCH = 200
"""Cases in one transaction: large enough to share a journey and a commit, small enough to hold locks briefly."""

_DUE = """
    SELECT c.id, c.organisation, o.version, c.head, c.hash, c.state
    FROM case_record c JOIN organisation o ON o.slug = c.organisation
    WHERE c.next_at <= %s
      AND NOT EXISTS (SELECT 1 FROM clock_trouble t WHERE t.case_id = c.id AND t.retry_at > %s)
    ORDER BY c.next_at LIMIT %s
    FOR UPDATE OF c SKIP LOCKED
"""


@dataclass(frozen=True)
class Swept:
    """What a sweep handled: deadlines and reminders, in how many cases; standing duties opened; due times settled."""

    duties: int = 0
    cases: int = 0
    opened: int = 0
    settled: int = 0

    def __add__(self, other: Swept) -> Swept:
        return Swept(
            self.duties + other.duties,
            self.cases + other.cases,
            self.opened + other.opened,
            self.settled + other.settled,
        )


def sweep(now: datetime, batch: int = BATCH) -> Swept:
    """Handles everything that is due at ``now`` (aware), to the end."""
    swept = Swept(opened=standing.open_due(now), settled=provisional.settle(now))
    while True:
        try:
            more = sweep_batch(now, batch)
        except (psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError) as error:
            more = _one_by_one(now, batch, error)
        if not more.cases:
            return swept
        swept += more


def sweep_batch(now: datetime, batch: int = BATCH) -> Swept:
    """Catches up one batch of cases in one transaction; nothing where no case is due (or all are in other hands)."""
    with transaction.atomic(), store_cursor() as cursor:
        due = [Locked(*row) for row in cursor.execute(_DUE, [now, now, batch]).fetchall()]
        changes: list[Change] = []
        duties = 0
        for held in due:
            change, ticks = _caught_up(cursor, held, now)
            changes += [change] if change else []
            duties += ticks
        if changes:
            write(cursor, changes)
            trouble.over(change.case_id for change in changes)
    return Swept(duties, len(due))


def _one_by_one(now: datetime, batch: int, error: psycopg.Error) -> Swept:
    """After a batch that the database refused: each case alone, so that only the one at fault is set aside."""
    log.warning("a batch was refused, taking its cases one by one: %s", error)
    swept = Swept()
    for _ in range(batch):
        try:
            more = sweep_batch(now, 1)
        except (psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError) as refused:
            more = _set_first_aside(now, refused)
        if not more.cases:
            break
        swept += more
    return swept


def _set_first_aside(now: datetime, error: psycopg.Error) -> Swept:
    with transaction.atomic(), store_cursor() as cursor:
        row = cursor.execute(_DUE, [now, now, 1]).fetchone()
        if row is None:
            return Swept()
        trouble.note(row[0], now, f"{type(error).__name__}: {error}")
    return Swept(cases=1)


def _caught_up(cursor: psycopg.Cursor[Any], held: Locked, now: datetime) -> tuple[Change | None, int]:
    try:
        directory = directory_at(held.organisation, held.organisation_version)
        before = decode_case(held.state)
        world = WritingWorld(directory, cursor, before.id)
        after, events, ticks = catch_up(packs.pinned, before, now, world)
        pack = packs.pinned(after.hash)
        if not ticks:
            raise ClockStuck("its next moment has come, but nothing on it is due")
    except psycopg.Error:
        raise  # the transaction is gone: the whole batch is taken again
    except Exception as error:
        log.exception("case %s could not be caught up", held.case_id)
        trouble.note(held.case_id, now, f"{type(error).__name__}: {error}")
        return None, 0
    return Change(held.organisation, held.case_id, pack, before, held.head, after, events), ticks
