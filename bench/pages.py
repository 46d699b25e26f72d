"""The pages as one person meets them, at a thousand cases and at a million: how long, and how many queries.

In this process through Django's handlers with all middleware, and over HTTP from the real server. The raw limit is the
emptiest page there is, `/healthz`, asked for in the same way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg

from .arena import Arena
from .figures import Figure, at_most, percentile
from .invented import RARE
from .visitors import Visitors
from .volume import House

PART = "pages"


@dataclass(frozen=True)
class Timing:
    """Milliseconds, and queries per page."""

    p50: float
    p95: float
    queries: int


Timings = dict[tuple[str, str], Timing]
"""By (way, page)."""


def visit(arena: Arena, house: House, times: int) -> Timings:
    """Every page, asked for ``times`` times each way."""
    found: Timings = {}
    person = _busiest(arena)
    pages = _pages(house)
    client = _client(arena, person)
    for name, paths in pages.items():
        found["in process", name] = _timed(lambda path: _get(client, path), paths, times)
    with Visitors(arena, 1) as visitors:
        visitor = visitors.seated[0][1]
        visitor.cookies.clear()
        visitor.sign_in(f"{arena.organisation}.{person}")
        for name, paths in pages.items():
            found["HTTP", name] = _timed(lambda path: visitor.get(path), paths, times)
    return found


def figures(small: Timings, small_cases: int, large: Timings, large_cases: int) -> Iterator[Figure]:
    """What the two visits say of each page."""
    for (way, name), timing in large.items():
        before = small[way, name]
        empty = large[way, "an empty page"]
        where = f"{way}: {name}"
        if name == "an empty page":
            yield Figure(PART, where, timing.p50, "ms p50")
            continue
        yield Figure(
            PART,
            f"{where}, {large_cases:,} cases",
            timing.p95,
            "ms p95",
            empty.p95,
            "an empty page",
            timing.p95 / empty.p95,
            **at_most(timing.p95, 100, "< 100 ms"),
        )  # type: ignore[arg-type]
        growth = timing.p50 / before.p50
        yield Figure(
            PART,
            f"{where}, p50",
            timing.p50,
            "ms p50",
            before.p50,
            f"at {small_cases:,} cases",
            growth,
            **at_most(growth, 1.5, "ratio < 1.5"),
        )  # type: ignore[arg-type]
        if way == "in process":
            yield Figure(
                PART,
                f"{where}, queries",
                timing.queries,
                "queries",
                before.queries,
                f"at {small_cases:,} cases",
                timing.queries / before.queries,
                **at_most(timing.queries, before.queries, "no more"),
            )  # type: ignore[arg-type]


def _pages(house: House) -> dict[str, list[str]]:
    return {
        "an empty page": ["/healthz"],
        "my work": ["/"],
        "my work, the pulse": ["/pulse"],
        "approvals": ["/approvals"],
        "callbacks": ["/callbacks"],
        "queue": ["/cases"],
        "queue, late only": ["/cases?late=1"],
        "queue, filtered by stage": ["/cases?stage=registered"],
        "queue, next due first": ["/cases?sort=due"],
        "queue, due within a day": ["/cases?due=24h"],
        "policy, deadlines": ["/policy/deadlines"],
        "case": [f"/cases/{case_id}" for case_id in house.real],
        "search, one common character": ["/cases?q=水", "/cases?q=电"],
        "search, one rare character": [f"/cases?q={RARE[0]}", f"/cases?q={RARE[-1]}"],
        "search, two common characters": ["/cases?q=水管", "/cases?q=道歉"],
        "search, two rare characters": [f"/cases?q={RARE[:2]}"],
        "search, four common characters": ["/cases?q=垃圾两天", "/cases?q=要求退款"],
        "search, four rare characters": [f"/cases?q={RARE[:4]}"],
        "search, nothing found": ["/cases?q=鲲鹏展翅"],
        "search, a number": ["/cases?q=BN0000500"],
        **_places(),
        "search everywhere, a number": ["/search?q=BN0000500"],
        "search everywhere, a telephone": [f"/search?q={_phone(house)}"],
        "search everywhere, the end of a telephone": [f"/search?q={_phone(house)[-4:]}"],
        "search everywhere, one common character": ["/search?q=水"],
        "search everywhere, four common characters": ["/search?q=垃圾两天"],
        "search everywhere, four rare characters": [f"/search?q={RARE[:4]}"],
        "search everywhere, nothing found": ["/search?q=鲲鹏展翅"],
    }


def _phone(house: House) -> str:
    """The telephone number of one of the real cases."""
    from redress.cases.models import CaseKey
    from redress.cases.store.callers import PHONE

    key = CaseKey.objects.filter(case_id__in=house.real, pattern=PHONE).values_list("key", flat=True).first()
    return (key or "00000000831")[::-1]


def _places() -> dict[str, list[str]]:
    """The places of the navigation that gather cases, as far as there are such pages."""
    from django.urls import NoReverseMatch, reverse

    found = {}
    for name in ("approvals", "callbacks", "rounds", "corrections", "ledger", "lessons", "board", "guidance"):
        with suppress(NoReverseMatch):
            found[name] = [reverse(name)]
    return found


def _timed(get: Callable[[str], Any], paths: list[str], times: int) -> Timing:
    from urllib.parse import quote

    asked = [quote(path, safe="/?=&-") for path in paths]
    for path in asked:
        get(path)
    get(asked[0])
    with counted() as count:
        get(asked[0])
    spent = []
    for number in range(times):
        started = time.perf_counter()
        get(asked[number % len(asked)])
        spent.append((time.perf_counter() - started) * 1000)
    return Timing(percentile(spent, 0.5), percentile(spent, 0.95), count[0])


def _get(client: Any, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"GET {path}: {answer.status_code}")


def _client(arena: Arena, person: str) -> Any:
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.get(username=f"{arena.organisation}.{person}"))
    return client


def _busiest(arena: Arena) -> str:
    """Whoever has the most to do: the hardest case for My work."""
    from datetime import datetime

    from redress.cases import case_file
    from redress.cases.queries import counts, my_work
    from redress.people.directory import directory_of

    now = datetime.now().astimezone()
    people = directory_of(arena.organisation).people

    def load(person: str) -> tuple[int, int]:
        desk = case_file.desk(arena.organisation, person, now)
        return counts(desk).open, len(my_work(desk))

    return max(people, key=load)


@contextmanager
def counted() -> Iterator[list[int]]:
    """Every statement that psycopg sends, Django's and our own."""
    count, execute = [0], psycopg.Cursor.execute

    def counting(self: Any, query: Any, *values: Any, **options: Any) -> Any:
        text = query if isinstance(query, str) else ""
        count[0] += not text.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
        return execute(self, query, *values, **options)

    psycopg.Cursor.execute = counting  # type: ignore[method-assign]
    try:
        yield count
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign]
