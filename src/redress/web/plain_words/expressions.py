"""CEL as a tree that can be read aloud. What CEL shares with Python, Python's own parser reads; nothing is ever run.

Source: the CEL language definition (github.com/google/cel-spec), the part of it that packs may use.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache

PIECE = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(&&|\|\||!(?!=)|[()\[\],?:])""")
PYTHON = {"&&": " and ", "||": " or ", "!": "~"}
CLOSES = {"(": ")", "[": "]"}


@lru_cache(maxsize=8192)
def parsed(expression: str) -> ast.expr | None:
    """The expression's tree: ``!`` stands as ``~``, ``a ? b : c`` as ``b if a else c``; None where it has no such tree."""
    try:
        return ast.parse(_pythonic(" ".join(expression.split())), mode="eval").body
    except SyntaxError:
        return None


def _pythonic(text: str) -> str:
    pieces, at = [], 0
    for found in PIECE.finditer(text):
        pieces += [text[at : found.start()], found[1] or PYTHON.get(found[2], found[2])]
        at = found.end()
    return _chosen([piece for piece in [*pieces, text[at:]] if piece], [])[0]


def _chosen(pieces: list[str], until: list[str]) -> tuple[str, list[str]]:
    """The pieces up to the closing bracket ``until``, with each choice of the form ``a ? b : c`` turned round."""
    said: list[str] = []
    parts: list[list[str]] = [[]]
    while pieces:
        piece, pieces = pieces[0], pieces[1:]
        if piece in until:
            break
        if piece in CLOSES:
            inner, pieces = _chosen(pieces, [CLOSES[piece]])
            parts[-1].append(f"{piece}{inner}{CLOSES[piece]}")
        elif piece in ("?", ":"):
            parts.append([])
        elif piece == ",":
            said.append(_turned(parts))
            parts = [[]]
        else:
            parts[-1].append(piece)
    return ", ".join([*said, _turned(parts)]), pieces


def _turned(parts: list[list[str]]) -> str:
    one, *others = ["".join(part) for part in parts]
    if not others:
        return one
    return f"({others[0]}) if ({one}) else ({':'.join(others[1:])})"
