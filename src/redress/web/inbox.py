"""What somebody was told and has not read yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .access import Member


def unread(member: Member, limit: int = 10) -> list[Any]:
    """The latest unread notices."""
    return []


def mark_read(member: Member, ids: Sequence[int]) -> None:
    """Marks notices as read."""
