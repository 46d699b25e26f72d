"""Approvals: who is asked, in which order, who may answer, and when the answer stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from redress.policy.errors import Refusal
from redress.policy.language.people import Approval, Approver

from . import commands as cmd
from . import events as ev
from .case import Request
from .standing_of import acting_role, keeps_out
from .turn import Turn


def ask(turn: Turn, rule: Approval, cause: str, asked_by: str, clauses: Iterable[str] = ()) -> None:
    """Opens a request for an approval; the approvers' duties follow from the event."""
    count = sum(1 for request in turn.case.requests.values() if request.approval == rule.id) + 1
    cited = tuple(dict.fromkeys((*rule.clauses, *clauses)))
    roles = tuple(approvers(turn, rule))
    turn.emit(
        ev.ApprovalAsked(
            at=turn.at,
            by=asked_by,
            clauses=cited,
            request=f"{rule.id}#{count}",
            approval=rule.id,
            cause=cause,
            roles=roles,
        )
    )


def withdraw(turn: Turn, line: str, clauses: tuple[str, ...]) -> None:
    """Ends the requests about a ledger line that has fallen away: there is nothing left to approve."""
    for request in [r for r in turn.case.requests.values() if r.cause == line and r.status == "asked"]:
        turn.emit(ev.ApprovalWithdrawn(at=turn.at, request=request.key, approval=request.approval, clauses=clauses))
        for duty in [d for d in turn.case.duties.values() if d.live and d.cause == request.key]:
            turn.emit(ev.DutyCancelled(at=turn.at, duty=duty.key, cause=f"withdrawn {request.key}", clauses=clauses))


def approvers(turn: Turn, rule: Approval) -> list[str]:
    """The roles that must answer: all of them; or, where they have limits, the first whose limit covers the sum."""
    written = [item if isinstance(item, Approver) else Approver(role=item) for item in rule.by]
    value = turn.case.fields.get(rule.amount) if rule.amount else None
    if value in (None, "") or all(item.up_to is None for item in written):
        return [item.role for item in written]
    amount = Decimal(str(value))
    enough = (item.role for item in written if item.up_to is None or amount <= turn.pack.money(item.up_to))
    return [next(enough, written[-1].role)]


def asked_now(rule: Approval, request: Request) -> tuple[str, ...]:
    """The roles whose answer is awaited at this point of a request."""
    if request.status != "asked":
        return ()
    answered = len(request.votes)
    return (
        request.roles[answered : answered + 1]
        if rule.order == "sequence"
        else tuple(r for r in request.roles if r not in _voted(request))
    )


def vote_refusals(turn: Turn, command: cmd.Decide) -> Iterator[Refusal]:
    """Why the actor may not answer a request: settled, not theirs, their own, recused, or refusing without a reason."""
    request = turn.case.requests.get(command.request)
    if request is None or request.status != "asked":
        yield Refusal("not-asked", (), "没有等待批准的这项申请", "there is no such request awaiting an answer")
        return
    rule = turn.pack.approvals[request.approval]
    clauses = rule.own_clauses()
    awaited = asked_now(rule, request)
    if acting_role(turn.pack, turn.case, turn.actor, awaited, turn.world) is None:
        names = [turn.pack.role_text(role) for role in awaited]
        zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
        yield Refusal("not-yours", clauses, f"须由{zh}批准", f"this is for {en} to approve", "", rule.id)
    elif request.asked_by == turn.actor.id:
        yield Refusal(
            "own-request",
            clauses,
            "不得批准自己提出的申请",
            "nobody approves what they asked for themselves",
            "",
            rule.id,
        )
    elif any(
        (not recusal.acts or "decide" in recusal.acts)
        and keeps_out(turn.pack, turn.case, recusal, turn.actor, turn.at, turn.world)
        and turn.facts(act="decide").holds(recusal.when)
        for recusal in turn.pack.recusals
    ):
        yield Refusal(
            "recused",
            clauses,
            "须回避：投诉涉及你本人",
            "you must keep out: the complaint is about you",
            "",
            rule.id,
        )
    if not command.approve and not command.reason.strip():
        yield Refusal("reason", clauses, "不批准须写明理由", "a refusal carries a reason", "reason", rule.id)


def outcome(rule: Approval, request: Request) -> bool | None:
    """True or False once a request is settled by its votes, None while it is open."""
    if any(not vote.approve for vote in request.votes):
        return False
    if rule.order == "any":
        return True if request.votes else None
    return True if len(request.votes) >= len(request.roles) else None


def _voted(request: Request) -> set[str]:
    return {vote.role for vote in request.votes}
