"""Finding words in a text as a reader would, and marking them: width, case and script of the characters do not matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from redress.policy.engine.drafts import simplified

AROUND = 24
"""Characters shown before the first word that is marked in a long text."""


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """The text without differences that do not matter in a search."""
    return simplified(unicodedata.normalize("NFKC", text)).casefold()


def holds(text: str, pieces: Sequence[str]) -> bool:
    """Whether every piece occurs."""
    return all(piece in plain(text) for piece in pieces)


def holds_any(text: str, pieces: Sequence[str]) -> bool:
    """Whether a piece occurs."""
    return any(piece in plain(text) for piece in pieces)


def marked(text: str, pieces: Sequence[str], most: int = 0) -> SafeString:
    """The text with the pieces marked; of a long one, ``most`` characters about the first."""
    spans = list(_spans(text, pieces))
    start = max(0, spans[0][0] - AROUND) if most and spans and spans[0][1] > most else 0
    end = start + most if most else len(text)
    parts, at = [], start
    for first, last in spans:
        if first >= end:
            break
        parts.append((text[at:first], text[first : min(last, end)]))
        at = min(last, end)
    body = format_html_join("", "{}<mark>{}</mark>", parts)
    return format_html("{}{}{}{}", "…" if start else "", body, text[at:end], "…" if end < len(text) else "")


def _spans(text: str, pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where pieces stand in the text as it is written, in order, overlapping ones as one."""
    # One character may become several (㎏), so every folded character remembers where it came from.
    folded = [(character, place) for place, one in enumerate(text) for character in plain(one)]
    line = "".join(character for character, _ in folded)
    found = sorted(
        (folded[at][1], folded[at + len(piece) - 1][1] + 1) for piece in pieces for at in _places(line, piece)
    )
    last: tuple[int, int] | None = None
    for span in found:
        if last is None or span[0] > last[1]:
            if last is not None:
                yield last
            last = span
        else:
            last = (last[0], max(last[1], span[1]))
    if last is not None:
        yield last


def _places(line: str, piece: str) -> Iterator[int]:
    at = line.find(piece) if piece else -1
    while at >= 0:
        yield at
        at = line.find(piece, at + len(piece))
