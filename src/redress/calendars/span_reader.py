"""Reads the text of a span into its amount and unit, in English, abbreviations or Chinese."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from difflib import get_close_matches

from .errors import SpanError
from .units import UNIT_WORDS, Unit

_SHAPE = re.compile(r"(?P<amount>-?\d+(?:\.\d+)?|[半一二两三四五六七八九十])\s*(?P<unit>\D*)", re.ASCII)
_CHINESE_NUMBERS = {"半": "0.5", "两": "2"} | {zh: str(n) for n, zh in enumerate("一二三四五六七八九十", 1)}
_ALLOWED = "min, h, d, wh, wd, w, mo, y (or words such as 2 working days, 2个工作日, same day)"
SAME_DAY = ("same day", "the same day", "当日", "当天")
"""What people write for the rest of the day on which the clock starts; the first is how a span spells it."""


def read_span(text: str) -> tuple[Decimal, Unit]:
    """Return (amount, unit) of `text`; SpanError saying what is wrong and what is allowed."""
    if not isinstance(text, str):
        raise SpanError(f'a span is text such as "30 min", not {text!r}; a unit is needed: {_ALLOWED}')
    written = unicodedata.normalize("NFKC", text).strip().lower()
    if written in SAME_DAY:
        return Decimal(0), Unit.DAY
    shape = _SHAPE.fullmatch(written)
    if shape is None:
        raise SpanError(f'"{text}" is not a span: write a number and a unit, such as "30 min" or "2 wd"')
    amount = shape["amount"]
    return Decimal(_CHINESE_NUMBERS.get(amount, amount)), _unit(shape["unit"], text)


def _unit(written: str, text: str) -> Unit:
    word = " ".join(written.replace("-", " ").split()).removeprefix("个").strip()
    if word in UNIT_WORDS:
        return UNIT_WORDS[word]
    if not word:
        raise SpanError(f'"{text}" has no unit; allowed: {_ALLOWED}')
    raise SpanError(f'"{text}" has the unknown unit "{word}"; allowed: {_ALLOWED}.{_hint(word)}')


def _hint(word: str) -> str:
    if word == "m":
        return ' Did you mean "min" (minutes) or "mo" (months)?'
    close = get_close_matches(word, UNIT_WORDS, n=1, cutoff=0.4)
    return f' Did you mean "{close[0]}" ({UNIT_WORDS[close[0]].value})?' if close else ""
