"""Expectations of the case itself: stage, round, version, fields, people."""

from __future__ import annotations

from collections.abc import Iterator

from ..language import Expect
from .seen import Seen


def facts(seen: Seen, expect: Expect) -> Iterator[str]:
    """What does not hold of the facts."""
    case = seen.case
    for word in ("stage", "round", "version"):
        wanted = getattr(expect, word)
        if wanted is not None and wanted != getattr(case, word):
            yield f"{word} should be {wanted}, is {getattr(case, word)}"
    if expect.status is not None and expect.status != seen.stage.pack.head.effective.status:
        yield f"the policy's status should be {expect.status}, is {seen.stage.pack.head.effective.status}"
    for name, value in expect.fields.items():
        if str(case.fields.get(name, "")) != str("" if value is None else value) and case.fields.get(name) != value:
            yield f"{name} should be {value!r}, is {case.fields.get(name)!r}"
    for slot, who in expect.people.items():
        if case.people.get(slot, "") != (seen.actor(who).id if who else ""):
            yield f"{slot} should be {who}, is {case.people.get(slot, 'nobody')}"
