"""Two wordings beside each other: which words are the same, which are gone and which are new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Pieces = tuple[tuple[str, str], ...]
"""Stretches of a text: (same | ins | del, words)."""
TOKEN = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)
LITTLE = 0.4
"""Below this share in common two texts are different texts, and are not marked word by word."""


@dataclass(frozen=True)
class Pair:
    """A line as it was and as it is; empty where there is none. ``same``: both say it."""

    before: Pieces
    after: Pieces
    same: bool = False


def pair(old: str, new: str) -> Pair:
    """The two lines with their differing words marked (characters in Chinese)."""
    if old == new:
        return Pair((("same", old),), (("same", new),), True)
    if not old or not new:
        return Pair((("del", old),) if old else (), (("ins", new),) if new else ())
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    matcher = SequenceMatcher(a=a, b=b, autojunk=False)
    if matcher.ratio() < LITTLE:
        return Pair((("del", old),), (("ins", new),))
    before: list[tuple[str, str]] = []
    after: list[tuple[str, str]] = []
    for op, i, j, k, m in matcher.get_opcodes():
        if j > i:
            before.append(("same" if op == "equal" else "del", "".join(a[i:j])))
        if m > k:
            after.append(("same" if op == "equal" else "ins", "".join(b[k:m])))
    return Pair(tuple(before), tuple(after))


def pairs(old: Sequence[str], new: Sequence[str]) -> tuple[Pair, ...]:
    """The lines of two texts beside each other, in order; lines of which only one side has any stand alone."""
    found: list[Pair] = []
    for op, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone, come = old[a:b], new[c:d]
        if op == "equal":
            found += [pair(line, line) for line in gone]
            continue
        found += [pair(x, y) for x, y in zip(gone, come, strict=False)]
        found += [pair(x, "") for x in gone[len(come) :]] + [pair("", y) for y in come[len(gone) :]]
    return tuple(found)
