"""Mistakes in a pack, told to the person who writes it; refusals, told to the person at work."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from .language.base import Text


@dataclass(frozen=True, order=True)
class Place:
    """Where in a pack's files: ``line`` and ``column`` count from 1; 0 where a whole file is meant."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where, what is wrong, what was probably meant. ``severity`` is "error" or "warning"."""

    place: Place
    code: str
    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""
    severity: str = "error"

    def line(self, lang: str = "zh") -> str:
        """The mistake as one line: ``file:line:col: error[code]: text. hint``."""
        chinese = not lang.startswith("en")
        text, hint = (self.zh, self.hint_zh) if chinese else (self.en, self.hint_en)
        kind = {"error": "错误", "warning": "提醒"}[self.severity] if chinese else self.severity
        return f"{self.place}: {kind}[{self.code}]: {text}" + (f"{'。' if chinese else '. '}{hint}" if hint else "")


class PackErrors(Exception):
    """A pack that cannot be used, with every mistake found, in the order of its files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(problem.line("en") for problem in self.problems))


def closest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word that was probably meant, or "" where none is near."""
    found = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.55)
    return found[0] if found else ""


def meant(word: str, allowed: Iterable[str]) -> dict[str, str]:
    """The two hints of a ``Problem`` for an unknown word: the nearest allowed one, or the list of all when it is short."""
    allowed = sorted(set(allowed))
    near = closest(word, allowed)
    if near:
        return {"hint_zh": f"是不是想写 {near}？", "hint_en": f"Did you mean {near}?"}
    if 0 < len(allowed) <= 12:
        return {"hint_zh": "可用：" + "、".join(allowed), "hint_en": "Allowed: " + ", ".join(allowed)}
    return {"hint_zh": "", "hint_en": ""}


class Refusal(msgspec.Struct, frozen=True):
    """Why something may not be done: a code, the clauses that say so, the sentence, and the field it is about (or "")."""

    code: str
    clauses: tuple[str, ...]
    zh: str
    en: str
    field: str = ""
    rule: str = ""
    instead: str = ""

    @property
    def text(self) -> Text:
        """The sentence in both languages."""
        return Text(zh=self.zh, en=self.en)
