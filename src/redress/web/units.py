"""Units to choose from on a page: those whose work the reader may see, in the order of the tree."""

from __future__ import annotations

from redress.cases.queries.gathered import visible_units

from .access import Member
from .plain_words.names import language


def units_in_reach(member: Member) -> list[tuple[str, str]]:
    """(id, name); nothing to choose where there is only one."""
    seen = visible_units(member.desk)
    units = [(unit.slug, unit.text.of(language())) for unit in member.directory.units.values() if unit.slug in seen]
    return units if len(units) > 1 else []
