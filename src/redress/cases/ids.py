"""Ids of new cases: random, and beginning with the time, so that new rows lie together in every index."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID


def new_case_id(now: datetime) -> UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds since 1970, then 74 random bits."""
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    random = secrets.randbits(74)
    return UUID(int=milliseconds << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & (1 << 62) - 1)
