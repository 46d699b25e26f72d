"""How a sandbox stands: in figures, and what of the standing duties is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from redress.policy.engine.case import DutyState
from redress.policy.sandbox.sandbox import Sandbox

from ..plain_words import names


@dataclass(frozen=True)
class Sum:
    """How the sandbox stands in figures."""

    live: int
    late: int
    fines: Decimal
    notices: int
    requests: int


def sum_of(sandbox: Sandbox) -> Sum:
    """Over the complaints of the sandbox."""
    cases = list(sandbox.complaints().values())
    duties = [duty for case in cases for duty in case.duties.values()]
    fines = (
        Decimal(line.amount)
        for case in cases
        for line in case.ledger.values()
        if line.kind == "fine" and line.amount and line.status != "waived"
    )
    return Sum(
        sum(duty.live for duty in duties),
        sum(duty.late_at is not None or duty.late_by > 0 for duty in duties),
        sum(fines, Decimal(0)),
        sum(case.notices for case in cases),
        sum(request.status == "asked" for case in cases for request in case.requests.values()),
    )


def standing_open(sandbox: Sandbox) -> Iterator[tuple[str, DutyState]]:
    """(what it is called, the duty) of the standing duties that now stand open, the first due first."""
    found = [
        (case.subject, duty)
        for case in sandbox.cases.values()
        if case.kind == "standing"
        for duty in case.live_duties()
    ]
    for subject, duty in sorted(found, key=lambda item: (item[1].due is None, item[1].due or item[1].opened_at)):
        yield names.duty(sandbox.pack, subject), duty
