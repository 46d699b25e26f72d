"""What people and the clock ask for. A command is accepted (it gives events) or refused (it gives clauses)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class NewFile(msgspec.Struct, frozen=True):
    """A file whose bytes are held already, to be added to a case; ``field`` is the file field of the form that it answers."""

    id: str
    name: str
    sha256: str
    size: int
    content_type: str
    field: str = ""


class Register(msgspec.Struct, frozen=True, tag="register"):
    """A complaint comes in. ``data`` is the registration form; ``unit`` the unit it belongs to.

    ``found_in``: the file of the standing duty on whose round it was found.
    """

    unit: str
    data: dict[str, Any] = {}
    files: tuple[NewFile, ...] = ()
    found_in: str = ""


class OpenStanding(msgspec.Struct, frozen=True, tag="open-standing"):
    """A standing duty comes round in ``unit`` for the period ``label`` (``start`` to ``end``, ISO 8601)."""

    unit: str
    standing: str
    label: str
    start: str
    end: str


class Perform(msgspec.Struct, frozen=True, tag="perform"):
    """A person does an act. ``unit``: for which unit, where a duty stands open for several."""

    act: str
    data: dict[str, Any] = {}
    unit: str = ""
    files: tuple[NewFile, ...] = ()


class Decide(msgspec.Struct, frozen=True, tag="decide"):
    """An approver approves or refuses a request (``request`` is its key); a refusal needs a reason."""

    request: str
    approve: bool
    reason: str = ""
    data: dict[str, Any] = {}


class Attach(msgspec.Struct, frozen=True, tag="attach"):
    """A person adds files to the case without an act of the policy; ``note`` says what they are."""

    files: tuple[NewFile, ...]
    note: str = ""


class WithdrawAttachment(msgspec.Struct, frozen=True, tag="withdraw-attachment"):
    """A person withdraws a file (the wrong one, somebody else's), with the reason."""

    file: str
    reason: str


class HandOver(msgspec.Struct, frozen=True, tag="hand-over"):
    """A person notes that evidence (``item``) passes to ``person``, or to somebody outside (``to``)."""

    item: str
    person: str = ""
    to: str = ""
    place: str = ""
    note: str = ""


class Try(msgspec.Struct, frozen=True, tag="try"):
    """A callback that reached nobody: duty ``duty`` still stands. ``again``: when the caller means to try next."""

    duty: str
    channel: str = "phone"
    note: str = ""
    again: datetime | None = None


class Account(msgspec.Struct, frozen=True, tag="account"):
    """A round that nobody did, and that can no longer be done: a person says why. It stays missed."""

    duty: str
    reason: str


class TakeBack(msgspec.Struct, frozen=True, tag="take-back"):
    """Whoever accounted for a missed round takes that back: it is to be accounted for, or done, again."""

    duty: str


class Tick(msgspec.Struct, frozen=True, tag="tick"):
    """The clock: the moment that duty ``duty`` was waiting for has come (its start, a reminder, or its due time)."""

    duty: str


class Recompute(msgspec.Struct, frozen=True, tag="recompute"):
    """The clock: the calendar of a provisional due time has been published.

    With a ``reason`` somebody has the due time reckoned by the rules and calendar under which the case now is.
    """

    duty: str
    reason: str = ""


class Join(msgspec.Struct, frozen=True, tag="join"):
    """Another case has been found to be like this one under a pattern that joins: ``cases`` are all the others."""

    pattern: str
    cases: tuple[str, ...]


class NoteFind(msgspec.Struct, frozen=True, tag="note-find"):
    """What was found on a round has been registered: ``case`` is the complaint that came of it."""

    case: str


class MovePack(msgspec.Struct, frozen=True, tag="move-pack"):
    """An explicit move of the case to another version of its pack, with the reason."""

    version: str
    hash: str
    reason: str


class Reveal(msgspec.Struct, frozen=True, tag="reveal"):
    """A person asks to see a masked field; the log keeps that they did."""

    field: str
    reason: str = ""


Command = (
    Register | OpenStanding | Perform | Decide | Try | Account | TakeBack | Attach | WithdrawAttachment | HandOver | Tick | Recompute | Join | NoteFind | MovePack | Reveal
)  # fmt: skip
