"""A case: what its log folds into. ``evolve`` is the only way a case changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from msgspec.structs import replace

from . import events as ev


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
        return bool(self.pauses) and self.pauses[-1].end is None


class Vote(msgspec.Struct, frozen=True):
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
        return self.stage not in ("", "closed", "archived", "declined")

    def live_duties(self) -> list[DutyState]:
        """Duties still to be done, by due time (those without one last)."""
        live = [duty for duty in self.duties.values() if duty.live]
        return sorted(live, key=lambda duty: (duty.due is None, duty.due or duty.opened_at, duty.key))

    def next_tick(self) -> DutyState | None:
        """The duty the clock must look at first, or None."""
        waiting = [duty for duty in self.duties.values() if duty.next is not None and duty.live]
        return min(waiting, key=lambda duty: (duty.next, duty.opened_at, duty.key)) if waiting else None


Fold = Callable[[Case, Any], Case]
_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Case)


def encode_case(case: Case) -> bytes:
    """The folded case as canonical JSON: what the projection stores and ``verify`` compares."""
    return _encoder.encode(case)


def decode_case(data: bytes | str) -> Case:
    return _decoder.decode(data)


def fold(case_id: str, log: Iterable[ev.Event]) -> Case:
    """The case that a log tells of, from nothing."""
    case = Case(id=case_id)
    for event in log:
        case = evolve(case, event)
    return case


def evolve(case: Case, event: ev.Event) -> Case:
    """The case after one more event."""
    return replace(_FOLDS[type(event)](case, event), seq=case.seq + 1)


def _registered(case: Case, e: ev.Registered) -> Case:
    return replace(
        case,
        kind=e.kind,
        subject=e.subject,
        unit=e.unit,
        pack=e.pack,
        version=e.version,
        hash=e.hash,
        registered_at=e.at,
        stage="registered",
        found_in=e.found_in,
    )


def _act_done(case: Case, e: ev.ActDone) -> Case:
    record = ActRecord(e.act, e.at, e.by, e.role, case.round, e.unit, e.signed)
    return replace(case, acts=(*case.acts, record), fields={**case.fields, **e.values})


def _fields_set(case: Case, e: ev.FieldsSet) -> Case:
    return replace(case, fields={**case.fields, **e.values})


def _stage_changed(case: Case, e: ev.StageChanged) -> Case:
    closed = e.at if e.stage in ("closed", "declined") else (case.closed_at if e.stage == "archived" else None)
    return replace(case, stage=e.stage, closed_at=closed)


def _person_named(case: Case, e: ev.PersonNamed) -> Case:
    """Whoever comes into a slot takes over what its former holder still owed."""
    duties = {
        key: replace(duty, person=e.person) if duty.live and duty.roles == (e.slot,) else duty
        for key, duty in case.duties.items()
    }
    return replace(case, people={**case.people, e.slot: e.person}, duties=duties)


def _duty_opened(case: Case, e: ev.DutyOpened) -> Case:
    duty = DutyState(
        key=e.duty, rule=e.rule, roles=e.roles, unit=e.unit, person=e.person, opened_at=e.at, start=e.start, span=e.span, calendar=e.calendar,
        due=e.due, next=e.next, status="waiting" if e.waiting else "open", round=case.round, clauses=e.clauses, provisional=e.provisional,
        cause=e.cause,
    )  # fmt: skip
    return _with_duty(case, duty)


def _duty_met(case: Case, e: ev.DutyMet) -> Case:
    duty = case.duties[e.duty]
    return _with_duty(
        case,
        replace(
            duty,
            status="met",
            met_at=e.at,
            met_by=e.by,
            met_act=e.act,
            late_by=e.late_by,
            next=None,
            ended_at=e.at,
            outcome=e.outcome,
        ),
    )


def _duty_tried(case: Case, e: ev.DutyTried) -> Case:
    duty = case.duties[e.duty]
    return _with_duty(case, replace(duty, tries=(*duty.tries, Attempt(e.at, e.by, e.channel, e.note, e.again))))


def _duty_missed(case: Case, e: ev.DutyMissed) -> Case:
    missed = replace(
        case.duties[e.duty], status="missed", next=None, ended_at=e.at, missed_by=e.by, missed_why=e.reason
    )
    return _with_duty(case, missed)


def _owed_again(case: Case, e: ev.DutyOwedAgain) -> Case:
    owed = replace(case.duties[e.duty], status="open", next=e.next, ended_at=None, missed_by="", missed_why="")
    return _with_duty(case, owed)


def _duty_late(case: Case, e: ev.DutyLate) -> Case:
    return _with_duty(case, replace(case.duties[e.duty], late_at=e.at, next=e.next))


def _duty_moved(case: Case, e: ev.DutyMoved) -> Case:
    duty = case.duties[e.duty]
    shift = Shift(e.at, e.by, e.why, duty.due, e.due, e.clauses)
    still_late = duty.late_at if e.due is not None and e.due <= e.at else None
    return _with_duty(
        case,
        replace(
            duty,
            due=e.due,
            next=e.next,
            provisional=e.provisional,
            span=e.span or duty.span,
            calendar=e.calendar or duty.calendar,
            late_at=still_late,
            shifts=(*duty.shifts, shift),
        ),
    )


def _clock_paused(case: Case, e: ev.ClockPaused) -> Case:
    for key in e.duties:
        duty = case.duties[key]
        case = _with_duty(case, replace(duty, pauses=(*duty.pauses, Pause(e.at, e.by, e.reason, e.clauses)), next=None))
    return case


def _clock_resumed(case: Case, e: ev.ClockResumed) -> Case:
    for key in e.duties:
        duty = case.duties[key]
        case = _with_duty(case, replace(duty, pauses=(*duty.pauses[:-1], replace(duty.pauses[-1], end=e.at))))
    return case


def _with_duty(case: Case, duty: DutyState) -> Case:
    return replace(case, duties={**case.duties, duty.key: duty})


def _with_request(case: Case, request: Request) -> Case:
    return replace(case, requests={**case.requests, request.key: request})


def _asked(case: Case, e: ev.ApprovalAsked) -> Case:
    return _with_request(case, Request(e.request, e.approval, e.by, e.at, e.cause, e.roles, case.round))


def _voted(case: Case, e: ev.ApprovalVoted) -> Case:
    request = case.requests[e.request]
    voted = _with_request(case, replace(request, votes=(*request.votes, Vote(e.at, e.by, e.role, e.approve, e.reason))))
    return replace(voted, fields={**case.fields, **e.values})


def _settled(case: Case, e: ev.ApprovalSettled) -> Case:
    return _with_request(case, replace(case.requests[e.request], status="approved" if e.approved else "refused"))


def _withdrawn(case: Case, e: ev.ApprovalWithdrawn) -> Case:
    return _with_request(case, replace(case.requests[e.request], status="withdrawn"))


def _rung(case: Case, e: ev.RungReached) -> Case:
    climb = case.climbs[e.ladder]
    return replace(case, climbs={**case.climbs, e.ladder: replace(climb, rungs=(*climb.rungs, (e.rung, e.at)))})


def _ladder_ended(case: Case, e: ev.LadderEnded) -> Case:
    return replace(case, climbs={**case.climbs, e.ladder: replace(case.climbs[e.ladder], ended_at=e.at)})


def _ledger(case: Case, e: ev.LedgerEntered) -> Case:
    line = LedgerLine(
        e.line, e.kind, e.amount, e.currency, e.role, e.unit, e.person, e.duty, e.rule, e.clauses, e.at, by=e.by
    )
    return replace(case, ledger={**case.ledger, e.line: line})


def _with_line(case: Case, line: LedgerLine) -> Case:
    return replace(case, ledger={**case.ledger, line.line: line})


def _ledger_waived(case: Case, e: ev.LedgerWaived) -> Case:
    return _with_line(case, replace(case.ledger[e.line], status="waived"))


def _ledger_confirmed(case: Case, e: ev.LedgerConfirmed) -> Case:
    """A line confirmed while an appeal against it is open stays appealed; the ruling decides."""
    line = replace(case.ledger[e.line], settled_at=e.at)
    if line.status == "appealed" and line.appeal is not None:
        return _with_line(case, replace(line, appeal=replace(line.appeal, was="confirmed")))
    return _with_line(case, replace(line, status="confirmed"))


def _ledger_appealed(case: Case, e: ev.LedgerAppealed) -> Case:
    line = case.ledger[e.line]
    appeal = Appeal(e.rule, e.at, e.by, e.reason, line.status, line.amount, e.evidence)
    return _with_line(case, replace(line, status="appealed", appeal=appeal))


def _ledger_ruled(case: Case, e: ev.LedgerRuled) -> Case:
    line = case.ledger[e.line]
    assert line.appeal is not None
    appeal = replace(line.appeal, ruling=e.ruling, ruled_at=e.at, ruled_by=e.by, why=e.reason)
    settled = e.at if e.status == "confirmed" and line.settled_at is None else line.settled_at
    return _with_line(case, replace(line, status=e.status, amount=e.amount, appeal=appeal, settled_at=settled))


def _committed(case: Case, e: ev.Committed) -> Case:
    total = Decimal(case.committed.get(e.authority, "0")) + Decimal(e.amount)
    return replace(case, committed={**case.committed, e.authority: str(total)})


def _attached(case: Case, e: ev.Attached) -> Case:
    file = Attachment(e.file, e.name, e.sha256, e.size, e.content_type, e.field, e.note, e.at, e.by)
    return replace(case, files={**case.files, e.file: file})


def _file_withdrawn(case: Case, e: ev.AttachmentWithdrawn) -> Case:
    file = replace(case.files[e.file], withdrawn_at=e.at, withdrawn_by=e.by, withdrawn_why=e.reason)
    return replace(case, files={**case.files, e.file: file})


def _handed_over(case: Case, e: ev.HandedOver) -> Case:
    passed = Custody(e.at, e.by, e.person, e.to, e.place, e.note)
    return replace(case, custody={**case.custody, e.item: (*case.custody.get(e.item, ()), passed)})


def _erased(case: Case, e: ev.Erased) -> Case:
    left = {key: value for key, value in case.fields.items() if key not in e.fields}
    gone = {"name": "", "note": "", "erased_at": e.at, "erased_by": e.by, "erased_clauses": e.clauses}
    files = {id: replace(file, **gone) if id in e.files else file for id, file in case.files.items()}
    return replace(case, fields=left, files=files, erased=True)


_FOLDS: dict[type[ev.Event], Fold] = {
    ev.Registered: _registered,
    ev.ActDone: _act_done,
    ev.FieldsSet: _fields_set,
    ev.StageChanged: _stage_changed,
    ev.PersonNamed: _person_named,
    ev.NumberGiven: lambda c, e: replace(c, numbers={**c.numbers, e.series: e.number}),
    ev.BookEntered: lambda c, e: replace(c, books={**c.books, e.book: False}),
    ev.BookLocked: lambda c, e: replace(c, books={**c.books, e.book: True}),
    ev.DocumentIssued: lambda c, e: replace(c, documents={**c.documents, e.document: e.at}),
    ev.DutyOpened: _duty_opened,
    ev.DutyStarted: lambda c, e: _with_duty(c, replace(c.duties[e.duty], status="open", next=e.next)),
    ev.DutyReminded: lambda c, e: _with_duty(
        c, replace(c.duties[e.duty], reminded=c.duties[e.duty].reminded + 1, next=e.next)
    ),
    ev.DutyLate: _duty_late,
    ev.DutyMet: _duty_met,
    ev.DutyTried: _duty_tried,
    ev.DutyMissed: _duty_missed,
    ev.DutyOwedAgain: _owed_again,
    ev.DutyCancelled: lambda c, e: _with_duty(
        c, replace(c.duties[e.duty], status="cancelled", next=None, ended_at=e.at)
    ),
    ev.DutyMoved: _duty_moved,
    ev.ClockPaused: _clock_paused,
    ev.ClockResumed: _clock_resumed,
    ev.ApprovalAsked: _asked,
    ev.ApprovalVoted: _voted,
    ev.ApprovalSettled: _settled,
    ev.ApprovalWithdrawn: _withdrawn,
    ev.LadderEntered: lambda c, e: replace(c, climbs={**c.climbs, e.ladder: Climb(e.ladder)}),
    ev.RungReached: _rung,
    ev.LadderEnded: _ladder_ended,
    ev.RoundStarted: lambda c, e: replace(c, round=e.round),
    ev.NoticeRaised: lambda c, e: replace(c, notices=c.notices + 1),
    ev.LedgerEntered: _ledger,
    ev.LedgerWaived: _ledger_waived,
    ev.LedgerConfirmed: _ledger_confirmed,
    ev.LedgerAppealed: _ledger_appealed,
    ev.LedgerRuled: _ledger_ruled,
    ev.Marked: lambda c, e: replace(c, marks={**c.marks, e.mark: e.at}),
    ev.Unmarked: lambda c, e: replace(c, marks={k: v for k, v in c.marks.items() if k != e.mark}),
    ev.Signalled: lambda c, e: c,
    ev.Found: lambda c, e: replace(c, finds=(*c.finds, e.case)),
    ev.Linked: lambda c, e: replace(c, links={**c.links, e.pattern: e.cases}),
    ev.Committed: _committed,
    ev.Attached: _attached,
    ev.AttachmentWithdrawn: _file_withdrawn,
    ev.HandedOver: _handed_over,
    ev.PackMoved: lambda c, e: replace(c, version=e.version, hash=e.hash),
    ev.Revealed: lambda c, e: c,
    ev.Erased: _erased,
}
