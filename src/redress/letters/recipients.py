"""Whom a notice reaches: the person named, else those who hold its roles nearest, and whoever stands in for them today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from redress.people.directory import Directory


def recipients(
    directory: Directory, roles: Sequence[str], unit: str, person: str, on: date, hidden_from: Collection[str] = ()
) -> tuple[str, ...]:
    """The people to tell, once each. Nobody is told of a case that a recusal hides from them."""
    named: list[tuple[str, str]] = [(person, roles[0] if roles else "")] if person else []
    if not person:
        named = [(holder, role) for role in roles for holder in directory.holders(role, unit, on)]
    found = [one for holder, role in named for one in (holder, *directory.stand_ins_of(holder, role, on))]
    return tuple(
        one
        for one in dict.fromkeys(found)
        if one not in hidden_from and one in directory.people and directory.people[one].active
    )
