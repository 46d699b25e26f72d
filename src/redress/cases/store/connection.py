"""The raw PostgreSQL connection behind Django's, inside Django's transactions: for statements where time counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from django.db import connection

T = TypeVar("T")
ATTEMPTS = 3
PREPARED_AFTER = 2
"""Executions of one statement on one connection after which the server keeps its plan."""


def cursor() -> psycopg.Cursor[Any]:
    """A server-side binding cursor with prepared statements on the current thread's connection."""
    connection.ensure_connection()
    raw = connection.connection
    if raw.prepare_threshold is None:  # Django's own queries do not prepare; ours do
        raw.prepare_threshold = PREPARED_AFTER
    return psycopg.Cursor(raw)


def undeadlocked(transaction: Callable[[], T]) -> T:
    """Runs a whole transaction, again when PostgreSQL chose it to end a deadlock (it had done nothing then).

    Within a larger transaction nothing can be run again: the error is the caller's.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return transaction()
        except psycopg.errors.DeadlockDetected:
            if connection.in_atomic_block:
                raise
    return transaction()
