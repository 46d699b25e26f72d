"""The raw PostgreSQL connection behind Django's, inside Django's transactions: for statements where time counts."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connection

PREPARED_AFTER = 2
"""Executions of one statement on one connection after which the server keeps its plan."""


def cursor() -> psycopg.Cursor[Any]:
    """A server-side binding cursor with prepared statements on the current thread's connection."""
    connection.ensure_connection()
    raw = connection.connection
    if raw.prepare_threshold is None:  # Django's own queries do not prepare; ours do
        raw.prepare_threshold = PREPARED_AFTER
    return psycopg.Cursor(raw)
