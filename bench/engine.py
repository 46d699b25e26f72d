"""The engine alone, on one core: decide, evolve and react, by pack; and what it takes to load a pack.

Every command of a pack's scenarios is recorded once with the case and the moment it met; then the same calls are made
again and again. The raw limit is folding the log that they wrote: what must be done even to know a case.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from redress.policy import conditions
from redress.policy.engine.case import Case, evolve
from redress.policy.engine.decide import Accepted, decide
from redress.policy.engine.react import EndlessRules
from redress.policy.errors import PackErrors
from redress.policy.pack import Pack
from redress.policy.reading.reader import _common, load, read_source
from redress.policy.scenarios import stage
from redress.policy.scenarios.suite import Suite

from .figures import Figure, median_of

PART = "engine"


def measure(packs: list[Path], small: bool) -> Iterator[Figure]:
    """The figures of every pack in these folders."""
    seconds, runs = (0.3, 3) if small else (1.0, 5)
    for folder in packs:
        try:
            load(folder)
        except PackErrors as errors:
            print(
                f"pack {folder.name} cannot be used and is left out: {len(errors.problems)} mistakes", file=sys.stderr
            )
            continue
        yield from _loading(folder, runs)
        if (folder / "organisation.yaml").is_file():
            yield from _deciding(folder, seconds, runs)


def _loading(folder: Path, runs: int) -> Iterator[Figure]:
    def whole() -> float:
        # A process that starts has compiled nothing yet.
        conditions._compile.cache_clear()
        conditions._environment.cache_clear()
        _common.cache_clear()
        started = time.perf_counter()
        load(folder)
        return (time.perf_counter() - started) * 1000

    def compiled() -> float:
        source = read_source(folder).source
        started = time.perf_counter()
        _ = Pack(source).hash
        return (time.perf_counter() - started) * 1000

    def raw() -> float:
        started = time.perf_counter()
        for file in folder.rglob("*.yaml"):
            if file.parent.name != "scenarios":
                file.read_bytes()
        return (time.perf_counter() - started) * 1000

    value, limit = median_of(whole, runs), median_of(raw, runs)
    yield Figure(
        PART, f"{folder.name}: read, check and compile", value, "ms", limit, "reading the bytes", value / limit
    )
    yield Figure(PART, f"{folder.name}: build the pack from its source", median_of(compiled, runs), "ms")


def _deciding(folder: Path, seconds: float, runs: int) -> Iterator[Figure]:
    suite = Suite.of(folder)
    with _recorded() as calls:
        suite.play()
    calls = [call for call in calls if _accepted(call) is not None]
    if not calls:
        return
    events = [len(found.events) for call in calls if (found := _accepted(call)) is not None]
    log = [(call[1], found.events) for call in calls if (found := _accepted(call)) is not None]
    rate = median_of(lambda: _rate(calls, seconds), runs)
    per_command = sum(events) / len(events)
    fold = median_of(lambda: _fold_rate(log, seconds / 3), runs)
    yield Figure(PART, f"{folder.name}: commands decided", rate, "1/s")
    yield Figure(
        PART, f"{folder.name}: events decided, folded, reacted to", rate * per_command, "1/s", fold,
        "folding the same events", rate * per_command / fold,
    )  # fmt: skip


def _rate(calls: list[tuple[Any, ...]], seconds: float) -> float:
    done, started = 0, time.process_time()  # of one core, whatever else the machine does
    while (spent := time.process_time() - started) < seconds:
        for call in calls:
            decide(*call)
        done += len(calls)
    return done / spent


def _fold_rate(log: list[tuple[Case, Any]], seconds: float) -> float:
    done, started = 0, time.process_time()  # of one core, whatever else the machine does
    while (spent := time.process_time() - started) < seconds:
        for case, events in log:
            for event in events:
                case = evolve(case, event)
            done += len(events)
    return done / spent


def _accepted(call: tuple[Any, ...]) -> Accepted | None:
    try:
        ruling = decide(*call)
    except EndlessRules:
        return None
    return ruling if isinstance(ruling, Accepted) else None


@contextmanager
def _recorded() -> Iterator[list[tuple[Any, ...]]]:
    """What the scenarios' stage asks the decider, in order."""
    calls: list[tuple[Any, ...]] = []
    decided = stage.decide

    def note(*call: Any) -> Any:
        calls.append(call)
        return decided(*call)

    stage.decide = note  # type: ignore[assignment]
    try:
        yield calls
    finally:
        stage.decide = decided
