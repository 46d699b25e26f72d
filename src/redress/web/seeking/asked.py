"""What somebody typed into the search, read once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from redress.cases.queries.earlier import FEWEST_DIGITS
from redress.cases.store.callers import phone_key

from .marking import plain

LONGEST = 100
LIKE_A_PHONE = re.compile(r"\+?[0-9 ()‐–—-]+")


@dataclass(frozen=True)
class Asked:
    """``text`` as typed; ``phone`` its digits where it may be a telephone number; ``pieces`` what is marked in a hit."""

    text: str
    phone: str
    pieces: tuple[str, ...]

    @staticmethod
    def of(typed: str) -> Asked:
        text = " ".join(unicodedata.normalize("NFKC", typed)[:LONGEST].split())
        phone = _phone(text)
        words = (phone, *plain(text).split())
        return Asked(text, phone, tuple(dict.fromkeys(word for word in words if word)))

    @property
    def ways(self) -> tuple[str, ...]:
        """The texts to look for among cases: in simplified characters first, in which most are written, then as typed."""
        first = self.phone or plain(self.text)
        return (first,) if first == self.text.casefold() else (first, self.text)


def _phone(text: str) -> str:
    """The digits of what may be a telephone number or its end, however it is typed; "" for anything else."""
    digits = phone_key(text)[::-1] if LIKE_A_PHONE.fullmatch(text) else ""
    return digits if len(digits) >= FEWEST_DIGITS else ""
