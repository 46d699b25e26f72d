"""decide: a command becomes events, or is refused. What the events oblige people to do is ``react``'s business."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.policy.language.people import Approval
from redress.policy.pack import Pack

from . import commands as cmd
from . import events as ev
from .approvals import vote_refusals
from .attaching import attach, emit_files, hand_over, with_files, withdraw, wrong_files
from .case import Case, DutyState
from .effects import Cause, carry_out
from .filling import form_refusals
from .missing import account, take_back
from .openings import move
from .permissions import Permission, permission
from .react import react_all
from .standing_of import acting_role, may_read
from .timing import anew, next_look, reckoned
from .turn import Turn
from .world import Actor, World


class Accepted(msgspec.Struct, frozen=True):
    """A command carried out: the new events, the case after them, and what the policy warns of."""

    events: tuple[ev.Event, ...]
    case: Case
    warnings: tuple[Refusal, ...] = ()


class Refused(msgspec.Struct, frozen=True):
    """A command refused, with every reason."""

    refusals: tuple[Refusal, ...]


Ruling = Accepted | Refused


def decide(pack: Pack, case: Case, command: cmd.Command, actor: Actor, at: datetime, world: World) -> Ruling:
    """Carries a command out on a case at ``at`` (aware): decide, evolve and react to the end, or refuse.

    The caller sees to it that the clock has caught up with ``at`` first (``Case.next_tick``). Nothing is stored here.
    """
    if at.tzinfo is None:
        raise ValueError("a command's time must carry its time zone")
    turn = Turn(pack, case, actor, at, world)
    answer = _DECIDERS[type(command)](turn, command)
    if answer.refusals:
        return Refused(tuple(answer.refusals))
    react_all(turn)
    return Accepted(tuple(turn.events), turn.case, answer.warnings)


def _register(turn: Turn, command: cmd.Register) -> Permission:
    pack, head = turn.pack, turn.pack.head
    if not pack.in_force(turn.at):
        zh, en = (
            f"本制度自 {head.effective.from_} 起施行，此前的投诉不适用",
            f"this policy is in force from {head.effective.from_}",
        )
        return Permission((Refusal("not-in-force", head.effective.clauses, zh, en),))
    data, files = with_files(turn.case, command.data, command.files)
    unit = str(data.get(head.unit_field) or command.unit) if head.unit_field else command.unit
    if not turn.world.unit_kind(unit):
        return Permission((Refusal("no-unit", (), "没有这个单位", "there is no such unit", head.unit_field),))
    if _is_unit_of(pack, head.unit_field, turn.world.unit_kind(unit)):
        data.setdefault(head.unit_field, unit)
    blank = msgspec.structs.replace(turn.case, unit=unit)
    wrong = wrong_files(turn, (item.field for item in pack.acts["register"].form), files)
    if wrong:
        return Permission(tuple(wrong))
    answer = permission(pack, blank, "register", turn.actor, turn.at, turn.world, data)
    if answer.granted:
        turn.emit(
            ev.Registered(
                at=turn.at,
                by=turn.actor.id,
                kind="complaint",
                unit=unit,
                pack=pack.id,
                version=pack.version,
                hash=pack.hash,
                role=answer.role,
                found_in=command.found_in,
            )
        )
        _record_act(turn, "register", data, "", answer)
        emit_files(turn, files)
    return answer


def _is_unit_of(pack: Pack, field: str, unit_kind: str) -> bool:
    """Whether the unit field of the registration form takes a unit of this kind (then the case's unit is its value)."""
    on_form = any(item.field == field for item in pack.acts["register"].form)
    return on_form and unit_kind in (pack.fields[field].unit_kinds or (unit_kind,))


def _open_standing(turn: Turn, command: cmd.OpenStanding) -> Permission:
    rule = turn.pack.standing[command.standing]
    turn.emit(
        ev.Registered(
            at=turn.at, kind="standing", subject=rule.id, unit=command.unit, pack=turn.pack.id, version=turn.pack.version, hash=turn.pack.hash,
            clauses=rule.clauses,
        )
    )  # fmt: skip
    turn.emit(
        ev.FieldsSet(
            at=turn.at,
            rule=rule.id,
            values={"period": command.label, "period_start": command.start, "period_end": command.end},
        )
    )
    return Permission(())


def _perform(turn: Turn, command: cmd.Perform) -> Permission:
    if command.act == "register":
        return Permission((Refusal("registered", (), "案件已经登记", "the case is registered already"),))
    data, files = with_files(turn.case, command.data, command.files)
    act = turn.pack.acts.get(command.act)
    wrong = wrong_files(turn, (item.field for item in act.form), files) if act else []
    if wrong:
        return Permission(tuple(wrong))
    answer = permission(turn.pack, turn.case, command.act, turn.actor, turn.at, turn.world, data, command.unit)
    if answer.granted:
        _record_act(turn, command.act, data, command.unit, answer)
        emit_files(turn, files)
    return answer


def _record_act(turn: Turn, act_id: str, data: dict[str, Any], unit: str, answer: Permission) -> None:
    act = turn.pack.acts[act_id]
    turn.emit(
        ev.ActDone(
            at=turn.at, by=turn.actor.id, clauses=act.clauses, act=act_id, role=answer.role, values=data, unit=unit,
            stands_in_for=answer.stands_in_for, signed=act.signs, warnings=tuple(warning.rule for warning in answer.warnings),
        )
    )  # fmt: skip


def _vote(turn: Turn, command: cmd.Decide) -> Permission:
    refusals = list(vote_refusals(turn, command))
    request = turn.case.requests.get(command.request)
    if refusals or request is None:
        return Permission(tuple(refusals))
    form = _as_form(turn.pack.approvals[request.approval])
    facts = turn.facts(dict(command.data), "decide")
    missing = tuple(form_refusals(turn.pack, turn.case, form, command.data, facts))
    if missing and command.approve:
        return Permission(missing)
    duty = next(d for d in turn.case.live_duties() if d.cause == request.key and _mine(turn, d.roles))
    turn.emit(
        ev.ApprovalVoted(
            at=turn.at, by=turn.actor.id, clauses=duty.clauses, request=request.key, role=duty.roles[0],
            approve=command.approve, reason=command.reason, values=dict(command.data),
        )
    )  # fmt: skip
    return Permission(())


def _as_form(rule: Approval) -> Act:
    return Act(id="decide", form=rule.record, clauses=rule.clauses)


def _mine(turn: Turn, roles: tuple[str, ...]) -> bool:
    return acting_role(turn.pack, turn.case, turn.actor, roles, turn.world) is not None


def _try(turn: Turn, command: cmd.Try) -> Permission:
    """A call that reached nobody is recorded by whoever might have fulfilled the duty; the duty stands."""
    duty = turn.case.duties.get(command.duty)
    if duty is None or not duty.live or turn.pack.duties[duty.rule].work != "callback":
        return Permission((Refusal("no-such-duty", (), "眼下没有这项回访", "there is no such callback to make"),))
    if command.again is not None and command.again <= turn.at:
        return Permission((Refusal("past", (), "下次回访须在现在之后", "the next try lies ahead", "again"),))
    rule = turn.pack.duties[duty.rule]
    unit = duty.unit if rule.for_each else ""
    answers = [
        permission(turn.pack, turn.case, act, turn.actor, turn.at, turn.world, {}, unit, form=False)
        for act in rule.done_by or (rule.id,)
    ]
    if not any(answer.granted for answer in answers):
        return answers[0]
    turn.emit(
        ev.DutyTried(
            at=turn.at, by=turn.actor.id, duty=duty.key, channel=command.channel, note=command.note, again=command.again,
            clauses=duty.clauses,
        )
    )  # fmt: skip
    return Permission(())


def _tick(turn: Turn, command: cmd.Tick) -> Permission:
    duty = turn.case.duties.get(command.duty)
    if duty is None or not duty.live or duty.next is None or duty.next > turn.at:
        return Permission((Refusal("nothing-due", (), "此刻没有到点的事", "nothing is due at this moment"),))
    rule = turn.pack.duties[duty.rule]
    if duty.status == "waiting":
        upcoming = next_look(turn.pack, rule, duty.start, duty.due, late=False, reminded=0, calendar=duty.calendar)
        turn.emit(ev.DutyStarted(at=turn.at, duty=duty.key, next=upcoming, clauses=duty.clauses))
    elif duty.due is not None and duty.late_at is None and turn.at >= duty.due:
        upcoming = next_look(
            turn.pack, rule, duty.start, duty.due, late=True, reminded=duty.reminded, calendar=duty.calendar
        )
        turn.emit(ev.DutyLate(at=turn.at, duty=duty.key, next=upcoming, clauses=duty.clauses))
    else:
        upcoming = next_look(
            turn.pack,
            rule,
            duty.start,
            duty.due,
            late=duty.late_at is not None,
            reminded=duty.reminded + 1,
            calendar=duty.calendar,
        )
        turn.emit(ev.DutyReminded(at=turn.at, duty=duty.key, next=upcoming, clauses=duty.clauses))
    return Permission(())


def _recompute(turn: Turn, command: cmd.Recompute) -> Permission:
    duty = turn.case.duties.get(command.duty)
    if duty is not None and duty.live and command.reason.strip():
        return _renew(turn, duty)
    if duty is None or not duty.live or not duty.provisional:
        return Permission((Refusal("nothing-provisional", (), "这个时限已经确定", "this due time is settled"),))
    found = reckoned(turn.pack, duty)
    upcoming = next_look(
        turn.pack,
        turn.pack.duties[duty.rule],
        duty.start,
        found.due,
        late=False,
        reminded=duty.reminded,
        calendar=duty.calendar,
    )
    turn.emit(
        ev.DutyMoved(
            at=turn.at,
            duty=duty.key,
            due=found.due,
            next=upcoming,
            why="recomputed",
            provisional=found.provisional,
            clauses=duty.clauses,
        )
    )
    return Permission(())


def _renew(turn: Turn, duty: DutyState) -> Permission:
    found = anew(turn.facts(), duty)
    if found is None:
        zh, en = "这个时限不按日历计算，不能重算", "this due time does not follow the calendar"
        return Permission((Refusal("not-reckoned", (), zh, en),))
    span, named, due, provisional = found
    other = (named or turn.pack.head.calendar) if named != duty.calendar else ""
    move(turn, duty, due, "renewed", duty.clauses, provisional, span, other)
    return Permission(())


def _join(turn: Turn, command: cmd.Join) -> Permission:
    rule = turn.pack.patterns[command.pattern]
    others = tuple(case for case in command.cases if case != turn.case.id)
    if set(others) <= set(turn.case.links.get(rule.id, ())):
        return Permission((Refusal("joined", (), "案件已经关联", "the cases are linked already"),))
    turn.emit(ev.Linked(at=turn.at, pattern=rule.id, cases=others, clauses=rule.clauses))
    carry_out(turn, rule.then, Cause(rule, "then"))
    return Permission(())


def _note_find(turn: Turn, command: cmd.NoteFind) -> Permission:
    if not may_read(turn.pack, turn.case, turn.actor, turn.world) or turn.case.kind != "standing":
        return Permission((Refusal("not-yours", (), "你无权查看这一期", "you may not see this round"),))
    if command.case not in turn.case.finds:
        turn.emit(ev.Found(at=turn.at, by=turn.actor.id, case=command.case))
    return Permission(())


def _move_pack(turn: Turn, command: cmd.MovePack) -> Permission:
    if not command.reason.strip():
        return Permission(
            (
                Refusal(
                    "reason",
                    (),
                    "请写明换用版本的理由",
                    "say why the case moves to another version",
                    "reason",
                ),
            )
        )
    turn.emit(
        ev.PackMoved(at=turn.at, by=turn.actor.id, version=command.version, hash=command.hash, reason=command.reason)
    )
    return Permission(())


def _reveal(turn: Turn, command: cmd.Reveal) -> Permission:
    if not may_read(turn.pack, turn.case, turn.actor, turn.world):
        return Permission((Refusal("not-yours", (), "你无权查看此案", "you may not see this case"),))
    turn.emit(ev.Revealed(at=turn.at, by=turn.actor.id, field=command.field, reason=command.reason))
    return Permission(())


_DECIDERS: dict[type, Callable[[Turn, Any], Permission]] = {
    cmd.Register: _register,
    cmd.OpenStanding: _open_standing,
    cmd.Perform: _perform,
    cmd.Decide: _vote,
    cmd.Attach: attach,
    cmd.WithdrawAttachment: withdraw,
    cmd.HandOver: hand_over,
    cmd.Try: _try,
    cmd.Account: account,
    cmd.TakeBack: take_back,
    cmd.Tick: _tick,
    cmd.Recompute: _recompute,
    cmd.Join: _join,
    cmd.NoteFind: _note_find,
    cmd.MovePack: _move_pack,
    cmd.Reveal: _reveal,
}
