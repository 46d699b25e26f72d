"""What makes a readable pack wrong: undefined names, unreachable rules, contradictions, clauses without a rule.

One module per concern, each with ``check(study)``. ``reading`` has already told what is wrong with the form.
"""

from __future__ import annotations

from redress.policy.errors import Problem
from redress.policy.reading.folder import Folder

from . import conditions, names, triggers
from .study import Study

SAFE = (names, triggers)
"""These stay true when some rules could not be typed: the ids of those count as declared."""
WHOLE = (conditions,)
"""These need every rule, and names that exist."""


def check_source(read: Folder) -> list[Problem]:
    """Every mistake in a pack that has been read, in the order of its files."""
    study = Study(read)
    for concern in SAFE if read.broken else (*SAFE, *WHOLE):
        concern.check(study)
    return sorted(set(study.problems))
