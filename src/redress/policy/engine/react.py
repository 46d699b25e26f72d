"""react: what each event obliges people to do. This is where a clause becomes a duty.

An event gives triggers (words such as ``late first-contact``); the pack's rules hang on triggers; what they demand is more
events, which are reacted to in turn until nothing more follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from redress.policy.implied import APPEALING, APPROVING
from redress.policy.language.rulings import Decision, Pattern

from . import events as ev
from .appeals import appeal, end_appeal, rule_on, rulings_open
from .approvals import asked_now, outcome
from .authorities import decimal
from .effects import Cause, carry_out, name_person
from .erasing import erasure_of
from .ladders import climb_by_act, climb_when_late, enter, leave
from .life import LIFE
from .openings import cancel, follow_agreed_dates, follow_tables, meet, meet_duties, open_duties, open_one
from .patterns import key_of
from .standing_of import units_of
from .turn import Turn

MOST_EVENTS = 2_000
"""A turn that yields more events than this is a loop in the pack; it is stopped with an error."""


class EndlessRules(RuntimeError):
    """The rules of a pack set each other off without end; ``str`` names the triggers."""


def react_all(turn: Turn) -> None:
    """Reacts to every pending event until nothing more follows. Raises ``EndlessRules`` where the rules never rest."""
    while turn.pending:
        event = turn.pending.popleft()
        handler = _REACTIONS.get(type(event))
        if handler is not None:
            handler(turn, event)
        for trigger in triggers_of(event):
            _fire(turn, trigger, event)
        if len(turn.events) > MOST_EVENTS:
            recent = ", ".join(dict.fromkeys(t for e in turn.events[-20:] for t in triggers_of(e)))
            raise EndlessRules(f"the rules of {turn.pack.id} set each other off without end: {recent}")
    _finish(turn)


def triggers_of(event: ev.Event) -> Iterator[str]:
    """The words by which rules may hang on an event."""
    name = _TRIGGERS.get(type(event))
    if name is not None:
        yield name(event)
    if isinstance(event, (ev.FieldsSet, ev.ActDone, ev.ApprovalVoted)):
        yield from (f"set {field}" for field in event.values)


def _fire(turn: Turn, trigger: str, event: ev.Event) -> None:
    """Everything that hangs on a trigger: first what is known by it, then the papers, what ends, what begins, what else follows."""
    pack = turn.pack
    for pattern in pack.patterns_after.get(trigger, ()):
        _find(turn, pattern)
    for decision in pack.decisions_after.get(trigger, ()):
        _decide(turn, decision)
    _put_on_paper(turn, trigger)
    for rule in pack.cancelled_by.get(trigger, ()):
        live = [duty for duty in turn.case.duties.values() if duty.rule == rule.id and duty.live]
        cancel(turn, live, trigger, rule.clauses)
    leave(turn, trigger)
    for ladder in pack.ladders_after.get(trigger, ()):
        enter(turn, ladder)
    for rule in pack.duties_after.get(trigger, ()):
        if not rule.id.startswith((APPROVING, APPEALING)):
            open_duties(turn, rule, trigger, _duty_of(turn, event))
    for reaction in pack.reactions_after.get(trigger, ()):
        if turn.facts().holds(reaction.when):
            cause = Cause(reaction, "then", _duty_of(turn, event), event.by or turn.actor.id)
            carry_out(turn, reaction.then, cause)


def _decide(turn: Turn, rule: Decision) -> None:
    row = next((row for row in rule.rows if turn.facts().holds(row.when)), None)
    if row is not None and turn.case.fields.get(rule.sets) != row.value:
        clauses = row.clauses or rule.clauses
        turn.emit(ev.FieldsSet(at=turn.at, rule=rule.id, values={rule.sets: row.value}, clauses=clauses))


def _put_on_paper(turn: Turn, trigger: str) -> None:
    for number in turn.pack.numbers_after.get(trigger, ()):
        _give_number(turn, number)
    for book in turn.pack.books_after.get(trigger, ()):
        if book.id not in turn.case.books and turn.facts().holds(book.when):
            turn.emit(ev.BookEntered(at=turn.at, book=book.id, clauses=book.clauses))
    for document in turn.pack.documents_after.get(trigger, ()):
        if turn.facts().holds(document.when):
            turn.emit(ev.DocumentIssued(at=turn.at, document=document.id, clauses=document.own_clauses()))


def _duty_of(turn: Turn, event: ev.Event) -> Any:
    return turn.case.duties.get(getattr(event, "duty", ""))


def _act_done(turn: Turn, event: ev.ActDone) -> None:
    act = turn.pack.acts[event.act]
    for role in turn.pack.roles.values():
        if event.act in role.set_by:
            name_person(turn, role.id, event.by, role.clauses)
    if act.life in LIFE:
        turn.emit(ev.StageChanged(at=turn.at, by=event.by, stage=LIFE[act.life], clauses=act.clauses))
    if act.life == "erase":
        turn.emit(erasure_of(turn.pack, turn.case, event, act.clauses))
    carry_out(turn, act.then, Cause(act, "then", None, event.by))
    for book_id, locked in list(turn.case.books.items()):
        if not locked and event.act in turn.pack.books[book_id].locked_by:
            turn.emit(ev.BookLocked(at=turn.at, by=event.by, book=book_id, clauses=turn.pack.books[book_id].clauses))
    _commit_sums(turn, event)
    if act.ledger == "appeal":
        appeal(turn, event)
    if act.ledger == "ruling":
        rule_on(turn, event)
    climb_by_act(turn, event.act)
    meet_duties(turn, event)
    follow_agreed_dates(turn, event.values)
    follow_tables(turn, event.values)


def _commit_sums(turn: Turn, event: ev.ActDone) -> None:
    for rule in turn.pack.authority.get(event.act, ()):
        amount = decimal(event.values.get(rule.amount))
        if amount is not None and turn.facts(act=event.act).holds(rule.when):
            sum_ = f"{amount:.2f}"
            turn.emit(ev.Committed(at=turn.at, by=event.by, authority=rule.id, amount=sum_, clauses=rule.clauses))


def _fields_set(turn: Turn, event: ev.FieldsSet) -> None:
    follow_agreed_dates(turn, event.values)
    follow_tables(turn, event.values)


def _duty_met(turn: Turn, event: ev.DutyMet) -> None:
    duty = turn.case.duties[event.duty]
    rule = turn.pack.duties[duty.rule]
    carry_out(turn, rule.then, Cause(rule, "then", duty, event.by))


def _duty_late(turn: Turn, event: ev.DutyLate) -> None:
    duty = turn.case.duties[event.duty]
    rule = turn.pack.duties[duty.rule]
    carry_out(turn, rule.if_late, Cause(rule, "if_late", duty))
    climb_when_late(turn, duty.rule)


def _reminded(turn: Turn, event: ev.DutyReminded) -> None:
    duty = turn.case.duties[event.duty]
    rule = turn.pack.duties[duty.rule]
    for index, reminder in enumerate(rule.remind):
        if bool(reminder.every) is (duty.late_at is not None):
            for role in reminder.to or duty.roles:
                turn.emit(
                    ev.NoticeRaised(
                        at=turn.at, notice=f"n{turn.case.notices + 1}", rule=rule.id, effect=f"remind.{index}", roles=(role,), unit=duty.unit,
                        person=duty.person, duty=duty.key, clauses=reminder.clauses or rule.clauses,
                    )
                )  # fmt: skip


def _asked(turn: Turn, event: ev.ApprovalAsked) -> None:
    _open_approver_duties(turn, event.request)


def _open_approver_duties(turn: Turn, key: str) -> None:
    request = turn.case.requests[key]
    approval = turn.pack.approvals[request.approval]
    rule = turn.pack.duties[APPROVING + approval.id]
    for role in asked_now(approval, request):
        clauses = (
            next((item.clauses for item in approval.by if not isinstance(item, str) and item.role == role), ())
            or rule.clauses
        )
        unit = units_of(turn.pack, turn.case, role)[0]
        open_one(
            turn,
            rule.model_copy(update={"clauses": clauses}),
            key,
            (role,),
            unit,
            f":{key.replace('#', '-')}:{role}",
        )


def _voted(turn: Turn, event: ev.ApprovalVoted) -> None:
    request = turn.case.requests[event.request]
    approval = turn.pack.approvals[request.approval]
    follow_agreed_dates(turn, event.values)
    follow_tables(turn, event.values)
    for duty in [d for d in turn.case.duties.values() if d.live and d.cause == request.key and event.role in d.roles]:
        meet(turn, duty, "decide", event.by)
    settled = outcome(approval, request)
    if settled is None:
        _open_approver_duties(turn, request.key)
        return
    cancel(
        turn,
        [d for d in turn.case.duties.values() if d.live and d.cause == request.key],
        f"settled {approval.id}",
    )
    turn.emit(
        ev.ApprovalSettled(
            at=turn.at,
            by=event.by,
            request=request.key,
            approval=approval.id,
            approved=settled,
            clauses=approval.own_clauses(),
        )
    )


def _settled(turn: Turn, event: ev.ApprovalSettled) -> None:
    approval = turn.pack.approvals[event.approval]
    request = turn.case.requests[event.request]
    line = turn.case.ledger.get(request.cause)
    if line is not None and line.status in ("proposed", "appealed"):
        kind = ev.LedgerConfirmed if event.approved else ev.LedgerWaived
        extra = {} if event.approved else {"cause": approval.id}
        turn.emit(kind(at=turn.at, by=event.by, line=line.line, clauses=approval.clauses, **extra))
    where, effects = ("if_approved", approval.if_approved) if event.approved else ("if_refused", approval.if_refused)
    carry_out(turn, effects, Cause(approval, where, None, event.by))


def _stage_changed(turn: Turn, event: ev.StageChanged) -> None:
    if event.stage in ("closed", "declined"):
        ended = [d for d in turn.case.duties.values() if d.live and not turn.pack.duties[d.rule].keep_after_closing]
        cancel(turn, ended, f"stage {event.stage}")


def _give_number(turn: Turn, number: Any) -> None:
    if number.id in turn.case.numbers or not turn.facts().holds(number.when):
        return
    local = turn.at.astimezone(turn.pack.zone())
    period = {"year": f"{local:%Y}", "month": f"{local:%Y%m}", "day": f"{local:%Y%m%d}", "ever": ""}[number.per]
    own = f":{turn.case.unit}" if number.per_unit else ""
    serial = turn.world.serial(f"{number.id}:{period}{own}")
    given = number.format.format(
        year=local.year, yy=f"{local:%y}", month=local.month, day=local.day, unit=turn.case.unit, serial=serial
    )
    turn.emit(ev.NumberGiven(at=turn.at, series=number.id, number=given, clauses=number.clauses))


def _find(turn: Turn, pattern: Pattern) -> None:
    key = key_of(turn.case, pattern)
    if not key or not turn.facts().holds(pattern.when):
        return
    since = turn.at - timedelta(minutes=turn.pack.span(pattern.within).rough_minutes())
    alike = tuple(case for case in turn.world.alike(pattern.id, key, since) if case != turn.case.id)
    if _how_many(turn, pattern, alike) >= pattern.at_least:
        turn.emit(ev.Linked(at=turn.at, pattern=pattern.id, cases=alike, clauses=pattern.clauses))
        carry_out(turn, pattern.then, Cause(pattern, "then"))


def _how_many(turn: Turn, pattern: Pattern, alike: tuple[str, ...]) -> int:
    """The cases alike, this one included; those of one kind under ``different_by`` count once."""
    if not pattern.different_by:
        return len(alike) + 1
    own = key_of(turn.case, turn.pack.patterns[pattern.different_by])
    return turn.world.different(alike, pattern.different_by, own) + 1


def _finish(turn: Turn) -> None:
    """A standing duty's file closes by itself once nothing on it is left to do."""
    case = turn.case
    if case.kind == "standing" and case.is_open and case.duties and not case.live_duties():
        turn.emit(ev.StageChanged(at=turn.at, stage="closed"))
        turn.pending.clear()


