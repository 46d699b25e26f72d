"""A signed-in person at their desk, as every page knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from redress.cases.case_file import Desk
from redress.people.directory import Directory
from redress.policy.engine.world import Actor
from redress.policy.pack import Pack

from .plain_words.names import language


@dataclass(frozen=True)
class Member:
    """A signed-in person at their desk: their organisation, its policy, their seats today, and the moment of the request."""

    organisation: str
    person: str
    desk: Desk

    @property
    def directory(self) -> Directory:
        return self.desk.directory

    @property
    def pack(self) -> Pack:
        return self.desk.pack

    @property
    def actor(self) -> Actor:
        return self.desk.actor

    @property
    def now(self) -> datetime:
        return self.desk.now

    @property
    def zone(self) -> ZoneInfo:
        return self.pack.zone()

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def name(self) -> str:
        return self.directory.person_text(self.person).of(language())

    @property
    def organisation_name(self) -> str:
        return self.directory.text.of(language())

    @property
    def seats_in_words(self) -> list[str]:
        """The roles held, each once, with those stood in for."""
        return list(
            dict.fromkeys(self.pack.role_text(seat.role).of(language()) for seat in sorted(self.actor.seats, key=str))
        )

    @property
    def home(self) -> str:
        """The unit of the person's own seat that stands lowest in the tree; the top unit for somebody without a seat."""
        own = [seat.unit for seat in self.actor.seats if not seat.for_person and seat.unit in self.directory.units]
        return max(own, key=lambda unit: (len(self.directory.lineage(unit)), unit), default=self.top)

    @property
    def top(self) -> str:
        """The organisation itself in its tree."""
        return next((unit.slug for unit in self.directory.units.values() if not unit.under), "")

    @property
    def at_the_top(self) -> bool:
        """Whether they hold a seat of their own in the top unit."""
        return any(seat.unit == self.top and not seat.for_person for seat in self.actor.seats)

    @property
    def administers(self) -> bool:
        """Whether they may set the organisation up: by a seat at the top, or because they were named for it."""
        return self.at_the_top or self.directory.people[self.person].administers

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role of theirs may only be worked in after a second factor at sign-in."""
        needed = self.directory.second_factor
        return "*" in needed or any(seat.role in needed for seat in self.actor.seats)
