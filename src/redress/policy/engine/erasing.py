"""What is left of a case's log when its personal data is erased.

What happened, when, by whom and under which clause stays. Values of personal fields go, file names go, and where other words
repeat a personal value (the customer's name in an account of what happened), it is masked. Pure: the store swaps the bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from redress.policy.pack import Pack

from . import events as ev
from .case import Case

MASK = "***"
SHORTEST = 2
"""Characters of a personal value that is looked for in other words."""
WORDY = ("text", "long-text")
_FREE = ("reason", "note", "item", "to", "place")
"""Members of events in which people write freely."""
_DIGITS = re.compile(r"[\d\s()+-]{5,}")


def is_erased(pack: Pack, field: str) -> bool:
    """Whether an erasure takes the values of this field: personal ones, and the names of files and papers."""
    rule = pack.fields.get(field)
    return rule is not None and (rule.personal or rule.type == "file")


def erasure_of(pack: Pack, case: Case, done: ev.ActDone, clauses: tuple[str, ...]) -> ev.Erased:
    """The event that says what goes from the case as it stands."""
    fields = tuple(name for name in case.fields if is_erased(pack, name))
    files = tuple(file.id for file in case.files.values() if file.erased_at is None)
    return ev.Erased(at=done.at, by=done.by, fields=fields, files=files, clauses=clauses)


class Eraser:
    """Takes the personal data of one case out of its events; ``log`` is all of them, in which that data is found."""

    def __init__(self, pack: Pack, log: Iterable[ev.Event]) -> None:
        self._pack = pack
        self._words = _pattern(word for event in log for word in _personal_words(pack, event))

    def without(self, event: ev.Event) -> ev.Event:
        """The event with nothing personal in it; the same one where there was nothing."""
        changed = dict(self._changes(event))
        return replace(event, **changed) if changed else event

    def _changes(self, event: ev.Event) -> Iterator[tuple[str, Any]]:
        if isinstance(event, ev.Attached) and (event.name or event.note):
            yield from (("name", ""), ("note", ""))
            return
        if isinstance(event, ev.LedgerAppealed) and event.evidence:
            yield "evidence", ()
        values = values_of(event)
        left = {name: self._left(name, value) for name, value in values.items() if not is_erased(self._pack, name)}
        if left != values:
            yield "values", left
        for name in _FREE:
            text = getattr(event, name, "")
            if isinstance(text, str) and text and (masked := self._masked(text)) != text:
                yield name, masked

    def _left(self, field: str, value: Any) -> Any:
        rule = self._pack.fields.get(field)
        free = isinstance(value, str) and (rule is None or rule.type in WORDY)
        return self._masked(value) if free else value

    def _masked(self, text: str) -> str:
        return self._words.sub(MASK, text) if self._words else text


def values_of(event: ev.Event) -> dict[str, Any]:
    """The field values that an event records."""
    return event.values if isinstance(event, (ev.ActDone, ev.FieldsSet, ev.ApprovalVoted)) else {}


def _personal_words(pack: Pack, event: ev.Event) -> Iterator[str]:
    if isinstance(event, ev.Attached):
        yield event.name
    for name, value in values_of(event).items():
        rule = pack.fields.get(name)
        if rule is not None and is_erased(pack, name) and rule.type in (*WORDY, "phone", "file"):
            yield from (one for one in (value if isinstance(value, (list, tuple)) else [value]) if isinstance(one, str))


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of the words, the longest first; a number however its digits are spaced."""
    texts = {word.strip() for word in words}
    found = sorted(
        (text for text in texts if len(text) >= SHORTEST and text != MASK), key=lambda text: (-len(text), text)
    )
    return re.compile("|".join(map(_spaced, found))) if found else None


def _spaced(text: str) -> str:
    if not _DIGITS.fullmatch(text):
        return re.escape(text)
    digits = re.sub(r"\D", "", text)
    return r"[\s()-]*".join(digits) if digits else re.escape(text)
