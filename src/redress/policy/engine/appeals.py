"""Appeals against lines of the ledger: who may object, until when, who rules, and what the ruling makes of the line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from redress.calendars import reckon
from redress.policy.errors import Refusal
from redress.policy.implied import APPEALING, UNWRITTEN
from redress.policy.language.acts import Act
from redress.policy.language.people import Appeal as Rule
from redress.policy.language.people import Approver
from redress.policy.pack import Pack

from . import events as ev
from .approvals import withdraw
from .case import Case, LedgerLine
from .facts import Facts
from .openings import open_one
from .standing_of import acting_role, units_of
from .turn import Turn
from .world import Actor

LINE, REASON, EVIDENCE = "ledger_line", "line_appeal_reason", "line_appeal_evidence"
RULING, AMOUNT, WHY = "line_ruling", "line_ruled_amount", "line_ruling_reason"


def rule_for(facts: Facts, line: LedgerLine) -> Rule | None:
    """The pack's rule for appeals against this line; None where it has written none."""
    rules = facts.pack.appeals.values()
    return next((rule for rule in rules if line.kind in (rule.kinds or (line.kind,)) and facts.holds(rule.when)), None)


def ledger_refusals(
    pack: Pack, case: Case, act: Act, facts: Facts, actor: Actor, data: Mapping[str, Any]
) -> Iterator[Refusal]:
    """Why the actor may not appeal, or rule on, the line in ``data``; where it names none, whether any is theirs at all."""
    refused = _appeal_refused if act.ledger == "appeal" else _ruling_refused
    name = str(data.get(LINE) or "")
    if name and name not in case.ledger:
        yield Refusal("no-line", (), "台账上没有这一行", "there is no such line on the ledger", LINE)
    elif name:
        yield from refused(facts, case.ledger[name], actor, data)
    elif all(any(True for _ in refused(facts, line, actor, data)) for line in case.ledger.values()):
        zh, en = "没有你可以申诉或裁定的台账行", "there is no ledger line for you to appeal or rule on"
        yield Refusal("not-here", (), zh, en)


def may(facts: Facts, line: LedgerLine, actor: Actor, what: str) -> bool:
    """Whether the actor may ``appeal`` the line now, or give the ``ruling`` on it."""
    refused = _appeal_refused if what == "appeal" else _ruling_refused
    return not any(True for _ in refused(facts, line, actor, {}))


def open_until(facts: Facts, line: LedgerLine) -> datetime | None:
    """Until when one may appeal; None where nothing limits it."""
    rule = rule_for(facts, line)
    if rule is None or rule.open_for is None:
        return None
    pack = facts.pack
    return reckon(line.settled_at or line.at, pack.span(rule.open_for), pack.calendar(rule.calendar)).due


def _appeal_refused(facts: Facts, line: LedgerLine, actor: Actor, _data: Mapping[str, Any]) -> Iterator[Refusal]:
    clauses = _clauses(facts, line)
    if not _charged(facts, line, actor):
        yield Refusal(
            "not-charged",
            clauses,
            "只有被记的人，或被记单位的负责人可以申诉",
            "only whoever is charged may appeal",
            LINE,
        )
    elif line.appeal is not None:
        zh, en = "这一行已经申诉过，以裁定为准", "this line has been appealed already; the ruling stands"
        yield Refusal("appealed", clauses, zh, en, LINE)
    elif line.status not in ("proposed", "confirmed"):
        yield Refusal(
            "waived", clauses, "这一行已经免除，不需要申诉", "this line is waived; there is nothing to appeal", LINE
        )
    else:
        until = open_until(facts, line)
        if until is not None and facts.at >= until:
            zh, en = f"申诉期限到 {until:%Y-%m-%d %H:%M} 为止", f"appeals were possible until {until:%Y-%m-%d %H:%M}"
            yield Refusal("too-late", clauses, zh, en, LINE)
        elif not rulers(facts, line, actor.id)[0]:
            zh, en = "制度没有写明由谁裁定，不能申诉", "the policy does not say who would rule"
            yield Refusal("no-ruler", clauses, zh, en, LINE)


