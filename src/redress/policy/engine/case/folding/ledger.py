"""How a case changes: lines of the ledger and appeals against them."""

from __future__ import annotations

from msgspec.structs import replace

from ... import events as ev
from ..parts import Appeal, LedgerLine
from ..whole import Case
from .kind import Folds


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


FOLDS: Folds = {
    ev.LedgerEntered: _ledger,
    ev.LedgerWaived: _ledger_waived,
    ev.LedgerConfirmed: _ledger_confirmed,
    ev.LedgerAppealed: _ledger_appealed,
    ev.LedgerRuled: _ledger_ruled,
}
