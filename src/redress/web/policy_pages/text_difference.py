"""What two versions of a policy say differently: clause by clause and rule by rule, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from redress.policy.language.base import Rule, spoken
from redress.policy.pack import Pack
from redress.web.plain_words import RuleWords, names, rule_words
from redress.web.plain_words.kinds import kind_name

Pieces = tuple[tuple[str, str], ...]
"""Stretches of a text: (same | ins | del, words)."""
TOKEN = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Change:
    """A clause or a rule: ``sort`` is added, removed or changed; ``lines`` its words, with what is new and what is gone."""

    sort: str
    kind: str
    label: str
    lines: tuple[Pieces, ...]
    clauses: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextDifference:
    clauses: tuple[Change, ...]
    rules: tuple[Change, ...]
    same_clauses: int
    same_rules: int


def text_difference(old: Pack, new: Pack) -> TextDifference:
    """Everything that differs in words or in effect."""
    before = {c.id: c for c in old.source.clauses}
    after = {c.id: c for c in new.source.clauses}
    clauses = []
    for clause in dict.fromkeys([*before, *after]):
        texts = tuple(names.chosen(c.zh, c.en) if c else "" for c in (before.get(clause), after.get(clause)))
        if texts[0] != texts[1]:
            label = clause.removeprefix(f"{new.id}-")
            clauses.append(Change(_sort(*texts), "", label, (_pieces(*texts),), (clause,)))
    rules = list(_rules(old, new))
    kept = len(set(before) & set(after)) - sum(change.sort == "changed" for change in clauses)
    common = len(set(_by_key(old)) & set(_by_key(new))) - sum(change.sort == "changed" for change in rules)
    return TextDifference(tuple(clauses), tuple(rules), kept, common)


def _rules(old: Pack, new: Pack) -> list[Change]:
    before, after = _by_key(old), _by_key(new)
    found = []
    for key in dict.fromkeys([*after, *before]):
        one, other = before.get(key), after.get(key)
        said = rule_words(old, one) if one else None
        says = rule_words(new, other) if other else None
        if one == other and said == says:
            continue
        lines = _lines(said, says)
        also = _keys(one, other) if one and other and said == says else ()
        rule = other or one
        assert rule is not None
        label = names.said(rule.text)
        sort = "changed" if one and other else "added" if other else "removed"
        found.append(Change(sort, kind_name(key[0]), label, lines, rule.own_clauses(), also))
    return found


def _by_key(pack: Pack) -> dict[tuple[str, str], Rule]:
    return {(rule.kind_key, rule.id): rule for rule in pack.source.rules}


def _lines(old: RuleWords | None, new: RuleWords | None) -> tuple[Pieces, ...]:
    """The sentence, and of the details those that differ; all of them of a rule that only one version has."""
    before = [old.sentence, *old.details] if old else []
    after = [new.sentence, *new.details] if new else []
    if not old or not new:
        return tuple(_pieces(line if old else "", line if new else "") for line in (before or after))
    lines: list[Pieces] = [_pieces(old.sentence, new.sentence)]
    for op, a, b, c, d in SequenceMatcher(a=before[1:], b=after[1:], autojunk=False).get_opcodes():
        if op == "equal":
            continue
        gone, come = before[1:][a:b], after[1:][c:d]
        lines += [_pieces(x, y) for x, y in zip(gone, come, strict=False)]
        lines += [_pieces(x, "") for x in gone[len(come) :]] + [_pieces("", y) for y in come[len(gone) :]]
    return tuple(lines)


def _pieces(old: str, new: str) -> Pieces:
    """Where two texts differ, word by word (character by character in Chinese); whole texts where little is left in common."""
    if not old or not new or old == new:
        return (("same" if old == new else "ins" if new else "del", new or old),)
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    matcher = SequenceMatcher(a=a, b=b, autojunk=False)
    if matcher.ratio() < 0.4:
        return ("del", old), ("ins", new)
    pieces: list[tuple[str, str]] = []
    for op, i, j, k, m in matcher.get_opcodes():
        if op == "equal":
            pieces.append(("same", "".join(a[i:j])))
        else:
            pieces += [("del", "".join(a[i:j]))] if j > i else []
            pieces += [("ins", "".join(b[k:m]))] if m > k else []
    return tuple(pieces)


def _sort(old: str, new: str) -> str:
    return "changed" if old and new else "added" if new else "removed"


def _keys(old: Rule, new: Rule) -> tuple[str, ...]:
    """What changed where the words did not: the keys, as they are spelt in a pack."""
    changed = [name for name in type(new).model_fields if getattr(old, name, None) != getattr(new, name, None)]
    return tuple(spoken(name) for name in changed) or (_("写法"),)
