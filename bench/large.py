"""What is measured on a large house: it is built once, for the pages at two sizes and for the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from . import pages, sweeping
from .arena import Arena
from .figures import Figure
from .invented import Inventor
from .registering import registered_cases
from .volume import Builder

FEW, MANY, SMALL_MANY, MODELS = 1_000, 1_000_000, 20_000, 300


def measure(arena: Arena, small: bool, asked: set[str]) -> Iterator[Figure]:
    """The figures of the parts asked for."""
    if not asked:
        return
    from redress.cases import case_file
    from redress.people.directory import directory_of

    many, times = (SMALL_MANY, 15) if small else (MANY, 60)
    person = next(iter(directory_of(arena.organisation).people))
    inventor = Inventor(case_file.desk(arena.organisation, person, datetime.now().astimezone()), seed=11)
    builder = Builder(arena, registered_cases(arena, MODELS), inventor)
    if "pages" in asked:
        few = builder.fill(FEW)
        visited_few = pages.visit(arena, few, times)
    house = builder.fill(many)
    yield Figure("volume", f"cases made ({house.open_duties:,} open duties)", house.cases, "cases")
    yield Figure("volume", "time to make them", house.seconds, "s")
    if "pages" in asked:
        yield from pages.figures(visited_few, few.cases, pages.visit(arena, house, times), house.cases)
    if "clock" in asked:
        yield from sweeping.measure(arena, house, small)
