"""The table of what each key names is whole: no key of the language that can hold a name is left out of it."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from redress.policy.checks.references import CONDITIONS, KEYED, SINGLE, TRIGGERS
from redress.policy.language.effects import Extend
from redress.policy.language.pack import RULE_KINDS, Head
from redress.policy.language.playbooks import Playbook

PLAIN = {
    # words for people
    "zh", "en", "note", "summary_zh", "summary_en", "say", "must", "help", "means", "intro", "better",
    # its own name, and what is checked elsewhere: clauses, spans, sums, formulas, formats, patterns
    "id", "rung", "item", "pack", "clauses", "span", "otherwise", "at_most", "at_least", "wait", "before", "every", "keep",
    "within", "table", "amount", "total_at_most", "fine", "up_to", "open_for", "format", "value", "pattern", "must_hold",
    # a kind of unit, a word of the ledger, a form of words, a mark or signal that is made here
    "unit_kinds", "kind", "kinds", "mark", "signal", "new_round", "key", "version", "status", "ambiguity", "own", "to", "words", "one_in",
    # fields of a callback's own form, told by outcomes
    "outcomes",
    # names of packs, told by the reader; what a measure adds up, told by figures; what a calendar or recurrence says
    "extends", "of", "recurs", "is_",
}  # fmt: skip
"""Keys that hold no name of another rule, wherever they stand (``SINGLE`` wins over this list)."""


def test_every_key_that_can_hold_a_name_says_what_it_names() -> None:
    named = {*SINGLE, *KEYED, *TRIGGERS, (Extend, "by")}  # how long an extension is
    unknown = {
        f"{model.__name__}.{key}"
        for model in _models()
        for key, info in model.model_fields.items()
        if _holds_text(info.annotation) and (model, key) not in named and key not in CONDITIONS | PLAIN
    }
    assert unknown == set()


def _models() -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    # A playbook is read as the duties it is; those are checked.
    waiting: list[type[BaseModel]] = [*(kind for kind in RULE_KINDS.values() if kind is not Playbook), Head]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting += [part for info in model.model_fields.values() for part in _parts(info.annotation)]
    return found


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _parts(part)


def _holds_text(annotation: Any) -> bool:
    return annotation is str or any(_holds_text(part) for part in getattr(annotation, "__args__", ()))
