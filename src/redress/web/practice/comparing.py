"""Two courses of one invented complaint side by side: what a step done later would have changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from redress.policy.engine.case import Case, DutyState
from redress.policy.engine.decide import Refused
from redress.policy.sandbox.moves import Move, later
from redress.policy.sandbox.sandbox import Sandbox, played

from ..durations import in_words
from ..plain_words import names
from ..plain_words.sums import yuan
from .steps import move_words


@dataclass(frozen=True)
class Difference:
    """What is one way in the course taken and another way in the other; ``worse`` marks lateness and refusals there."""

    what: str
    here: str
    there: str
    clauses: tuple[str, ...]
    worse: bool = False


def differences(sandbox: Sandbox, number: int, minutes: int) -> list[Difference]:
    """What changes when step ``number`` (from 1) is done so many minutes later, up to the moment now reached."""
    moves = tuple(taken.move for taken in sandbox.taken)
    other = played(sandbox.scene, (*later(moves, number - 1, minutes), Move(sandbox.now)))
    found = [*_refused(sandbox, other)]
    for label, here in sandbox.complaints().items():
        found += _between(sandbox, here, other.cases.get(label, Case()))
    return found


def _refused(sandbox: Sandbox, other: Sandbox) -> Iterator[Difference]:
    for here, there in zip(sandbox.taken, other.taken, strict=False):
        if here.accepted and isinstance(there.ruling, Refused):
            refusal = there.ruling.refusals[0]
            said = names.chosen(refusal.zh, refusal.en)
            yield Difference(move_words(sandbox, here.move), _("做成了"), said, refusal.clauses, True)


def _between(sandbox: Sandbox, here: Case, there: Case) -> Iterator[Difference]:
    for key in {**here.duties, **there.duties}:
        one, two = here.duties.get(key), there.duties.get(key)
        words = _duty(one), _duty(two)
        known = two or one
        if words[0] != words[1] and known is not None:
            worse = two is not None and (two.late_by > 0 or two.late_at is not None)
            yield Difference(names.duty(sandbox.pack, known.rule), *words, known.clauses, worse)
    for kind in dict.fromkeys(line.kind for case in (here, there) for line in case.ledger.values()):
        one_sum, two_sum = _sum(here, kind), _sum(there, kind)
        if one_sum != two_sum:
            lines = [line for case in (here, there) for line in case.ledger.values() if line.kind == kind]
            clauses = tuple(dict.fromkeys(clause for line in lines for clause in line.clauses))
            yield Difference(
                names.entry_kind(sandbox.pack, kind), yuan(one_sum), yuan(two_sum), clauses, two_sum > one_sum
            )
    if here.notices != there.notices:
        yield Difference(_("发出的通知"), str(here.notices), str(there.notices), ())


def _duty(duty: DutyState | None) -> str:
    if duty is None:
        return _("没有这项义务")
    if duty.status == "met":
        return _("晚了 %(late)s") % {"late": in_words(duty.late_by)} if duty.late_by else _("按时")
    if duty.status == "cancelled":
        return _("不再要求")
    return _("已逾期") if duty.late_at else _("还没办")


def _sum(case: Case, kind: str) -> Decimal:
    return sum(
        (
            Decimal(line.amount)
            for line in case.ledger.values()
            if line.kind == kind and line.amount and line.status != "waived"
        ),
        Decimal(0),
    )
