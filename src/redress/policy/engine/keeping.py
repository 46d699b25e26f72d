"""How long a case must be kept before its personal data may be erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from redress.calendars import reckon
from redress.policy.errors import Refusal
from redress.policy.language.papers import Retention
from redress.policy.pack import Pack

from .case import Case
from .facts import Facts
from .refusals import plain_refusal


def kept(pack: Pack, case: Case, facts: Facts) -> Iterator[Refusal]:
    """A refusal for every rule that still keeps the case."""
    for rule in pack.retentions:
        if not facts.holds(rule.when):
            continue
        until = _kept_until(pack, case, rule)
        if until is None or facts.at < until:
            zh = "记录须长期保存，不得删除" if until is None else f"记录须保存到 {until:%Y-%m-%d}"
            en = (
                "the record must be kept for good"
                if until is None
                else f"the record must be kept until {until:%Y-%m-%d}"
            )
            yield plain_refusal("retention", zh, en, rule.own_clauses(), rule.id)


def _kept_until(pack: Pack, case: Case, rule: Retention) -> datetime | None:
    """When a rule lets go of a case; None for never, or while it has not begun to count."""
    archived = (r.at for r in reversed(case.acts) if pack.acts[r.act].life == "archive")
    start = next(archived, None) if rule.from_ == "archived" else case.closed_at
    if rule.keep == "forever" or start is None:
        return None
    return reckon(start, pack.span(rule.keep), pack.calendar("")).due
