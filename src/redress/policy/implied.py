"""The rules that other rules bring with them: the duties of rungs, standing duties, approvals and appeals, and duties' own acts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from .language.acts import Act
from .language.base import Text
from .language.duties import Duty, Ladder, Rung
from .language.pack import Source
from .language.people import Appeal, Approval, Approver
from .language.periodic import Standing

APPROVING = "approval."
"""Prefix of the duties that an approval opens for its approvers."""
APPEALING = "appeal."
"""Prefix of the duties that an appeal against a ledger line opens for whoever rules."""
UNWRITTEN = "ledger"
"""The id under which appeals run that no rule of the pack is about."""


def implied_duties(source: Source) -> Iterator[Duty]:
    """The duties that no rule writes as duties."""
    yield from (_of_rung(ladder, rung) for ladder in source.of(Ladder) for rung in ladder.rungs)
    yield from (_of_standing(rule) for rule in source.of(Standing))
    yield from (_of_approval(rule) for rule in source.of(Approval))
    rulings = tuple(act.id for act in source.of(Act) if act.ledger == "ruling")
    if rulings:
        unwritten = Appeal(id=UNWRITTEN, zh="裁定申诉", en="rule on an appeal", by=())
        yield from (_of_appeal(rule, rulings) for rule in (*source.of(Appeal), unwritten))


def implied_acts(duties: Iterable[Duty], standing: Collection[str]) -> Iterator[Act]:
    """The act of its own that each duty without ``done_by`` brings; on the standing case where it is a standing duty."""
    for duty in duties:
        if not duty.done_by:
            label = _label(duty)
            yield Act(
                id=duty.id, clauses=duty.clauses, zh=label.zh, en=label.en, who=duty.who, form=duty.record, signs=duty.signs,
                on=(duty.id,) if duty.id in standing else (), contact=duty.contact,
            )  # fmt: skip


def _of_rung(ladder: Ladder, rung: Rung) -> Duty:
    text = rung.must or ladder.text
    return Duty(
        id=f"{ladder.id}.{rung.rung}", clauses=rung.clauses, zh=text.zh, en=text.en, after=(f"rung {ladder.id}.{rung.rung}",),
        who=rung.who, must=rung.must, within=rung.within, calendar=rung.calendar, done_by=rung.done_by, record=rung.record,
        if_late=rung.if_late, cancelled_by=ladder.ends_by,
    )  # fmt: skip


def _of_standing(rule: Standing) -> Duty:
    return Duty(
        id=rule.id, clauses=rule.clauses, zh=rule.zh, en=rule.en, after=(f"standing {rule.id}",), who=rule.who, must=rule.must,
        within=rule.within, calendar=rule.calendar, record=rule.record, done_by=rule.done_by, if_late=rule.if_late, then=rule.then,
        work=rule.work or "round",
    )  # fmt: skip


def _of_approval(rule: Approval) -> Duty:
    roles = [approver.role if isinstance(approver, Approver) else approver for approver in rule.by]
    return Duty(
        id=APPROVING + rule.id, clauses=rule.clauses, zh=rule.zh, en=rule.en, after=(f"ask {rule.id}",), who=tuple(roles),
        within={"span": rule.within} if rule.within else None, calendar=rule.calendar, done_by=("decide",), record=rule.record,
        keep_after_closing=True, work="approval",
    )  # fmt: skip


def _of_appeal(rule: Appeal, rulings: tuple[str, ...]) -> Duty:
    return Duty(
        id=APPEALING + rule.id, clauses=rule.clauses, zh=rule.zh, en=rule.en, after=(f"appeal {rule.id}",), who=rule.by,
        must=Text(zh="裁定对台账的申诉", en="rule on the appeal against a ledger line"),
        within={"span": rule.within} if rule.within else None, calendar=rule.calendar, done_by=rulings,
        keep_after_closing=True, pausable=False,
    )  # fmt: skip


def _label(duty: Duty) -> Text:
    """What the button of a duty's own act says: its short name, or the whole sentence where it has none."""
    return duty.text if duty.zh else duty.must or duty.text
