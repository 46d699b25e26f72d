"""The clock: a sweep when nothing is due among all open duties, and one with thousands of late duties.

The late ones are real cases in a house of their own, in the same tables: they have gone through the engine, and after the sweep
`redress verify` must find nothing wrong with them. Bare means: the same rows locked, appended and updated by plain psycopg.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from . import bare_ticks
from .arena import Arena, found_house
from .figures import Figure, at_least, at_most, median_of
from .invented import Inventor
from .volume import House

PART = "clock"
HOME = "bench-late"
MODELS = 100


def measure(arena: Arena, house: House, small: bool) -> Iterator[Figure]:
    """The figures."""
    from redress.clocks.sweep import sweep

    late = 1_000 if small else 10_000
    found_house(arena.pack, HOME)
    now = datetime.now().astimezone()
    sweep(now)  # what came due meanwhile, and the standing duties, are out of the way
    made = _late_cases(arena, now, late)
    idle = median_of(lambda: _milliseconds(now - timedelta(days=365)), 9)
    started = time.perf_counter()
    swept = sweep(now)
    spent = time.perf_counter() - started
    if swept.cases != made:
        raise RuntimeError(f"{made} cases were due and {swept.cases} were swept")
    idle_after = median_of(lambda: _milliseconds(now), 9)
    _verify()
    limit = bare_ticks.update_rate(arena, HOME, 200)
    rate = swept.duties / spent
    open_duties = f"{house.open_duties:,} open duties"
    yield Figure(
        PART,
        f"a sweep with nothing due, {open_duties}",
        max(idle, idle_after),
        "ms",
        **at_most(max(idle, idle_after), 5, "< 5 ms"),
    )  # type: ignore[arg-type]
    yield Figure(PART, f"a sweep of {swept.duties:,} late duties", spent, "s")
    yield Figure(
        PART,
        "late duties handled",
        rate,
        "1/s",
        limit,
        "the same rows by bare psycopg",
        rate / limit,
        **at_least(rate, 3000, ">= 3,000/s"),
    )  # type: ignore[arg-type]


def _milliseconds(now: datetime) -> float:
    from redress.clocks.sweep import sweep

    started = time.perf_counter()
    swept = sweep(now)
    spent = (time.perf_counter() - started) * 1000
    if swept.cases:
        raise RuntimeError("something was due after all")
    return spent


def _late_cases(arena: Arena, now: datetime, many: int) -> int:
    """Cases with exactly one deadline that has just passed: registered so long ago that their first one is over."""
    from django.db import transaction

    from redress.cases import case_file
    from redress.cases.cleaning import cleaned
    from redress.cases.clock import catch_up
    from redress.cases.ids import new_case_id
    from redress.cases.store.connection import cursor as store_cursor
    from redress.cases.store.writing import Change, write
    from redress.cases.world import WritingWorld
    from redress.people import packs
    from redress.policy.engine.case import Case
    from redress.policy.engine.decide import Accepted, decide
    from redress.policy.engine.events import DutyLate

    desk = case_file.desk(HOME, _anybody(HOME), now)
    inventor, models = Inventor(desk, seed=21), []
    with transaction.atomic(), store_cursor() as cursor:
        while len(models) < MODELS:
            made = inventor.complaint()
            world = WritingWorld(desk.directory, cursor, "")
            for past in _moments(now):
                at = past.astimezone(desk.pack.zone())
                actor = desk.directory.actor(made.person, at.date())
                ruling = decide(desk.pack, Case(id="0"), cleaned(made.command), actor, at, world)
                assert isinstance(ruling, Accepted), ruling
                _, events, ticks = catch_up(packs.pinned, ruling.case, now, world)
                if ticks == 1 and any(isinstance(event, DutyLate) for event in events):
                    models.append((ruling.case, ruling.events, at))
                    break
        transaction.set_rollback(True)
    from msgspec.structs import replace

    case_file.desk(HOME, _anybody(HOME), now)
    for start in range(0, many, 200):
        with transaction.atomic(), store_cursor() as cursor:
            changes = []
            for number in range(start, min(many, start + 200)):
                case, events, at = models[number % MODELS]
                case_id = new_case_id(at)
                changes.append(Change(HOME, case_id, desk.pack, None, b"", replace(case, id=str(case_id)), events))
            write(cursor, changes)
    return many


def _moments(now: datetime) -> Iterator[datetime]:
    """Ever longer ago: 1 minute, and then half as much again."""
    minutes = 1.0
    while minutes < 60 * 24 * 60:
        yield now - timedelta(minutes=minutes)
        minutes *= 1.3


def _anybody(organisation: str) -> str:
    from redress.people.directory import directory_of

    return next(iter(directory_of(organisation).people))


def _verify() -> None:
    """Raises where the late house does not verify after the sweep."""
    done: Any = subprocess.run(
        [sys.executable, "-m", "redress.cli", "verify", "--organisation", HOME], capture_output=True, text=True
    )
    if done.returncode != 0:
        raise RuntimeError(f"the swept cases do not verify:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
