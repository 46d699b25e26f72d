"""Who plays: an organisation's own people, or the invented ones that a pack brings for its scenarios."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from redress.people.directory import Directory
from redress.people.entries import Held, PersonEntry, UnitEntry
from redress.people.packs import packs_folder
from redress.policy.errors import PackErrors
from redress.policy.language.base import Text
from redress.policy.scenarios.language import Scenario
from redress.policy.scenarios.organisation import Named, OrganisationFile, PersonRow, UnitRow, read_organisation
from redress.policy.scenarios.reader import scenarios_of


def own_cast(directory: Directory, on: date) -> OrganisationFile:
    """The organisation as it stands on that day, as scenarios write one. Stand-ins play in their own seats only."""
    people = []
    for person in directory.people.values():
        if person.active:
            seats = [(held.role, held.unit) for held in directory.held if held.person == person.slug and held.on(on)]
            people.append(
                PersonRow(person=person.slug, zh=person.text.zh, en=person.text.en, seats=tuple(dict.fromkeys(seats)))
            )
    units = (
        UnitRow(unit=unit.slug, kind=unit.kind, under=unit.under, zh=unit.text.zh, en=unit.text.en)
        for unit in directory.units.values()
    )
    named = Named(zh=directory.text.zh, en=directory.text.en)
    return OrganisationFile(organisation=named, units=tuple(units), people=tuple(people))


def directory_of_cast(cast: OrganisationFile, people: Iterable[PersonRow], at: datetime) -> Directory:
    """The cast as pages read an organisation; ``people``: with the seats they have in this scene."""
    people = list(people)
    first = date.min
    return Directory(
        slug="",
        version=0,
        text=Text(zh=cast.zh, en=cast.en),
        pack="",
        settings={},
        channels={},
        created=at,
        units={row.unit: UnitEntry(row.unit, row.under, row.kind, Text(zh=row.zh, en=row.en)) for row in cast.units},
        people={row.person: PersonEntry(row.person, Text(zh=row.zh, en=row.en), True) for row in people},
        held=tuple(Held(row.person, role, unit, first, None) for row in people for role, unit in row.seats),
        stood_in=(),
    )


def invented_cast(pack_id: str) -> OrganisationFile | None:
    """The people a pack brings for its scenarios; None where it brings none."""
    return _cast(str(packs_folder()), pack_id)


def scenarios_by_name(pack_id: str) -> dict[str, Scenario]:
    """The scenarios that live beside a pack, by name, in their order; none where it brings none that can be read."""
    return _scenarios(str(packs_folder()), pack_id)


@lru_cache(maxsize=64)
def _cast(_folder: str, pack_id: str) -> OrganisationFile | None:
    file = packs_folder() / pack_id / "organisation.yaml"
    try:
        return read_organisation(file) if file.is_file() else None
    except PackErrors:
        return None


@lru_cache(maxsize=64)
def _scenarios(_folder: str, pack_id: str) -> dict[str, Scenario]:
    if invented_cast(pack_id) is None:
        return {}
    try:
        return {scenario.scenario: scenario for scenario in scenarios_of(packs_folder() / pack_id)}
    except PackErrors:
        return {}
