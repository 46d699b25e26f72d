"""What comes with a form or in an address, read without trusting it."""

from __future__ import annotations


def whole_number(text: str, otherwise: int) -> int:
    """A whole number from 0 in plain digits, no longer than a database holds; else ``otherwise``."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else otherwise
