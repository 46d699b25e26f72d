"""Every written part of a rule with its path, so that a check can point at the very word that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from redress.policy.language.base import Rule
from redress.policy.language.effects import Effect
from redress.policy.language.fields import Option
from redress.policy.language.pack import Head

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Part:
    """One value somewhere in a rule (or the head): ``owner`` is the model that holds it under ``key``."""

    rule: Rule | Head
    path: Path
    owner: BaseModel
    key: str
    value: Any

    @property
    def kind(self) -> str:
        """The word that the rule around it starts with."""
        return kind_of(self.rule)


def kind_of(rule: Rule | Head) -> str:
    """The word a rule starts with; ``pack`` for the head."""
    return "pack" if isinstance(rule, Head) else type(rule).kind_key


def id_of(rule: Rule | Head) -> str:
    """A rule's id; the pack's for the head."""
    return rule.pack if isinstance(rule, Head) else rule.id


def parts_of(rule: Rule | Head) -> tuple[Part, ...]:
    """Every value of every model in the rule, outermost first. Lists give one part per item."""
    return _taken_apart(_Same(rule))


def effects_of(rule: Rule) -> Iterator[tuple[Path, Effect]]:
    """Every consequence in the rule, wherever it stands, with its path."""
    for path, model in models_of(rule):
        if isinstance(model, Effect):
            yield path, model


def models_of(rule: Rule | Head) -> Iterator[tuple[Path, BaseModel]]:
    """The rule and every piece in it that is written as keys and values, with their paths."""
    yield (), rule
    seen: set[int] = {id(rule)}
    for part in parts_of(rule):
        if id(part.owner) not in seen:
            seen.add(id(part.owner))
            yield part.path[: -_depth(part)], part.owner


def _depth(part: Part) -> int:
    return 2 if isinstance(part.path[-1], int) else 1


class _Same:
    """A rule by its identity: rules never change, and comparing them by all they say takes longer than taking them apart."""

    __slots__ = ("rule",)

    def __init__(self, rule: Rule | Head) -> None:
        self.rule = rule

    def __hash__(self) -> int:
        return id(self.rule)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.rule is self.rule


@lru_cache(maxsize=2048)  # every check goes through all rules of a pack: a few hundred
def _taken_apart(same: _Same) -> tuple[Part, ...]:
    return tuple(_parts(same.rule, same.rule, ()))


def _parts(rule: Rule | Head, owner: BaseModel, base: Path) -> Iterator[Part]:
    for key, info in type(owner).model_fields.items():
        value, path = getattr(owner, key), (*base, _spelt(rule, owner, key, info.alias or key))
        if isinstance(value, BaseModel):
            yield from _parts(rule, value, path)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    step = (index, item.id) if isinstance(item, Option) else (index,)
                    yield from _parts(rule, item, (*path, *step))
                else:
                    yield Part(rule, (*path, index), owner, key, item)
        elif value is not None:
            yield Part(rule, path, owner, key, value)


def _spelt(rule: Rule | Head, owner: BaseModel, key: str, alias: str) -> str:
    return kind_of(rule) if owner is rule and key == "id" else alias
