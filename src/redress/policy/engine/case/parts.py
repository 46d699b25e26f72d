"""What a case consists of: acts done, duties, requests, ladders climbed, lines of the ledger, files, evidence."""

from __future__ import annotations

from datetime import datetime

import msgspec


class ActRecord(msgspec.Struct, frozen=True):
    """That an act was done: when, by whom, in which role and round."""

    act: str
    at: datetime
    by: str
    role: str
    round: int
    unit: str = ""
    signed: bool = False


class Pause(msgspec.Struct, frozen=True):
    """A stretch in which a duty's clock stood still; ``end`` is None while it still does."""

    start: datetime
    by: str
    reason: str
    clauses: tuple[str, ...] = ()
    end: datetime | None = None


class Shift(msgspec.Struct, frozen=True):
    """A change of a due time by decision: when, by whom, why, from what to what."""

    at: datetime
    by: str
    why: str
    old: datetime | None
    new: datetime | None
    clauses: tuple[str, ...] = ()


class Attempt(msgspec.Struct, frozen=True):
    """A call that reached nobody: when, by whom, on which channel; ``again`` is when the caller meant to try next."""

    at: datetime
    by: str
    channel: str = ""
    note: str = ""
    again: datetime | None = None


class DutyState(msgspec.Struct, frozen=True):
    """A duty on a case. ``status``: waiting, open, met, cancelled, missed; ``late_at`` is set once its due time has passed.

    A missed one was accounted for by ``missed_by`` at ``ended_at``, with the reason ``missed_why``.
    """

    key: str
    rule: str
    roles: tuple[str, ...]
    unit: str
    person: str
    opened_at: datetime
    start: datetime
    span: str
    calendar: str
    due: datetime | None
    next: datetime | None
    status: str
    round: int
    clauses: tuple[str, ...]
    provisional: bool = False
    cause: str = ""
    late_at: datetime | None = None
    reminded: int = 0
    met_at: datetime | None = None
    met_by: str = ""
    met_act: str = ""
    late_by: int = 0
    ended_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    shifts: tuple[Shift, ...] = ()
    tries: tuple[Attempt, ...] = ()
    outcome: str = ""
    missed_by: str = ""
    missed_why: str = ""

    @property
    def live(self) -> bool:
        """Whether someone still has to do it."""
        return self.status in ("open", "waiting")

    @property
    def paused(self) -> bool:
        """Whether its clock stands still now."""
        return bool(self.pauses) and self.pauses[-1].end is None


class Vote(msgspec.Struct, frozen=True):
    """One answer to a request, by somebody acting in ``role``."""

    at: datetime
    by: str
    role: str
    approve: bool
    reason: str = ""


class Request(msgspec.Struct, frozen=True):
    """An approval asked for. ``status``: asked, approved, refused, withdrawn."""

    key: str
    approval: str
    asked_by: str
    asked_at: datetime
    cause: str
    roles: tuple[str, ...]
    round: int
    votes: tuple[Vote, ...] = ()
    status: str = "asked"


class Appeal(msgspec.Struct, frozen=True):
    """An objection to a ledger line: ``was`` is the line's status, ``amount`` its sum at that time; ``ruling`` is "" until given."""

    rule: str
    at: datetime
    by: str
    reason: str
    was: str
    amount: str
    evidence: tuple[str, ...] = ()
    ruling: str = ""
    ruled_at: datetime | None = None
    ruled_by: str = ""
    why: str = ""


class LedgerLine(msgspec.Struct, frozen=True):
    """A line of the accountability ledger. ``status``: proposed, confirmed, waived, appealed. ``amount`` in yuan, "" for none.

    ``by`` is whoever proposed it ("" for the rules), ``settled_at`` when it was confirmed.
    """

    line: str
    kind: str
    amount: str
    currency: str
    role: str
    unit: str
    person: str
    duty: str
    rule: str
    clauses: tuple[str, ...]
    at: datetime
    status: str = "proposed"
    by: str = ""
    settled_at: datetime | None = None
    appeal: Appeal | None = None

    @property
    def stands(self) -> bool:
        """Whether it counts: it has not been waived."""
        return self.status != "waived"


class Attachment(msgspec.Struct, frozen=True):
    """A file on the case; ``withdrawn_at`` is set once it no longer counts, ``erased_at`` once its bytes and name are gone."""

    id: str
    name: str
    sha256: str
    size: int
    content_type: str
    field: str
    note: str
    at: datetime
    by: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = ""
    erased_at: datetime | None = None
    erased_by: str = ""
    erased_clauses: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether it counts and can be looked at."""
        return self.withdrawn_at is None and self.erased_at is None


class Custody(msgspec.Struct, frozen=True):
    """Evidence passing into other hands: who handed it over, to whom (``person``, or ``to`` outside), and where it lies."""

    at: datetime
    by: str
    person: str
    to: str
    place: str
    note: str


class Climb(msgspec.Struct, frozen=True):
    """How far a ladder has been climbed: the rungs reached with their times."""

    ladder: str
    rungs: tuple[tuple[str, datetime], ...] = ()
    ended_at: datetime | None = None
