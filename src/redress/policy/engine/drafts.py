"""What a drafted text may not say: findings with the words they are about, the clause, and a better wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

import msgspec
import opencc

from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.policy.language.drafts import Phrase

from .authorities import limit_of_actor
from .facts import Facts

SUM = re.compile(
    r"(?:[¥￥]\s*(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s*(万)?\s*(?:元|块|人民币|yuan|RMB|CNY))", re.IGNORECASE
)
PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|\d{16,19}|0\d{2,3}-?\d{7,8})(?!\d)")
_simplified = opencc.OpenCC("t2s")


class Finding(msgspec.Struct, frozen=True):
    """Something in a draft: characters ``start`` to ``end`` of ``field`` (0, 0 where something is lacking)."""

    field: str
    start: int
    end: int
    refusal: Refusal
    block: bool
    better_zh: str = ""
    better_en: str = ""


def findings(act: Act, facts: Facts) -> list[Finding]:
    """Everything the pack finds in the texts being typed for an act, in the order of the text."""
    typed = {
        item.field: str(facts.typed[item.field]) for item in act.form if isinstance(facts.typed.get(item.field), str)
    }
    found = [
        finding
        for rule in facts.pack.phrases
        for field in rule.fields
        if field in typed and facts.holds(rule.when)
        for finding in _in_text(rule, field, typed[field], facts)
    ]
    return sorted(found, key=lambda finding: (finding.field, finding.start, finding.end))


@lru_cache(maxsize=20_000)
def _char(character: str) -> str:
    converted: str = _simplified.convert(character)
    return converted if len(converted) == 1 else character


def simplified(text: str) -> str:
    """The text in simplified characters, one for one, so that positions stay; letters in lower case."""
    return "".join(_char(c) if c > "\u2e7f" else c.lower() if len(c.lower()) == 1 else c for c in text)


def _in_text(rule: Phrase, field: str, text: str, facts: Facts) -> Iterator[Finding]:
    plain = simplified(text)
    for start, end in _spots(rule, plain, facts):
        yield _finding(rule, field, start, end, text[start:end])
    if rule.must_hold and plain.strip() and not any(simplified(word) in plain for word in rule.must_hold):
        yield _finding(rule, field, 0, 0, "")


def _spots(rule: Phrase, plain: str, facts: Facts) -> Iterator[tuple[int, int]]:
    for word in rule.words:
        yield from ((m.start(), m.end()) for m in re.finditer(re.escape(simplified(word)), plain))
    if rule.pattern:
        yield from ((m.start(), m.end()) for m in re.finditer(rule.pattern, plain) if m.end() > m.start())
    if rule.detects == "sums":
        limit = _limit(rule, facts)
        yield from ((m.start(), m.end()) for m in SUM.finditer(plain) if _sum(m) > limit)
    if rule.detects == "personal":
        own = {re.sub(r"\D", "", str(value)) for value in facts.case.fields.values() if isinstance(value, str)}
        yield from ((m.start(), m.end()) for m in PERSONAL.finditer(plain) if re.sub(r"\D", "", m[0]) not in own)


def _limit(rule: Phrase, facts: Facts) -> Decimal:
    authority = next((a for a in facts.pack.authorities if a.id == rule.beyond), None)
    return limit_of_actor(authority, facts) if authority else Decimal(0)


def _sum(match: re.Match[str]) -> Decimal:
    number = Decimal((match[1] or match[2]).replace(",", ""))
    return number * 10_000 if match[3] else number


def _finding(rule: Phrase, field: str, start: int, end: int, words: str) -> Finding:
    zh = rule.say.zh if rule.say else (f"不要写“{words}”" if words else "还缺应写的内容")
    en = (
        rule.say.of("en")
        if rule.say
        else (f"do not write '{words}'" if words else "something that must be said is missing")
    )
    refusal = Refusal("draft", rule.own_clauses(), zh, en, field, rule.id)
    better = rule.better
    return Finding(
        field,
        start,
        end,
        refusal,
        rule.effect == "block",
        better.zh if better else "",
        better.of("en") if better else "",
    )
