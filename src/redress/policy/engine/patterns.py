"""The keys by which cases are alike: what the store keeps beside a case so that patterns can be found across cases."""

from __future__ import annotations

from collections.abc import Mapping

from redress.policy.language.rulings import Pattern
from redress.policy.pack import Pack

from .case import Case


def key_of(case: Case, pattern: Pattern) -> str:
    """The case's key under a pattern: its values joined, folded to lower case without blanks; "" where one is missing."""
    values = [str(case.fields.get(field) or "").strip().casefold().replace(" ", "") for field in pattern.same]
    return "|".join(values) if all(values) else ""


def keys_of(pack: Pack, case: Case) -> Mapping[str, str]:
    """All keys of a case, by pattern id, leaving out patterns it has no key for or is not to be found by."""
    found = {name: key_of(case, pattern) for name, pattern in pack.patterns.items() if _is_found(case, pattern)}
    return {name: key for name, key in found.items() if key}


def _is_found(case: Case, pattern: Pattern) -> bool:
    return not pattern.found_if or case.fields.get(pattern.found_if) is True
