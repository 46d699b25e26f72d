"""An organisation in memory: its tree, its people, who holds which seat on a day. What the engine is told comes from here.

A process keeps what it has read and asks one question per command: the organisation's ``version``, by primary key (it rides
in a query that is made anyway). A short-lived cache would be a little cheaper, but a revoked appointment must end at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache

from django.db import connection

from redress.policy.engine.world import Actor, Seat
from redress.policy.language.base import Name, Text

from .entries import Away, Bound, Held, KnownPack, PersonEntry, StoodIn, UnitEntry


class NoSuchOrganisation(LookupError):
    """There is no organisation of that name."""


class NoSuchPerson(LookupError):
    """The organisation has no such person, or the person has left."""


@dataclass(frozen=True)
class Directory:
    """One organisation as it stands at ``version``. Answers the engine's questions about units; see ``cases.world``."""

    slug: str
    version: int
    text: Text
    pack: str
    settings: Mapping[str, object]
    channels: Mapping[str, object]
    created: datetime
    units: Mapping[str, UnitEntry]
    people: Mapping[str, PersonEntry]
    held: Sequence[Held]
    stood_in: Sequence[StoodIn]
    known_packs: Sequence[KnownPack] = field(default=())
    away: Sequence[Away] = field(default=())
    second_factor: frozenset[str] = frozenset()
    bound: Sequence[Bound] = field(default=())

    def pack_on(self, day: date) -> str:
        """The id of the pack that the organisation lives by on that day."""
        return next((one.pack for one in reversed(self.bound) if one.first <= day), self.pack)

    def lineage(self, unit: str) -> Sequence[str]:
        """The unit and those above it, nearest first; empty for an unknown unit."""
        return self._lineages.get(unit, ())

    def unit_kind(self, unit: str) -> str:
        """What sort of unit it is; "" for an unknown one."""
        entry = self.units.get(unit)
        return entry.kind if entry else ""

    @cached_property
    def open_units(self) -> Sequence[UnitEntry]:
        """The units that take new cases: all but the retired ones."""
        return tuple(unit for unit in self.units.values() if unit.active)

    def below(self, unit: str) -> Sequence[str]:
        """The unit and all units under it."""
        return self._below.get(unit, ())

    def unit_text(self, unit: str) -> Text:
        """The unit's name; its id where it is not known (any more)."""
        return self.units[unit].text if unit in self.units else Text(zh=unit, en=unit)

    def person_text(self, person: str) -> Text:
        """The person's name; their id where they are not known (any more)."""
        return self.people[person].text if person in self.people else Name(zh=person, en=person)

    def holders(self, role: str, unit: str, on: date) -> tuple[str, ...]:
        """The people who hold a role for a unit: those in the nearest unit up the tree that has any."""
        for place in self.lineage(unit):
            found = tuple(
                held.person
                for held in self.held
                if held.role == role and held.unit == place and held.on(on) and self.people[held.person].active
            )
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def stand_ins_of(self, person: str, role: str, on: date) -> tuple[str, ...]:
        """The people who act for a person in a role on that day."""
        return tuple(
            row.person
            for row in self.stood_in
            if row.of == person and row.role in ("", role) and row.first <= on <= row.last
        )

    def actor(self, person: str, on: date) -> Actor:
        """The person as the engine sees them on that day, with the seats they stand in for.

        Raises ``NoSuchPerson`` for somebody unknown or gone.
        """
        entry = self.people.get(person)
        if entry is None or not entry.active:
            raise NoSuchPerson(person)
        return self._actor(person, on)

    def seated(self, person: str, on: date) -> Actor:
        """Whoever it was with the seats held on that day, also somebody who has left since."""
        return self._actor(person, on)

    @cached_property
    def _actor(self):  # type: ignore[no-untyped-def]
        return lru_cache(maxsize=4096)(self._seated)

    def _seated(self, person: str, on: date) -> Actor:
        own = {Seat(held.role, held.unit) for held in self.held if held.person == person and held.on(on)}
        lent = {
            Seat(held.role, held.unit, row.of)
            for row in self.stood_in
            if row.person == person and row.first <= on <= row.last
            for held in self.held
            if held.person == row.of and held.on(on) and row.role in ("", held.role)
        }
        return Actor(person, frozenset(own | lent))

    @cached_property
    def _lineages(self) -> dict[str, tuple[str, ...]]:
        lines = {}
        for slug in self.units:
            line: list[str] = []
            place = slug
            while place in self.units and place not in line:
                line.append(place)
                place = self.units[place].under
            lines[slug] = tuple(line)
        return lines

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {slug: [] for slug in self.units}
        for slug, line in self._lineages.items():
            for place in line:
                below[place].append(slug)
        return {slug: tuple(units) for slug, units in below.items()}


