"""What is measured on a large house: it is built once, for the pages at two sizes and for the clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from . import pages, sweeping
from .arena import Arena, found_house
from .figures import Figure
from .invented import Inventor
from .registering import registered_cases
from .volume import Builder

FEW, MANY, SMALL_MANY, MODELS = 1_000, 1_000_000, 20_000, 300
HOME = "bench-large"


class Large:
    """A house that grows: the pages are visited while it is small, and again, with the clock, when it is large."""

    def __init__(self, arena: Arena, small: bool, asked: set[str]) -> None:
        from redress.cases import case_file
        from redress.people.directory import directory_of

        self.arena = replace(arena, organisation=found_house(arena.pack, HOME))
        self.small, self.asked = small, asked
        self.many, self.times = (SMALL_MANY, 15) if small else (MANY, 60)
        person = next(iter(directory_of(HOME).people))
        inventor = Inventor(case_file.desk(HOME, person, datetime.now().astimezone()), seed=11)
        self.builder = Builder(self.arena, registered_cases(self.arena, MODELS), inventor)
        self.few = self.builder.fill(FEW)
        self.visited_few = pages.visit(self.arena, self.few, self.times) if "pages" in asked else {}

    def measure(self) -> Iterator[Figure]:
        """The figures of the parts asked for."""
        house = self.builder.fill(self.many)
        yield Figure("volume", f"cases made ({house.open_duties:,} open duties)", house.cases, "cases")
        yield Figure("volume", "time to make them", house.seconds, "s")
        if "pages" in self.asked:
            visited = pages.visit(self.arena, house, self.times)
            yield from pages.figures(self.visited_few, self.few.cases, visited, house.cases)
        if "clock" in self.asked:
            yield from sweeping.measure(self.arena, house, self.small)
