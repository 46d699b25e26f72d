"""How a case changes: what was registered, done, told and named; stage, round, marks, links, the pack, erasure."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from ... import events as ev
from ..parts import ActRecord
from ..whole import Case
from .kind import Folds


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


def _committed(case: Case, e: ev.Committed) -> Case:
    total = Decimal(case.committed.get(e.authority, "0")) + Decimal(e.amount)
    return replace(case, committed={**case.committed, e.authority: str(total)})


def _erased(case: Case, e: ev.Erased) -> Case:
    left = {key: value for key, value in case.fields.items() if key not in e.fields}
    gone = {"name": "", "note": "", "erased_at": e.at, "erased_by": e.by, "erased_clauses": e.clauses}
    files = {id: replace(file, **gone) if id in e.files else file for id, file in case.files.items()}
    return replace(case, fields=left, files=files, erased=True)


FOLDS: Folds = {
    ev.Registered: _registered,
    ev.ActDone: _act_done,
    ev.FieldsSet: _fields_set,
    ev.StageChanged: _stage_changed,
    ev.PersonNamed: _person_named,
    ev.RoundStarted: lambda c, e: replace(c, round=e.round),
    ev.NoticeRaised: lambda c, e: replace(c, notices=c.notices + 1),
    ev.Marked: lambda c, e: replace(c, marks={**c.marks, e.mark: e.at}),
    ev.Unmarked: lambda c, e: replace(c, marks={k: v for k, v in c.marks.items() if k != e.mark}),
    ev.Signalled: lambda c, e: c,
    ev.Found: lambda c, e: replace(c, finds=(*c.finds, e.case)),
    ev.Linked: lambda c, e: replace(c, links={**c.links, e.pattern: e.cases}),
    ev.Committed: _committed,
    ev.PackMoved: lambda c, e: replace(c, version=e.version, hash=e.hash),
    ev.Revealed: lambda c, e: c,
    ev.Erased: _erased,
}