def directory_of(organisation: str) -> Directory:
    """The organisation as it now stands: one query by primary key where nothing has changed.

    Raises ``NoSuchOrganisation``.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM organisation WHERE slug = %s", [organisation])
        row = cursor.fetchone()
    if row is None:
        raise NoSuchOrganisation(organisation)
    return directory_at(organisation, row[0])


def directory_at(organisation: str, version: int) -> Directory:
    """The organisation at a version that a query has just told; read anew where this process does not know it yet."""
    known = _known.get(organisation)
    if known is None or known.version != version:
        known = _known[organisation] = _read(organisation)
    return known


_known: dict[str, Directory] = {}


def _read(organisation: str) -> Directory:
    with connection.cursor() as cursor:
        head = _rows(
            cursor,
            "SELECT version, zh, en, pack, settings, channels, created, second_factor FROM organisation WHERE slug = %s",
            organisation,
        )
        if not head:
            raise NoSuchOrganisation(organisation)
        version, zh, en, pack, settings, channels, created, second_factor = head[0]
        units = _rows(cursor, _UNITS, organisation)
        people = _rows(cursor, _PEOPLE, organisation)
        held = _rows(cursor, _HELD, organisation)
        stood_in = _rows(cursor, _STOOD_IN, organisation)
        bound = _rows(cursor, _BOUND, organisation)
        packs = _rows(cursor, _PACKS, [pack, *(row[0] for row in bound)])
        away = _rows(cursor, _AWAY, organisation)
    return Directory(
        slug=organisation,
        version=version,
        text=Name(zh=zh, en=en),
        pack=pack,
        settings=_json(settings),
        channels=_json(channels),
        created=created,
        units={row[0]: _unit(*row) for row in units},
        people={row[0]: PersonEntry(row[0], Name(zh=row[1], en=row[2]), row[3], row[4]) for row in people},
        held=tuple(Held(*row) for row in held),
        stood_in=tuple(StoodIn(*row) for row in stood_in),
        known_packs=tuple(KnownPack(*row[:3], settings=_json(row[3]), pack=row[4]) for row in packs),
        bound=tuple(Bound(*row) for row in bound),
        away=tuple(Away(*row) for row in away),
        second_factor=frozenset(json.loads(second_factor) if isinstance(second_factor, str) else second_factor),
    )


def _unit(slug: str, under: str | None, kind: str, zh: str, en: str, active: bool) -> UnitEntry:
    # The unit at the top bears the name of the house; those below are called by words (a counter, a department).
    return UnitEntry(slug, under or "", kind, Text(zh=zh, en=en) if under else Name(zh=zh, en=en), active)


def _rows(cursor, sql: str, value: object):  # type: ignore[no-untyped-def]
    cursor.execute(sql, [value])
    return cursor.fetchall()


def _json(value: object) -> dict[str, object]:
    return dict(json.loads(value)) if isinstance(value, str) else dict(value or {})  # type: ignore[call-overload]


_UNITS = """
    SELECT u.slug, p.slug, u.kind, u.zh, u.en, u.active FROM unit u LEFT JOIN unit p ON p.id = u.parent_id
    WHERE u.organisation_id = %s ORDER BY u.id
"""
_PEOPLE = "SELECT slug, zh, en, active, administers FROM person WHERE organisation_id = %s ORDER BY id"
_HELD = """
    SELECT p.slug, a.role, u.slug, a.from_date, a.to_date
    FROM appointment a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id
    WHERE p.organisation_id = %s ORDER BY a.id
"""
_STOOD_IN = """
    SELECT p.slug, f.slug, s.role, s.from_date, s.to_date
    FROM stand_in s JOIN person p ON p.id = s.person_id JOIN person f ON f.id = s.for_person_id
    WHERE p.organisation_id = %s ORDER BY s.id
"""
_PACKS = """
    SELECT hash, version, effective_from, settings, pack FROM pack_version WHERE pack = ANY(%s)
    ORDER BY effective_from, first_seen
"""
_BOUND = "SELECT pack, from_date FROM pack_binding WHERE organisation_id = %s ORDER BY from_date"
_AWAY = """
    SELECT p.slug, a.reason, a.from_date, a.to_date FROM absence a JOIN person p ON p.id = a.person_id
    WHERE p.organisation_id = %s ORDER BY a.from_date, a.id
"""
