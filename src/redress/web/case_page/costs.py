"""What the case costs, to the fen: the ledger, what was committed, what the worksheets come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from redress.cases.case_file import OpenFile
from redress.web.plain_words import names
from redress.web.worksheets import SheetView, worksheets_of

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Costs:
    """``by_status`` are the ledger's sums (proposed, confirmed, waived); they add up to ``ledger_total``."""

    ledger: tuple[Any, ...]
    by_status: tuple[tuple[str, Decimal], ...]
    ledger_total: Decimal
    committed: tuple[tuple[str, Decimal, tuple[str, ...]], ...]
    committed_total: Decimal
    worksheets: tuple[SheetView, ...]

    def __bool__(self) -> bool:
        return bool(self.ledger or self.committed or self.worksheets)


def costs_of(file: OpenFile) -> Costs:
    """All sums on the case as they now stand."""
    lines = tuple(file.case.ledger.values())
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.amount:
            sums[line.status] = sums.get(line.status, ZERO) + Decimal(line.amount)
    committed = tuple(
        (_authority(file, name), Decimal(amount), _clauses(file, name)) for name, amount in file.case.committed.items()
    )
    return Costs(
        lines,
        tuple((status, sums[status]) for status in ("confirmed", "proposed", "waived") if status in sums),
        sum(sums.values(), ZERO),
        committed,
        sum((amount for _, amount, _ in committed), ZERO),
        tuple(worksheets_of(file)),
    )


def _authority(file: OpenFile, name: str) -> str:
    rule = file.pack.rule(name)
    if rule is None:
        return name
    acts = getattr(rule, "acts", ())
    return names.said(rule.text) if rule.zh or not acts else names.joined(names.act(file.pack, act) for act in acts)


def _clauses(file: OpenFile, name: str) -> tuple[str, ...]:
    rule = file.pack.rule(name)
    return tuple(rule.own_clauses()) if rule else ()
