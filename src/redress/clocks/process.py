"""The clock as a process: sweeps every second until it is told to stop, and outlives a database that goes away."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from redress.cases import attachments

from .sweep import sweep

log = logging.getLogger(__name__)
TIDY = timedelta(hours=1)
"""How often what nobody needs any more is cleared away."""


def real_time() -> datetime:
    """The one place below the doors that reads a clock: this process is the clock."""
    return datetime.now(UTC)


def run_forever(interval: float = 1.0, now: Callable[[], datetime] = real_time) -> None:
    """Sweeps every ``interval`` seconds; SIGTERM or SIGINT ends it after the batch under way."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    tidied = None
    while not stop.is_set():
        try:
            close_old_connections()
            moment = now()
            swept = sweep(moment)
            if tidied is None or moment - tidied >= TIDY:
                attachments.sweep(moment)
                tidied = moment
            if swept.duties or swept.opened:
                log.info("%s deadlines in %s cases, %s standing duties opened", swept.duties, swept.cases, swept.opened)
        except (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError) as error:
            log.warning("the database does not answer, trying again: %s", " ".join(str(error).split()))
            connection.close()
        except Exception:
            log.exception("a sweep failed, trying again")
            connection.close()
        stop.wait(interval)
