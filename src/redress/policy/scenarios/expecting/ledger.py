"""Expectations of the ledger and of who was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from redress.policy.engine import events as ev
from redress.policy.engine.case import LedgerLine

from ..language import Expect, LineSaid, NoticeSaid
from .seen import Seen, show


def ledger(seen: Seen, expect: Expect) -> Iterator[str]:
    """What does not hold of the lines of the ledger."""
    lines = list(seen.case.ledger.values())
    yield from _lines("fined", expect.fined, [line for line in lines if line.kind == "fine"])
    yield from _lines("entered", expect.entered, lines)


def notices(seen: Seen, expect: Expect) -> Iterator[str]:
    """What does not hold of who was told."""
    raised = [event for event in seen.log if isinstance(event, ev.NoticeRaised)]
    for said in expect.notified or ():
        found = [event for event in raised if _notice_is(event, said)]
        if not found or (said.count is not None and len(found) != said.count):
            have = ", ".join(f"{e.roles[0]} by {e.rule} citing {' '.join(e.clauses)}" for e in raised) or "nobody"
            yield f"{show(said)} should be notified{f' {said.count} times' if said.count else ''}; notified: {have}"
    for said in expect.not_notified or ():
        if any(_notice_is(event, said) for event in raised):
            yield f"{said.role} should not be notified"


def _lines(word: str, said: Iterable[Any] | None, lines: list[LedgerLine]) -> Iterator[str]:
    if said is None:
        return
    items: list[LineSaid] = list(said)
    if not items and lines:
        yield f"nothing should be {word}, but there is {', '.join(f'{x.kind} {x.amount} on {x.role}' for x in lines)}"
    for item in items:
        found = [line for line in lines if _line_is(line, item)]
        wanted = item.count if item.count is not None else None
        if (wanted is None and not found) or (wanted is not None and len(found) != wanted):
            have = (
                "; ".join(f"{x.kind} {x.amount} on {x.role} {x.status} citing {' '.join(x.clauses)}" for x in lines)
                or "no line"
            )
            yield f"{show(item)} should be {word}; the ledger has {have}"


def _line_is(line: LedgerLine, said: LineSaid) -> bool:
    tests = (
        said.kind == line.kind,
        said.amount is None or (line.amount != "" and Decimal(line.amount) == Decimal(str(said.amount))),
        said.on in ("", line.role, line.person),
        said.unit in ("", line.unit),
        not said.duty or line.duty.split("#")[0].split("@")[0].split(":")[0] == said.duty,
        set(said.clause) <= set(line.clauses),
        said.status in ("", line.status) and (said.status or line.status != "waived"),
    )
    return all(tests)


def _notice_is(event: ev.NoticeRaised, said: NoticeSaid) -> bool:
    return (
        said.role in (*event.roles, event.person)
        and said.rule in ("", event.rule)
        and said.unit in ("", event.unit)
        and set(said.clause) <= set(event.clauses)
    )