_TRIGGERS: dict[type[ev.Event], Callable[[Any], str]] = {
    ev.Registered: lambda e: f"standing {e.subject}" if e.kind == "standing" else "registered",
    ev.ActDone: lambda e: e.act,
    ev.StageChanged: lambda e: f"stage {e.stage}",
    ev.DutyMet: lambda e: "met " + e.duty.split("#")[0].split("@")[0].split(":")[0],
    ev.DutyLate: lambda e: "late " + e.duty.split("#")[0].split("@")[0].split(":")[0],
    ev.ApprovalAsked: lambda e: f"ask {e.approval}",
    ev.ApprovalSettled: lambda e: f"{'approved' if e.approved else 'refused'} {e.approval}",
    ev.RungReached: lambda e: f"rung {e.ladder}.{e.rung}",
    ev.RoundStarted: lambda e: "round",
    ev.Marked: lambda e: f"mark {e.mark}",
    ev.Signalled: lambda e: f"signal {e.signal}",
    ev.LedgerAppealed: lambda e: f"appeal {e.rule}",
    ev.Linked: lambda e: f"pattern {e.pattern}",
    ev.NumberGiven: lambda e: f"number {e.series}",
}
_REACTIONS: dict[type[ev.Event], Callable[[Turn, Any], None]] = {
    ev.ActDone: _act_done,
    ev.FieldsSet: _fields_set,
    ev.DutyMet: _duty_met,
    ev.DutyLate: _duty_late,
    ev.DutyReminded: _reminded,
    ev.ApprovalAsked: _asked,
    ev.ApprovalVoted: _voted,
    ev.ApprovalSettled: _settled,
    ev.LedgerAppealed: rulings_open,
    ev.LedgerWaived: end_appeal,
    ev.StageChanged: _stage_changed,
}
__all__ = ["EndlessRules", "react_all", "triggers_of"]
