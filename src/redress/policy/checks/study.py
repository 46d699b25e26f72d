"""A pack under examination: what was read, the names it declares, and the problems found so far."""

from __future__ import annotations

from functools import cached_property

from redress.policy.conditions import Vocabulary
from redress.policy.errors import Place, Problem, closest, meant
from redress.policy.language.base import Rule
from redress.policy.language.fields import Parameter
from redress.policy.language.pack import Head, Source
from redress.policy.reading.folder import Folder

from .catalogue import Catalogue
from .expressions import CEL_WORDS
from .parts import Path, id_of, kind_of
from .references import Sort


class Study:
    """What every check is given. Checks add to ``problems`` through ``error`` and ``warn``."""

    def __init__(self, read: Folder) -> None:
        self.read = read
        self.source: Source = read.source
        self.names = Catalogue(read.source, read.broken)
        self.problems: list[Problem] = []
        self.told: set[tuple[str, str]] = set()
        """(sort, name) of what a problem is about already, such as the name an unknown one was meant to be: what
        only seems to be missing because of it is not told again."""

    def error(self, place: Place, code: str, zh: str, en: str, **hints: str) -> None:
        """Adds a mistake that stops the pack from being used."""
        self.problems.append(Problem(place, code, zh, en, **hints))
        if code.startswith(("unknown-", "wrong-sort")):
            self.told.add((code, ""))

    def warn(self, place: Place, code: str, zh: str, en: str, **hints: str) -> None:
        """Adds something that is probably not meant."""
        self.problems.append(Problem(place, code, zh, en, **hints, severity="warning"))

    def unknown(self, place: Place, sort: Sort, name: str) -> None:
        """Adds that nothing of this sort has this name, with the nearest name or what would bring it about."""
        zh, en = f"没有叫“{name}”的{sort.zh}", f"there is no {sort.en} '{name}'"
        allowed = sort.names(self.names)
        hints, near = meant(name, allowed), closest(name, allowed)
        if self.names.broken and sort.needs:
            return  # a rule that could not be typed may hold it
        self.told.add((sort.code, near))
        if sort.needs and not near:
            hints = {
                "hint_zh": f"要先有后果 {sort.needs}: {name}",
                "hint_en": f"A consequence must say {sort.needs}: {name}",
            }
        self.error(place, f"unknown-{sort.code}", zh, en, **hints)

    def inherited(self, rule: Rule) -> bool:
        """Whether the rule is written in a pack that this one extends (or is common to all)."""
        return self.key(rule).file.split("/")[0] != self.key(self.source.head).file.split("/")[0]

    def key(self, rule: Rule | Head, path: Path = ()) -> Place:
        """Where a key of the rule stands; the start of the rule for no path."""
        return self.read.place(kind_of(rule), id_of(rule), *path)

    def value(self, rule: Rule | Head, path: Path) -> Place:
        """Where a value of the rule starts."""
        return self.read.value_place(kind_of(rule), id_of(rule), *path)

    def within(self, rule: Rule | Head, path: Path, offset: int) -> Place:
        """Where character ``offset`` of a text in the rule stands."""
        return self.read.place_within(kind_of(rule), id_of(rule), offset, *path)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What conditions may speak of; a field whose name is a word of the language is left out."""
        return Vocabulary(field for field in self.names.fields.values() if field.id not in CEL_WORDS)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters by id."""
        return {rule.id: rule for rule in self.source.of(Parameter)}