def _ruling_refused(facts: Facts, line: LedgerLine, actor: Actor, data: Mapping[str, Any]) -> Iterator[Refusal]:
    clauses, appeal = _clauses(facts, line), line.appeal
    duty = next((d for d in facts.case.live_duties() if d.cause == line.line and d.rule.startswith(APPEALING)), None)
    if line.status != "appealed" or appeal is None or duty is None:
        yield Refusal(
            "not-appealed", clauses, "这一行没有待裁定的申诉", "no appeal against this line awaits a ruling", LINE
        )
    elif actor.id == line.person or actor.id == appeal.by:
        yield Refusal("own-line", clauses, "不得裁定自己的申诉", "nobody rules on their own appeal", LINE)
    elif actor.id == line.by:
        yield Refusal(
            "own-proposal", clauses, "提出这一行的人不得裁定", "whoever proposed the line does not rule on it", LINE
        )
    elif acting_role(facts.pack, facts.case, actor, duty.roles, facts.world, (duty.unit,)) is None:
        names = [facts.pack.role_text(role) for role in duty.roles]
        zh, en = "或".join(name.zh for name in names), " or ".join(name.en for name in names)
        yield Refusal("not-yours", clauses, f"须由{zh}裁定", f"this is for {en} to rule on", LINE)
    elif data.get(RULING) == "change" and not line.amount:
        yield Refusal("no-sum", clauses, "这一行没有金额可改", "this line has no sum to change", RULING)


def _charged(facts: Facts, line: LedgerLine, actor: Actor) -> bool:
    if line.person:
        return line.person == actor.id
    pack, rule = facts.pack, rule_for(facts, line)
    roles = (rule.who if rule else ()) or ((line.role,) if line.role in pack.roles else ())
    if roles:
        return acting_role(pack, facts.case, actor, roles, facts.world, (line.unit,)) is not None
    return any(
        seat.unit == line.unit and seat.role in pack.roles and pack.roles[seat.role].reads == "unit"
        for seat in actor.seats
    )


def rulers(facts: Facts, line: LedgerLine, appellant: str) -> tuple[tuple[str, ...], str]:
    """(roles, unit): any of these may rule. The first in line whom no party to it holds; all of them where each is held.

    A party is who is charged (also by another line of the same stroke), who proposed it, and who appeals.

    Nearest first: as the pack says; else the line's approver, a higher rank, whoever approves other things; where there is
    none of these, whoever reads the cases of the unit above.
    """
    beside = {other.person for other in facts.case.ledger.values() if (other.rule, other.at) == (line.rule, line.at)}
    parties = {line.person, line.by, appellant, *beside} - {""}
    held = {role for person in parties for role in facts.world.roles_of(person, facts.at)}
    ahead = tuple(dict.fromkeys(_in_line(facts, line)))
    if not ahead:
        above = tuple(facts.world.lineage(line.unit))[1:2] or (line.unit,)
        readers = (role.id for role in facts.pack.roles.values() if role.found == "seat" and role.reads == "unit")
        return tuple(readers), above[0]
    roles = next(((role,) for role in ahead if role not in held), None) or ahead
    return roles, units_of(facts.pack, facts.case, roles[0])[0]


def _in_line(facts: Facts, line: LedgerLine) -> Iterable[str]:
    pack, rule = facts.pack, rule_for(facts, line)
    if rule is not None:
        return rule.by
    asked = [role for request in facts.case.requests.values() if request.cause == line.line for role in request.roles]
    rank = pack.roles[line.role].rank if line.role in pack.roles else 0
    seats = [role for role in pack.roles.values() if role.found == "seat" and role.rank > rank]
    above = [role.id for role in sorted(seats, key=lambda role: role.rank)]
    return (*reversed(asked), *above, *approving_roles(pack))


def approving_roles(pack: Pack) -> Iterator[str]:
    """The seats that some approval of the pack asks last."""
    for approval in pack.approvals.values():
        last = approval.by[-1] if approval.by else ""
        role = last.role if isinstance(last, Approver) else last
        if role in pack.roles and pack.roles[role].found == "seat":
            yield role


