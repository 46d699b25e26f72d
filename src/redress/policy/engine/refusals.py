"""How a refusal is worded, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from redress.policy.errors import Refusal
from redress.policy.language.base import Text
from redress.policy.pack import Pack


def said_refusal(say: Text | None, code: str, clauses: Iterable[str], rule: str, zh: str, en: str) -> Refusal:
    """In the words of the rule (``say``) where it has some, else in ours."""
    return plain_refusal(code, say.zh if say else zh, (say.of("en") if say else en), clauses, rule)


def plain_refusal(code: str, zh: str, en: str, clauses: Iterable[str] = (), rule: str = "") -> Refusal:
    """In the words given; about no field of a form."""
    return Refusal(code, tuple(clauses), zh, en, "", rule)


def field_refusal(pack: Pack, code: str, name: str, zh: str, en: str, clauses: Iterable[str]) -> Refusal:
    """About one field of a form; ``zh`` and ``en`` go on where its name ends."""
    text = pack.fields[name].text if name in pack.fields else Text(zh=name, en=name)
    return Refusal(code, tuple(clauses), f"“{text.zh}”{zh}", f"{text.en}: {en}", name, name)
