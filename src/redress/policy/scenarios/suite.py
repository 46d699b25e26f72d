"""A pack with its scenarios, ready to be tested, covered and mutated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from redress.policy.pack import Pack
from redress.policy.reading import load

from .language import Scenario
from .organisation import OrganisationFile, read_organisation
from .reader import read_scenarios, scenarios_of
from .runner import Played, play


@dataclass(frozen=True)
class Suite:
    """A pack, the organisation that plays it, and its scenarios."""

    pack: Pack
    organisation: OrganisationFile
    scenarios: tuple[Scenario, ...]

    @classmethod
    def of(cls, folder: Path, extra: Iterable[Path] = ()) -> Suite:
        """Reads a pack's folder; with ``extra`` files, only the scenarios in those. Raises ``PackErrors``."""
        extra = list(extra)
        scenarios = read_scenarios(extra) if extra else scenarios_of(folder)
        return cls(load(folder), read_organisation(folder / "organisation.yaml"), tuple(scenarios))

    def play(self) -> list[Played]:
        """Plays every scenario."""
        return [play(self.pack, self.organisation, scenario) for scenario in self.scenarios]
