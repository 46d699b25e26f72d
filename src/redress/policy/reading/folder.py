"""What was read from a pack's folder: the typed source, and where each rule and each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from redress.policy.errors import Place
from redress.policy.language.pack import Source
from redress.policy.language.playbooks import Playbook

from .yaml_tree import Tree

Key = tuple[str, str]
"""A rule by kind and id. The head is ``("pack", ID)``, a clause ``("clause", ID)``."""


@dataclass
class Folder:
    """A pack as read, with the place of each rule for the checks that come after.

    ``overridden`` says which parent's rule a rule replaces. ``broken`` are rules that are written but could
    not be typed; ``unread``: a whole file could not be read, so nothing is known of what it declares.
    """

    source: Source
    places: dict[Key, tuple[Tree, tuple[str | int, ...]]] = field(default_factory=dict)
    overridden: dict[Key, str] = field(default_factory=dict)
    broken: set[Key] = field(default_factory=set)
    unread: bool = False
    playbooks: dict[str, Playbook] = field(default_factory=dict)

    def place(self, kind: str, rule_id: str, *path: str | int) -> Place:
        """Where the rule stands, or the key in it that ``path`` names."""
        tree, base = self.places.get((kind, rule_id), (None, ()))
        return tree.place((*base, *path)) if tree else NOWHERE

    def value_place(self, kind: str, rule_id: str, *path: str | int) -> Place:
        """Where the value that ``path`` names starts."""
        tree, base = self.places.get((kind, rule_id), (None, ()))
        return tree.value_place((*base, *path)) if tree else NOWHERE

    def place_within(self, kind: str, rule_id: str, offset: int, *path: str | int) -> Place:
        """Where character ``offset`` (from 0) of the text that ``path`` names stands."""
        tree, base = self.places.get((kind, rule_id), (None, ()))
        return tree.place_within((*base, *path), offset) if tree else NOWHERE


NOWHERE = Place("pack.yaml", 1, 1)