def appeal(turn: Turn, done: ev.ActDone) -> None:
    """The appeal that an act makes becomes a fact of its line."""
    facts, line = turn.facts(), turn.case.ledger[str(done.values[LINE])]
    rule, (roles, unit) = rule_for(facts, line), rulers(facts, line, done.by)
    turn.emit(
        ev.LedgerAppealed(
            at=turn.at, by=done.by, line=line.line, rule=rule.id if rule else UNWRITTEN, clauses=_clauses(facts, line),
            reason=str(done.values.get(REASON, "")), evidence=tuple(done.values.get(EVIDENCE) or ()),
            roles=roles, unit=unit,
        )
    )  # fmt: skip


def rulings_open(turn: Turn, event: ev.LedgerAppealed) -> None:
    """Whoever rules has a duty to, and is told; so is whoever proposed the line."""
    line = turn.case.ledger[event.line]
    rule = turn.pack.duties[APPEALING + event.rule].model_copy(update={"clauses": event.clauses})
    open_one(turn, rule, event.line, event.roles, event.unit, f":{event.line}")
    for role in event.roles:
        _tell(turn, rule.id, "appealed", role, event.unit, "", event.clauses)
    if line.by:
        _tell(turn, rule.id, "appealed", line.role, line.unit, line.by, event.clauses)


def rule_on(turn: Turn, done: ev.ActDone) -> None:
    """The ruling: the line stands, falls away, or has another sum; one that nobody else must confirm is confirmed by it."""
    line = turn.case.ledger[str(done.values[LINE])]
    assert line.appeal is not None
    ruling, clauses = str(done.values[RULING]), _clauses(turn.facts(), line)
    duty = next(d for d in turn.case.live_duties() if d.cause == line.line and d.rule.startswith(APPEALING))
    acting = acting_role(turn.pack, turn.case, turn.actor, duty.roles, turn.world, (duty.unit,))
    amount = f"{Decimal(str(done.values[AMOUNT])):.2f}" if ruling == "change" else line.amount
    waiting = any(request.cause == line.line and request.status == "asked" for request in turn.case.requests.values())
    kept = "proposed" if waiting and line.appeal.was == "proposed" else "confirmed"
    turn.emit(
        ev.LedgerRuled(
            at=turn.at, by=done.by, line=line.line, role=acting[0] if acting else done.role, ruling=ruling, reason=str(done.values[WHY]), amount=amount,
            status="waived" if ruling == "waive" else kept, clauses=clauses,
        )
    )  # fmt: skip
    if ruling == "waive":
        withdraw(turn, line.line, clauses)
    for person in dict.fromkeys((line.person, line.appeal.by, line.by)):
        if person and person != done.by:
            _tell(turn, APPEALING + line.appeal.rule, "ruled", line.role, line.unit, person, clauses)


def end_appeal(turn: Turn, event: ev.LedgerWaived) -> None:
    """A line that falls away by itself leaves nothing to rule on."""
    for duty in [d for d in turn.case.live_duties() if d.cause == event.line and d.rule.startswith(APPEALING)]:
        turn.emit(ev.DutyCancelled(at=turn.at, duty=duty.key, cause=f"waived {event.line}", clauses=event.clauses))


def _tell(turn: Turn, rule: str, effect: str, role: str, unit: str, person: str, clauses: tuple[str, ...]) -> None:
    turn.emit(
        ev.NoticeRaised(
            at=turn.at, notice=f"n{turn.case.notices + 1}", rule=rule, effect=effect, roles=(role,), unit=unit, person=person,
            clauses=clauses,
        )
    )  # fmt: skip


def _clauses(facts: Facts, line: LedgerLine) -> tuple[str, ...]:
    rule = rule_for(facts, line)
    return tuple(dict.fromkeys((*line.clauses, *(rule.clauses if rule else ()))))


__all__ = [
    "appeal",
    "end_appeal",
    "ledger_refusals",
    "may",
    "open_until",
    "rule_for",
    "rule_on",
    "rulers",
    "rulings_open",
]
