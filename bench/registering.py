"""Registering one complaint: through the service and through HTTP, beside the same rows inserted bare.

Bare means: psycopg, no framework, no decision, no case to fold; the very rows that a registration writes, with new ids, one
transaction per complaint, into the same tables with the same indexes.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from . import bare
from .arena import Arena
from .figures import Figure, at_least
from .invented import Inventor
from .visitors import Visitors

PART = "register"
CLIENTS = 8


def measure(arena: Arena, small: bool) -> Iterator[Figure]:
    """The figures; several rounds, in which each way has its turn in the same minute."""
    rounds, seconds = (2, 1.5) if small else (5, 4.0)
    rates: dict[str, list[float]] = {}

    def note(name: str, rate: float) -> None:
        rates.setdefault(name, []).append(rate)

    with Visitors(arena, CLIENTS) as visitors:
        rows = bare.rows_of(arena, registered_cases(arena, 200))
        for _ in range(rounds):
            note("bare 1", bare.rate(arena, rows, 1, seconds))
            note("service 1", _service_rate(arena, 1, seconds))
            note("bare 8", bare.rate(arena, rows, CLIENTS, seconds))
            note("http", visitors.registration_rate(seconds))
            note("http 1", visitors.registration_rate(seconds, 1))
    found = {name: statistics.median(values) for name, values in rates.items()}
    one, eight = found["bare 1"], found["bare 8"]
    service, http = found["service 1"] / one, found["http"] / eight
    yield Figure(PART, f"bare psycopg, 1 connection ({bare.describe(rows)})", one, "1/s")
    yield Figure(PART, f"bare psycopg, {CLIENTS} connections", eight, "1/s")
    yield Figure(
        PART,
        "service, 1 caller",
        found["service 1"],
        "1/s",
        one,
        "bare, 1 connection",
        service,
        **at_least(service, 0.30, "ratio >= 0.30"),
    )  # type: ignore[arg-type]
    yield Figure(
        PART,
        f"HTTP, {CLIENTS} clients",
        found["http"],
        "1/s",
        eight,
        f"bare, {CLIENTS} connections",
        http,
        **at_least(http, 0.12, "ratio >= 0.12"),
    )  # type: ignore[arg-type]
    yield Figure(
        PART,
        f"HTTP, {CLIENTS} clients, beside one bare connection",
        found["http"],
        "1/s",
        one,
        "bare, 1 connection",
        found["http"] / one,
    )
    yield Figure(PART, "HTTP, 1 client", found["http 1"], "1/s", one, "bare, 1 connection", found["http 1"] / one)


def registered_cases(arena: Arena, many: int) -> list[str]:
    """The ids of complaints registered just now through the service."""
    ids: list[str] = []
    _register(arena, lambda: len(ids) < many, ids, seed=99)
    return ids


def _service_rate(arena: Arena, callers: int, seconds: float) -> float:
    ids: list[str] = []
    _register(arena, lambda: len(ids) < 50, ids, seed=7)  # the process has met the policy and the statements
    ids.clear()
    end = time.perf_counter() + seconds
    started = time.perf_counter()
    _register(arena, lambda: time.perf_counter() < end, ids, seed=int(time.time()))
    return len(ids) / (time.perf_counter() - started)


def _register(arena: Arena, more: Callable[[], bool], ids: list[str], seed: int) -> None:
    from redress.cases import case_file
    from redress.cases.case_file import Done

    desk = case_file.desk(arena.organisation, _anybody(arena), datetime.now().astimezone())
    inventor = Inventor(desk, seed)
    while more():
        made = inventor.complaint()
        outcome = case_file.register(arena.organisation, made.command, made.person, datetime.now().astimezone())
        assert isinstance(outcome, Done), outcome
        ids.append(str(outcome.case_id))


def _anybody(arena: Arena) -> str:
    from redress.people.directory import directory_of

    return next(iter(directory_of(arena.organisation).people))
