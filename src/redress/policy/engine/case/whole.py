"""The case itself, and how it is written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from .parts import ActRecord, Attachment, Climb, Custody, DutyState, LedgerLine, Request


class Case(msgspec.Struct, frozen=True):
    """A complaint (``kind`` "complaint") or one occurrence of a standing duty (``kind`` "standing", ``subject`` its rule)."""

    id: str = ""
    kind: str = "complaint"
    subject: str = ""
    pack: str = ""
    version: str = ""
    hash: str = ""
    unit: str = ""
    stage: str = ""
    round: int = 1
    registered_at: datetime | None = None
    closed_at: datetime | None = None
    seq: int = 0
    fields: dict[str, Any] = {}
    people: dict[str, str] = {}
    numbers: dict[str, str] = {}
    acts: tuple[ActRecord, ...] = ()
    duties: dict[str, DutyState] = {}
    requests: dict[str, Request] = {}
    climbs: dict[str, Climb] = {}
    ledger: dict[str, LedgerLine] = {}
    marks: dict[str, datetime] = {}
    books: dict[str, bool] = {}
    documents: dict[str, datetime] = {}
    links: dict[str, tuple[str, ...]] = {}
    committed: dict[str, str] = {}
    found_in: str = ""
    finds: tuple[str, ...] = ()
    files: dict[str, Attachment] = {}
    custody: dict[str, tuple[Custody, ...]] = {}
    notices: int = 0
    erased: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is registered and neither closed, archived nor declined."""
        return self.stage not in ("", "closed", "archived", "declined")

    def live_duties(self) -> list[DutyState]:
        """Duties still to be done, by due time (those without one last)."""
        live = [duty for duty in self.duties.values() if duty.live]
        return sorted(live, key=lambda duty: (duty.due is None, duty.due or duty.opened_at, duty.key))

    def next_tick(self) -> DutyState | None:
        """The duty the clock must look at first, or None."""
        waiting = [duty for duty in self.duties.values() if duty.next is not None and duty.live]
        return min(waiting, key=lambda duty: (duty.next, duty.opened_at, duty.key)) if waiting else None


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Case)


def encode_case(case: Case) -> bytes:
    """The folded case as canonical JSON: what the projection stores and ``verify`` compares."""
    return _encoder.encode(case)


def decode_case(data: bytes | str) -> Case:
    """The case that ``encode_case`` wrote."""
    return _decoder.decode(data)
