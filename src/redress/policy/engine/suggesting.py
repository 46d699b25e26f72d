"""Which options of a form the words already typed speak for: found by the words the policy gives an option, or its own name.

Nothing is decided here. A person takes a suggestion or leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from redress.policy.language.fields import Field, Option
from redress.policy.language.forms import FormField
from redress.policy.pack import Pack

SHORTEST_NAME = 3
"""An option's own name counts as a word from this length on; shorter ones ("服务", "other") occur in any sentence."""
MOST = 2
"""So many options of a field are offered; a person can weigh two, not five."""
TEXTS = ("text", "long-text")
EMPTY: Mapping[str, object] = {}
_DENIED = re.compile(r"(没有?人?|并?未|无人?|不是|并非|不算|\b(?:no|not|without|nobody)\s+(?:\w+\s+)?)$")


class Found(msgspec.Struct, frozen=True):
    """Where a word stands: in which field's text, from which character to which."""

    field: str
    start: int
    end: int


class Suggestion(msgspec.Struct, frozen=True):
    """An option that what was typed speaks for. ``clauses`` are the option's own, else the field's."""

    field: str
    option: Option
    found: tuple[Found, ...]
    clauses: tuple[str, ...]


def suggestions(
    pack: Pack, form: Iterable[FormField], values: Mapping[str, object], recorded: Mapping[str, object] = EMPTY
) -> list[Suggestion]:
    """The options on the form that texts speak for, the field's best first; one chosen already is not offered.

    Texts are those just typed and those ``recorded`` on the case before.
    """
    fields = [pack.fields[item.field] for item in form]
    told = {**recorded, **{field.id: values[field.id] for field in fields if field.id in values}}
    texts = {name: str(value) for name, value in told.items() if value and _speaks(pack.fields.get(name))}
    return [suggestion for field in fields for suggestion in _of_field(field, texts, values.get(field.id))]


def _speaks(field: Field | None) -> bool:
    return field is not None and field.type in TEXTS and not (field.personal or field.confidential)


def words_of(option: Option) -> Iterator[str]:
    """The words that speak for an option."""
    yield from option.words
    yield from (name for name in (option.zh, option.en) if len(name) >= SHORTEST_NAME)


def _of_field(field: Field, texts: Mapping[str, str], chosen: object) -> list[Suggestion]:
    taken = chosen if isinstance(chosen, (list, tuple)) else (chosen,)
    found = []
    for option in field.options:
        places = tuple(place for name, text in texts.items() for place in _places(option, name, text))
        if places:
            found.append(Suggestion(field.id, option, places, option.clauses or field.clauses))
    found.sort(key=_weight, reverse=True)
    # Of a field with one value, whoever has taken one of the two offered has made the choice between them.
    if field.type == "choice" and any(one.option.id in taken for one in found[:MOST]):
        return []
    return [one for one in found[:MOST] if one.option.id not in taken]


def _weight(suggestion: Suggestion) -> tuple[int, int]:
    return len(suggestion.found), sum(place.end - place.start for place in suggestion.found)


def _places(option: Option, field: str, text: str) -> Iterator[Found]:
    """Where the option's words stand in a text, each word once, leaving out what the sentence denies ("没有人受伤")."""
    plain = text.lower()
    if len(plain) != len(text):
        plain = text
    for word in dict.fromkeys(word.lower() for word in words_of(option)):
        for start in _starts(plain, word):
            if not _DENIED.search(plain[max(0, start - 12) : start]):
                yield Found(field, start, start + len(word))
                break


def _starts(text: str, word: str) -> Iterator[int]:
    edge = r"\b" if word.isascii() else ""
    yield from (match.start() for match in re.finditer(edge + re.escape(word) + edge, text))
