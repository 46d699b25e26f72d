"""``organisation.yaml``: the units and people that a pack's scenarios and its demo organisation are played by."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field as Key
from pydantic import ValidationError, field_validator

from redress.policy.engine.world import Actor, Seat
from redress.policy.errors import PackErrors, Problem
from redress.policy.language.base import Written
from redress.policy.reading.yaml_tree import Tree


class Named(Written):
    """The organisation's own name."""

    zh: str
    en: str = ""


class UnitRow(Written):
    """A unit: ``kind`` (company, department, project...), under which other unit."""

    unit: str
    kind: str
    under: str = ""
    zh: str
    en: str = ""


class PersonRow(Written):
    """A person and the seats they hold, as (role, unit)."""

    person: str
    zh: str
    en: str = ""
    seats: tuple[tuple[str, str], ...] = ()

    @field_validator("seats", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, list):
            return [tuple(str(item).split("@", 1)) if isinstance(item, str) else item for item in value]
        return value


class OrganisationFile(Written):
    """The whole file. Units come with those above them first."""

    organisation: Named
    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...] = Key(min_length=1)

    @property
    def zh(self) -> str:
        """Its name in Chinese."""
        return self.organisation.zh

    @property
    def en(self) -> str:
        """Its name in English, "" where it has none."""
        return self.organisation.en

    def actor(self, person: str) -> Actor:
        """The person as the engine sees them. Raises ``KeyError`` for an unknown person."""
        row = next((row for row in self.people if row.person == person), None)
        if row is None:
            raise KeyError(person)
        return Actor(row.person, frozenset(Seat(role, unit) for role, unit in row.seats))


def read_organisation(path: Path) -> OrganisationFile:
    """The file at ``path``. Raises ``PackErrors`` with the place of every mistake."""
    tree = Tree(f"{path.parent.name}/{path.name}", path.read_text(encoding="utf-8"))
    try:
        return OrganisationFile.model_validate(tree.data)
    except ValidationError as error:
        raise PackErrors(
            Problem(
                tree.place(detail["loc"]),
                "organisation",
                f"写法不对：{detail['msg']}",
                f"not written right: {detail['msg']}",
            )
            for detail in error.errors()
        ) from error
