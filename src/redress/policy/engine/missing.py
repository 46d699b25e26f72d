"""Rounds that nobody did: once the next one has come, somebody says why, and the time stays missed.

Nothing is forgiven by it: the lateness, what followed from it and the figures stand. A round that reports on its period can
be written up later as well, so it stays owed; what somebody should have looked at on a day that is over, nobody can.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from redress.policy.errors import Refusal
from redress.policy.pack import Pack

from . import commands as cmd
from . import events as ev
from .case import Case, DutyState
from .permissions import Permission, permission
from .timing import next_look
from .turn import Turn
from .world import Actor, World


def accountable(pack: Pack, case: Case, duty: DutyState, actor: Actor, at: datetime, world: World) -> Permission:
    """Whether ``actor`` may say why this round was not done; the words of the reason aside."""
    wrong = next(_in_the_way(pack, case, duty, at), None)
    return Permission((wrong,)) if wrong else _might_have_done(pack, case, duty, actor, at, world)


def account(turn: Turn, command: cmd.Account) -> Permission:
    """The deed: recorded with the reason, as an event of its own on the round's own file."""
    duty = turn.case.duties.get(command.duty)
    if duty is None:
        return Permission((_NONE,))
    answer = accountable(turn.pack, turn.case, duty, turn.actor, turn.at, turn.world)
    reason = command.reason.strip()
    if answer.granted and not reason:
        wrong = Refusal("reason", duty.clauses, "请写明为什么没有办", "say why it was not done", "reason")
        return Permission((wrong,))
    if answer.granted:
        turn.emit(
            ev.DutyMissed(
                at=turn.at, by=turn.actor.id, duty=duty.key, reason=reason, role=answer.role, clauses=duty.clauses
            )
        )
    return answer


def may_take_back(case: Case, duty: DutyState, actor: Actor) -> bool:
    """Whether the account is the actor's own. Nothing hangs on an account, so nothing else need be undone."""
    return duty.status == "missed" and duty.missed_by == actor.id and case.stage == "closed"


def take_back(turn: Turn, command: cmd.TakeBack) -> Permission:
    """The duty stands again, as late as it is."""
    duty = turn.case.duties.get(command.duty)
    if duty is None or not may_take_back(turn.case, duty, turn.actor):
        zh, en = "只能撤回自己写的说明", "only whoever accounted for it takes that back"
        return Permission((Refusal("not-yours", (), zh, en),))
    rule = turn.pack.duties[duty.rule]
    upcoming = next_look(
        turn.pack, rule, duty.start, duty.due, late=True, reminded=duty.reminded, calendar=duty.calendar
    )
    if upcoming is not None:
        upcoming = max(upcoming, turn.at)  # the clock never runs backwards
    turn.emit(ev.DutyOwedAgain(at=turn.at, by=turn.actor.id, duty=duty.key, next=upcoming, clauses=duty.clauses))
    turn.emit(ev.StageChanged(at=turn.at, by=turn.actor.id, stage="registered"))
    return Permission(())


_NONE = Refusal("no-such-duty", (), "眼下没有这一期要办的事", "there is no such round to be done")


def _in_the_way(pack: Pack, case: Case, duty: DutyState, at: datetime) -> Iterator[Refusal]:
    rule = pack.standing.get(case.subject)
    if case.kind != "standing" or rule is None or duty.rule != rule.id or not duty.live:
        yield _NONE
        return
    if rule.report:
        zh, en = "报告过了时限也要补上，不能只说明", "a report is still owed when it is late; it cannot be left out"
        yield Refusal("still-owed", duty.clauses, zh, en)
    following = pack.recurrence(rule).next_after(case.registered_at or at, pack.calendar(rule.calendar))
    if duty.late_at is None or at < following:
        zh, en = "下一次还没有到，这一次仍可以办", "the next one has not come yet; this one can still be done"
        yield Refusal("not-missed", duty.clauses, zh, en)


def _might_have_done(pack: Pack, case: Case, duty: DutyState, actor: Actor, at: datetime, world: World) -> Permission:
    """The answer for whichever act would have met the duty."""
    acts = pack.duties[duty.rule].done_by or (duty.rule,)
    answers = [permission(pack, case, act, actor, at, world, {}, form=False) for act in acts]
    return next((answer for answer in answers if answer.granted), answers[0])
