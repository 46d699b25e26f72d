"""Facts on a case's log. The event is the change; nothing else is.

Every event has ``at`` (when it holds from), ``by`` (a person's id, "" for the rules and the clock) and ``clauses`` (what
demanded it). Words for people are not stored: an event names its rule, the pack version of the case has the words.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """What all events have in common."""

    at: datetime
    by: str = ""
    clauses: tuple[str, ...] = ()


class Registered(Event, frozen=True, kw_only=True):
    """``found_in``: the file of the standing duty on whose round the complaint was found."""

    kind: str
    unit: str
    pack: str
    version: str
    hash: str
    subject: str = ""
    role: str = ""
    found_in: str = ""


class ActDone(Event, frozen=True, kw_only=True):
    """``values`` were recorded; ``role`` is the role acted in; ``stands_in_for`` the person or role stood in for."""

    act: str
    role: str
    values: dict[str, Any] = {}
    unit: str = ""
    stands_in_for: str = ""
    signed: bool = False
    warnings: tuple[str, ...] = ()


class FieldsSet(Event, frozen=True, kw_only=True):
    """A ``rule`` of the policy, not a person, recorded ``values``."""

    rule: str
    values: dict[str, Any]


class StageChanged(Event, frozen=True, kw_only=True):
    """The case stands at another stage of its life."""

    stage: str


class PersonNamed(Event, frozen=True, kw_only=True):
    """``person`` came into ``slot``: a role that somebody holds on this case only."""

    slot: str
    person: str


class NumberGiven(Event, frozen=True, kw_only=True):
    """The case got ``number`` of a series; a number once given is never given again."""

    series: str
    number: str


class BookEntered(Event, frozen=True, kw_only=True):
    """The case was entered in a register."""

    book: str


class BookLocked(Event, frozen=True, kw_only=True):
    """A signature locked the row of the case in a register."""

    book: str


class DocumentIssued(Event, frozen=True, kw_only=True):
    """A document of the policy was called for."""

    document: str


class DutyOpened(Event, frozen=True, kw_only=True):
    """``next`` is when the clock looks at it again; ``due`` is None where nothing limits it in time."""

    duty: str
    rule: str
    roles: tuple[str, ...]
    unit: str
    person: str = ""
    start: datetime
    span: str = ""
    calendar: str = ""
    due: datetime | None = None
    next: datetime | None = None
    waiting: bool = False
    provisional: bool = False
    cause: str = ""


class DutyStarted(Event, frozen=True, kw_only=True):
    """The time of a waiting duty began to run."""

    duty: str
    next: datetime | None = None


class DutyReminded(Event, frozen=True, kw_only=True):
    """Its people were reminded; ``next`` is when the clock looks at it again."""

    duty: str
    next: datetime | None = None


class DutyLate(Event, frozen=True, kw_only=True):
    """Its due time passed; ``next`` is when the clock looks at it again."""

    duty: str
    next: datetime | None = None


class DutyMet(Event, frozen=True, kw_only=True):
    """``late_by`` in whole minutes, 0 when in time. ``outcome``: how a callback ended (``policy.language.duties.Outcome``)."""

    duty: str
    act: str
    late_by: int = 0
    outcome: str = ""


class DutyTried(Event, frozen=True, kw_only=True):
    """A callback reached nobody; the duty stands. ``act``: the act by which it was recorded, "" where by itself."""

    duty: str
    channel: str = ""
    note: str = ""
    again: datetime | None = None
    act: str = ""


class DutyMissed(Event, frozen=True, kw_only=True):
    """A round that nobody did, and that can no longer be done, was accounted for; it stays late. ``role``: that acted in."""

    duty: str
    reason: str
    role: str = ""


class DutyOwedAgain(Event, frozen=True, kw_only=True):
    """The account of a missed round was taken back: the duty stands again."""

    duty: str
    next: datetime | None = None


class DutyCancelled(Event, frozen=True, kw_only=True):
    """It ended unmet; ``cause`` is a rule, or what happened (``stage closed``, ``withdrawn APPROVAL#1``)."""

    duty: str
    cause: str


class DutyMoved(Event, frozen=True, kw_only=True):
    """A due time changed: ``why`` is extended, agreed, resumed, changed (another row of its table), recomputed (the holidays are
    out), renewed (by the rules and calendar that the case was moved to). ``calendar``: another one, "" for the same.
    """

    duty: str
    due: datetime | None
    next: datetime | None
    why: str
    provisional: bool = False
    span: str = ""
    calendar: str = ""


class ClockPaused(Event, frozen=True, kw_only=True):
    """The clocks of these duties stand still from ``at`` on."""

    duties: tuple[str, ...]
    reason: str


class ClockResumed(Event, frozen=True, kw_only=True):
    """They run again; a due time that moves by it has a ``DutyMoved`` of its own."""

    duties: tuple[str, ...]


class ApprovalAsked(Event, frozen=True, kw_only=True):
    """``roles`` are to answer ``request``; ``cause`` is what needs it: a rule, or a line of the ledger."""

    request: str
    approval: str
    cause: str
    roles: tuple[str, ...]


class ApprovalVoted(Event, frozen=True, kw_only=True):
    """One of them answered, acting in ``role``, and recorded ``values`` with it."""

    request: str
    role: str
    approve: bool
    reason: str = ""
    values: dict[str, Any] = {}


class ApprovalSettled(Event, frozen=True, kw_only=True):
    """Enough have answered: the request is approved, or it is not."""

    request: str
    approval: str
    approved: bool


class ApprovalWithdrawn(Event, frozen=True, kw_only=True):
    """Nobody need answer any more: what was to be decided has fallen away."""

    request: str
    approval: str


class LadderEntered(Event, frozen=True, kw_only=True):
    """The case stands before the first rung of a ladder."""

    ladder: str


class RungReached(Event, frozen=True, kw_only=True):
    """It reached a rung: the people of that rung are now asked."""

    ladder: str
    rung: str


class LadderEnded(Event, frozen=True, kw_only=True):
    """It climbs this ladder no further."""

    ladder: str


class RoundStarted(Event, frozen=True, kw_only=True):
    """Handling begins anew; ``round`` counts from 1."""

    round: int


class NoticeRaised(Event, frozen=True, kw_only=True):
    """Someone is to be told: ``roles`` in ``unit``, or ``person``. ``rule`` and ``effect`` find the words in the pack."""

    notice: str
    rule: str
    effect: str
    roles: tuple[str, ...]
    unit: str
    person: str = ""
    duty: str = ""


class LedgerEntered(Event, frozen=True, kw_only=True):
    """A proposed line: ``amount`` in yuan with two decimals, "" where the line has no sum."""

    line: str
    kind: str
    rule: str
    role: str
    unit: str
    amount: str = ""
    currency: str = "CNY"
    person: str = ""
    duty: str = ""


class LedgerWaived(Event, frozen=True, kw_only=True):
    """A proposed line falls away; ``cause`` is the rule by which it does."""

    line: str
    cause: str


class LedgerConfirmed(Event, frozen=True, kw_only=True):
    """A proposed line stands."""

    line: str


class LedgerAppealed(Event, frozen=True, kw_only=True):
    """Somebody charged objects to a line: ``rule`` says how (``implied.UNWRITTEN`` where the pack does not), ``roles`` in ``unit`` rule."""

    line: str
    rule: str
    reason: str
    evidence: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    unit: str = ""


class LedgerRuled(Event, frozen=True, kw_only=True):
    """The appeal is ruled on: ``ruling`` is uphold, waive or change; ``amount`` and ``status`` are those of the line from now on."""

    line: str
    role: str
    ruling: str
    reason: str
    status: str
    amount: str = ""


class Marked(Event, frozen=True, kw_only=True):
    """A rule put a mark on the case."""

    mark: str


class Unmarked(Event, frozen=True, kw_only=True):
    """A rule took it off again."""

    mark: str


class Signalled(Event, frozen=True, kw_only=True):
    """A rule sends word to other rules; the case itself stays as it is."""

    signal: str


class Found(Event, frozen=True, kw_only=True):
    """What was found on this round became a complaint: ``case``."""

    case: str


class Linked(Event, frozen=True, kw_only=True):
    """Cases alike under a pattern; ``cases`` are their ids, this one left out."""

    pattern: str
    cases: tuple[str, ...]


class Committed(Event, frozen=True, kw_only=True):
    """A sum (yuan) was committed under an authority."""

    authority: str
    amount: str


class Attached(Event, frozen=True, kw_only=True):
    """A file was added: ``file`` is its id, ``content_type`` what its bytes are; ``field`` the field of the form it answers, if any."""

    file: str
    name: str
    sha256: str
    size: int
    content_type: str
    field: str = ""
    note: str = ""


class AttachmentWithdrawn(Event, frozen=True, kw_only=True):
    """A file no longer counts and is no longer shown; its bytes are kept."""

    file: str
    reason: str


class HandedOver(Event, frozen=True, kw_only=True):
    """A piece of evidence went into other hands: those of ``person``, or of somebody outside (``to``)."""

    item: str
    person: str = ""
    to: str = ""
    place: str = ""
    note: str = ""


class PackMoved(Event, frozen=True, kw_only=True):
    """From now on another version of the policy rules the case."""

    version: str
    hash: str
    reason: str


class Revealed(Event, frozen=True, kw_only=True):
    """Somebody (``by``) was shown a masked value in clear."""

    field: str
    reason: str = ""


class Erased(Event, frozen=True, kw_only=True):
    """Personal data is gone: ``fields`` of the case, the bytes and names of ``files`` (ids).

    ``left``: (seq, SHA-256 of its body now) of every earlier event of which something was taken.
    """

    fields: tuple[str, ...]
    files: tuple[str, ...] = ()
    left: tuple[tuple[int, str], ...] = ()


AnyEvent = (
    Registered | ActDone | FieldsSet | StageChanged | PersonNamed | NumberGiven | BookEntered | BookLocked | DocumentIssued
    | DutyOpened | DutyStarted | DutyReminded | DutyLate | DutyMet | DutyTried | DutyMissed | DutyOwedAgain | DutyCancelled | DutyMoved | ClockPaused | ClockResumed
    | ApprovalAsked | ApprovalVoted | ApprovalSettled | ApprovalWithdrawn | LadderEntered | RungReached | LadderEnded | RoundStarted | NoticeRaised
    | LedgerEntered | LedgerWaived | LedgerConfirmed | LedgerAppealed | LedgerRuled | Marked | Unmarked | Signalled | Found | Linked | Committed | PackMoved | Revealed | Erased
    | Attached | AttachmentWithdrawn | HandedOver
)  # fmt: skip

_encoder = msgspec.json.Encoder(decimal_format="string", order="sorted")
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyEvent)


def encode(event: Event) -> bytes:
    """The event as canonical JSON (UTF-8, sorted keys): what is stored and hashed."""
    return _encoder.encode(event)


def decode(data: bytes | str) -> Event:
    """The event that ``encode`` wrote."""
    event: Event = _decoder.decode(data)
    return event


def kind_of(event: Event) -> str:
    """The event's name, such as ``DutyLate``."""
    return type(event).__name__
