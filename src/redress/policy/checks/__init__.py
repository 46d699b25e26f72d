"""What makes a readable pack wrong: undefined names, unreachable rules, contradictions, clauses without a rule.

One module per concern, each with ``check(study)``. ``reading`` has already told what is wrong with the form.
"""

from __future__ import annotations

from collections.abc import Callable

from redress.policy.errors import Problem
from redress.policy.reading.folder import Folder

from . import (
    appealing,
    approving,
    clauses,
    conditions,
    contacts,
    deadlines,
    figures,
    filling,
    formulas,
    hands,
    identifiers,
    names,
    outcomes,
    reach,
    tables,
    times,
    triggers,
    values,
    wholes,
    wording,
)
from .study import Study

Check = Callable[[Study], None]
SAFE: tuple[Check, ...] = (names.check, triggers.check, identifiers.check, clauses.check_cited)
"""These stay true when some rules could not be typed: the ids of those count as declared."""
WHOLE: tuple[Check, ...] = (
    conditions.check, tables.check, values.check, filling.check, hands.check, approving.check, appealing.check, deadlines.check,
    wholes.check, reach.check, figures.check, outcomes.check, contacts.check, times.check, formulas.check, clauses.check, wording.check,
)  # fmt: skip
"""These need every rule."""


def check_source(read: Folder) -> list[Problem]:
    """Every mistake in a pack that has been read, in the order of its files."""
    if read.unread:
        return []  # every name the unread file declares would seem to be missing
    study = Study(read)
    for check in SAFE if read.broken else (*SAFE, *WHOLE):
        check(study)
    return sorted(set(study.problems))
