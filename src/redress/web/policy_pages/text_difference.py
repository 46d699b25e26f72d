"""What two versions of a policy say differently: how much, then clause by clause and rule by rule, old beside new, by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from redress.policy.language.base import Rule, spoken
from redress.policy.language.fields import Parameter
from redress.policy.pack import Pack
from redress.web.plain_words import RuleWords, names, rule_words
from redress.web.plain_words.kinds import KINDS, kind_name

from .word_marks import Pair, pair, pairs

CLAUSE = "clause"
FIRST = (
    "clause",
    "duty",
    "standing",
    "ladder",
    "authority",
    "approval",
    "prohibition",
    "gate",
    "recusal",
    "compensation",
    "parameter",
)
"""Kinds in the order in which a reader asks for them; the others follow as they stand in ``KINDS``."""  # fmt: skip
CLOCKS = {"within", "wait", "remind", "recurs", "calendar", "keep", "is_"}
SUMS = {"fine", "amount", "limits", "up_to"}
"""Keys of a rule (and of its parts) that say how long, and how much money."""


@dataclass(frozen=True)
class Change:
    """A clause or a rule: ``sort`` is changed, added or removed; ``lines`` its words, old beside new; ``same`` those alike.

    ``touches``: ``clock`` and ``sum`` where it changes how long something takes and how much it comes to. ``also``: the keys
    that changed where the words did not.
    """

    sort: str
    kind_key: str
    kind: str
    label: str
    lines: tuple[Pair, ...]
    same: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    touches: frozenset[str] = frozenset()
    echo: bool = False


@dataclass(frozen=True)
class Kind:
    """The changes of one kind, with how many of each sort; ``same``: how many of the kind are as they were.

    ``echoes`` are rules that are as they were, but name something that is now called otherwise.
    """

    key: str
    name: str
    changes: tuple[Change, ...]
    changed: int
    added: int
    removed: int
    same: int
    echoes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class TextDifference:
    kinds: tuple[Kind, ...]

    @property
    def changes(self) -> list[Change]:
        return [change for kind in self.kinds for change in kind.changes]

    @property
    def clauses(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind_key == CLAUSE)

    @property
    def rules(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind_key != CLAUSE)

    def counted(self) -> dict[str, int]:
        """How many there are of each sort, and how many touch a clock or a sum."""
        counts: Counter[str] = Counter(change.sort for change in self.changes)
        counts.update(touch for change in self.changes for touch in change.touches)
        return {name: counts[name] for name in ("changed", "added", "removed", "clock", "sum")}

    def only(self, wanted: str) -> tuple[Kind, ...]:
        """The kinds narrowed to one of them, to a sort, or to what touches a clock or a sum; all of them for anything else."""
        if any(kind.key == wanted for kind in self.kinds):
            return tuple(kind for kind in self.kinds if kind.key == wanted)
        if wanted not in self.counted():
            return self.kinds
        kept = (
            _kind(
                kind.key, [change for change in kind.changes if wanted in (change.sort, *change.touches)], kind.same, ()
            )
            for kind in self.kinds
        )
        return tuple(kind for kind in kept if kind.changes)


def text_difference(old: Pack, new: Pack) -> TextDifference:
    """Everything that differs in words or in effect."""
    everything = [*_clauses(old, new), *_rules(old, new)]
    changes, echoes = [one for one in everything if not one.echo], [one for one in everything if one.echo]
    before, after = _by_key(old), _by_key(new)
    kept: Counter[str] = Counter(key[0] for key in before.keys() & after.keys())
    kept[CLAUSE] = len({clause.id for clause in old.source.clauses} & {clause.id for clause in new.source.clauses})
    kept.subtract(change.kind_key for change in changes if change.sort == "changed")
    order = [*FIRST, *(key for key in KINDS if key not in FIRST)]
    found = dict.fromkeys(change.kind_key for change in everything)
    keys = sorted(found, key=lambda key: order.index(key) if key in order else len(order))
    return TextDifference(
        tuple(
            _kind(
                key,
                [one for one in changes if one.kind_key == key],
                kept[key],
                [one for one in echoes if one.kind_key == key],
            )
            for key in keys
        )
    )


def _kind(key: str, changes: list[Change], same: int, echoes: Sequence[Change]) -> Kind:
    sorts = Counter(change.sort for change in changes)
    name = _("条款") if key == CLAUSE else kind_name(key)
    return Kind(key, name, tuple(changes), sorts["changed"], sorts["added"], sorts["removed"], same, tuple(echoes))


def _clauses(old: Pack, new: Pack) -> Iterator[Change]:
    before = {c.id: c for c in old.source.clauses}
    after = {c.id: c for c in new.source.clauses}
    for clause in dict.fromkeys([*before, *after]):
        texts = tuple(names.chosen(c.zh, c.en) if c else "" for c in (before.get(clause), after.get(clause)))
        if texts[0] != texts[1]:
            label = clause.removeprefix(f"{new.id}-")
            yield Change(_sort(*texts), CLAUSE, "", label, (pair(*texts),), clauses=(clause,))


def _rules(old: Pack, new: Pack) -> Iterator[Change]:
    before, after = _by_key(old), _by_key(new)
    moved = {
        f"${name}"
        for name in old.parameters.keys() & new.parameters
        if old.parameter(f"${name}") != new.parameter(f"${name}")
    }
    for key in dict.fromkeys([*after, *before]):
        one, other = before.get(key), after.get(key)
        said = rule_words(old, one) if one else None
        says = rule_words(new, other) if other else None
        if one == other and said == says:
            continue
        lines = pairs(_lines(said), _lines(says))
        rule = other or one
        assert rule is not None
        yield Change(
            _sort(said, says),
            key[0],
            kind_name(key[0]),
            _label(rule),
            # The sentence stands at the head of what changed in its details; other lines alike are only counted.
            tuple(line for at, line in enumerate(lines) if not line.same or at == 0),
            tuple(line.after[0][1] for at, line in enumerate(lines) if line.same and at),
            tuple(dict.fromkeys([*rule.own_clauses(), *(one.own_clauses() if one else ())])),
            _keys(one, other) if one and other and said == says else (),
            _touches(new, one, other, moved) if one and other else frozenset(),
            one == other and not _named(other, moved) and f"${key[1]}" not in moved,
        )


def _by_key(pack: Pack) -> dict[tuple[str, str], Rule]:
    return {(rule.kind_key, rule.id): rule for rule in pack.source.rules}


def _label(rule: Rule) -> str:
    """What the rule is called; a duty without a name of its own by what must be done."""
    return names.said(rule.text if rule.zh else getattr(rule, "must", None) or rule.text)


def _lines(words: RuleWords | None) -> list[str]:
    return [words.sentence, *words.details] if words else []


def _sort(old: Any, new: Any) -> str:
    return "changed" if old and new else "added" if new else "removed"


def _keys(old: Rule, new: Rule) -> tuple[str, ...]:
    """What changed where the words did not: the keys, as they are spelt in a pack."""
    changed = [name for name in type(new).model_fields if getattr(old, name, None) != getattr(new, name, None)]
    return tuple(spoken(name) for name in changed) or (_("写法"),)


def _touches(new: Pack, one: Rule, other: Rule, moved: Iterable[str]) -> frozenset[str]:
    """Whether a rule says another length of time, or another sum: by itself, or by a parameter that has another value."""
    if isinstance(other, Parameter):
        mine = {f"${other.id}"} & set(moved)
        return _sorted_by(path for rule in new.source.rules for path in _named(rule, mine))
    return _sorted_by([*_differing(one.model_dump(), other.model_dump()), *_named(other, moved)])


def _sorted_by(paths: Iterable[tuple[str, ...]]) -> frozenset[str]:
    found = {key for path in paths for key in path}
    return frozenset(touch for touch, keys in (("clock", CLOCKS), ("sum", SUMS)) if keys & found)


def _named(rule: Rule, parameters: Iterable[str]) -> list[tuple[str, ...]]:
    """Where a rule names one of these parameters."""
    return [path for name in parameters for path in _differing(rule.model_dump(), {}, name)]


def _differing(old: Any, new: Any, wanted: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of keys under which two parts are not alike; only where the old one has the value ``wanted``, if one is named."""
    if isinstance(old, dict):
        other = new if isinstance(new, dict) else {}
        for key in old.keys() | other.keys():
            yield from _differing(old.get(key), other.get(key), wanted, (*path, str(key)))
    elif isinstance(old, (list, tuple)):
        others = list(new) if isinstance(new, (list, tuple)) else []
        alike = len(old) == len(others)
        for at, part in enumerate(old):
            yield from _differing(part, others[at] if alike else None, wanted, path)
        for part in () if alike else others:
            yield from _differing(part, None, wanted, path)
    elif old != new and wanted in (None, old):
        yield path
