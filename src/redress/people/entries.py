"""What a directory holds: units, people, seats and stand-ins with their days, and the packs that the database keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from redress.policy.language.base import Text


@dataclass(frozen=True)
class UnitEntry:
    slug: str
    under: str
    kind: str
    text: Text
    active: bool = True


@dataclass(frozen=True)
class PersonEntry:
    slug: str
    text: Text
    active: bool
    administers: bool = False


@dataclass(frozen=True)
class Held:
    """A role held in a unit from one day to another, both included."""

    person: str
    role: str
    unit: str
    first: date
    last: date | None

    def on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class StoodIn:
    """``person`` acts for ``of`` in ``role`` ("" for all) from one day to another, both included."""

    person: str
    of: str
    role: str
    first: date
    last: date


@dataclass(frozen=True)
class Away:
    """``person`` is away from one day to another, both included."""

    person: str
    reason: str
    first: date
    last: date


@dataclass(frozen=True)
class KnownPack:
    """A version of one of the organisation's packs that the database keeps."""

    hash: str
    version: str
    effective_from: date
    settings: Mapping[str, object]
    pack: str = ""


@dataclass(frozen=True)
class Bound:
    """From this day on the organisation lives by this pack."""

    pack: str
    first: date
