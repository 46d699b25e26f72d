"""What the engine must be told from outside: who is acting, and how the organisation and other cases stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

import msgspec


class Seat(msgspec.Struct, frozen=True):
    """An appointment: a role held in a unit (and, by the tree, in the units below it).

    ``for_person``: the person stood in for, where the seat is held as a stand-in.
    """

    role: str
    unit: str
    for_person: str = ""


class Actor(msgspec.Struct, frozen=True):
    """Who acts: a person's id and seats. The clock and the rules act as ``CLOCK``."""

    id: str
    seats: frozenset[Seat] = frozenset()

    @property
    def is_person(self) -> bool:
        """False for the clock and the rules."""
        return bool(self.id)


CLOCK = Actor("")


class World(Protocol):
    """The organisation and the other cases, as far as a ruling needs them. Answers must be fixed for one command."""

    def lineage(self, unit: str) -> Sequence[str]:
        """The unit and those above it, nearest first; empty for an unknown unit."""

    def unit_kind(self, unit: str) -> str:
        """What sort of unit it is, such as ``department``; "" for an unknown unit."""

    def roles_of(self, person: str, at: datetime) -> Sequence[str]:
        """The roles a person is seated in at ``at``, anywhere; none for an unknown person."""

    def serial(self, series: str) -> int:
        """The next serial of a series (``work-order:2026``), taken."""

    def alike(self, pattern: str, key: str, since: datetime) -> Sequence[str]:
        """Ids of other cases registered since ``since`` with this key under a pattern, oldest first."""

    def committed(self, pattern: str, key: str, since: datetime, authority: str, but: str) -> Decimal:
        """What was committed under an authority (yuan) on cases with this key since ``since``, other than case ``but``."""

    def different(self, cases: Sequence[str], pattern: str, key: str) -> int:
        """How many different keys other than ``key`` these cases have under a pattern; one without a key counts by itself."""
