"""How a case is found by any part of any word: text folded for searching, and cut into grams.

Chinese is cut into pairs of characters, letters and digits into threes; the tail of every run is kept as well. So each part
of a text, one character long or ten, is a set of grams or the beginning of one, and an index over grams finds it. The first
three characters of a gram stand for the organisation: what another house wrote costs nothing to pass over.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

LONGEST = 20_000
"""Characters of a case's text that can be found; a longer text is cut."""
LONGEST_FACET = 300
_RUN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")


def folded(text: str) -> str:
    """Text without differences that do not matter: width, case, blanks between Chinese characters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_RUN.findall(plain))


def words_of(texts: Iterable[str]) -> str:
    """The searchable words of a case, from all its texts."""
    return " ".join(filter(None, (folded(text) for text in texts)))[:LONGEST]


def grams_of(organisation: str, words: str, facets: Mapping[str, str] | None = None) -> list[str]:
    """The grams under which a case is kept, sorted; with one more for each facet, such as its level."""
    mark = _mark(organisation)
    found = {run[start : start + _size(run)] for run in words.split() for start in range(len(run))}
    return sorted({mark + gram for gram in found} | {_facet(mark, *facet) for facet in (facets or {}).items()})


def asked_for(text: str) -> list[str]:
    """What somebody searches for, folded: each piece between blanks must be in a case's words.

    Groups of digits count one by one, since a telephone number is written with blanks, with dashes or with neither.
    """
    pieces = [folded(piece) for piece in unicodedata.normalize("NFKC", text).split()]
    groups = [piece.split() if piece.replace(" ", "").isdigit() else [piece] for piece in pieces if piece]
    return list(dict.fromkeys(piece for group in groups for piece in group))


def whole_numbers(text: str) -> list[str]:
    """The ways in which a case's number may be kept that was typed like this; none for what cannot be a number."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return list(dict.fromkeys((plain, plain.upper(), plain.lower()))) if any(map(str.isdigit, plain)) else []


def query_of(organisation: str, pieces: Iterable[str], facets: Mapping[str, str] | None = None) -> str:
    """A tsquery that every case with all these folded pieces and facets answers to ("" for none)."""
    mark = _mark(organisation)
    runs = [run for piece in pieces for run in piece.split()]
    parts = [_lexeme(mark, part, _size(run)) for run in runs for part in _parts(run)]
    quoted = (
        "'" + _facet(mark, *facet).replace("\\", "\\\\").replace("'", "''") + "'" for facet in (facets or {}).items()
    )
    return " & ".join(dict.fromkeys((*parts, *quoted)))


def _parts(run: str) -> Iterable[str]:
    size = _size(run)
    if len(run) <= size:
        return [run]
    return [run[start : start + size] for start in range(len(run) - size + 1)]


def _size(run: str) -> int:
    return 3 if run[0].isascii() else 2


def _lexeme(mark: str, part: str, size: int) -> str:
    # A part shorter than a gram stands for whatever begins with it: that is how one character finds a pair.
    return f"'{mark}{part}'" + ("" if len(part) == size else ":*")


def _facet(mark: str, name: str, value: str) -> str:
    # No gram holds an equals sign, so a facet is never taken for a part of a text.
    return f"{mark}{name}={value}"[:LONGEST_FACET]


@lru_cache(maxsize=1024)
def _mark(organisation: str) -> str:
    return hashlib.md5(organisation.encode(), usedforsecurity=False).hexdigest()[:3]
