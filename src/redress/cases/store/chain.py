"""The hash chain of a case's log. Pure: bytes in, bytes out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from redress.policy.engine.events import Erased, Event, encode, kind_of

START = b""
"""What the first event of a case follows on."""


class Link(NamedTuple):
    """One event on its place in the log; ``body`` is what is stored and hashed."""

    seq: int
    event: Event
    body: str
    prev_hash: bytes
    hash: bytes

    @property
    def kind(self) -> str:
        return kind_of(self.event)


def link_hash(organisation: str, case_id: UUID, seq: int, prev_hash: bytes, body: str) -> bytes:
    """SHA-256 over the house, the case, the place, the hash before and the body: none can change unnoticed."""
    place = case_id.bytes + seq.to_bytes(8, "big")
    return hashlib.sha256(b"\x00".join((organisation.encode(), place, prev_hash, body.encode()))).digest()


def chained(organisation: str, case_id: UUID, seq: int, head: bytes, events: Iterable[Event]) -> list[Link]:
    """The events as links that follow on ``head``, the hash of event ``seq`` (``START`` and 0 for a new case)."""
    links = []
    for event in events:
        body = encode(event).decode()
        seq += 1
        digest = link_hash(organisation, case_id, seq, head, body)
        links.append(Link(seq, event, body, head, digest))
        head = digest
    return links


def digest_of(body: str) -> str:
    """By what an erasure names what is left of an event."""
    return hashlib.sha256(body.encode()).hexdigest()


def erased_in(erasures: Iterable[tuple[int, Erased]]) -> dict[int, str]:
    """What is left of erased events: their place, and the digest that the last erasure after them gave."""
    return {seq: digest for place, event in erasures for seq, digest in event.left if seq < place}
