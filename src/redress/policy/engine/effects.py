"""Carrying out consequences: one function per verb of ``language.effects``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from redress.policy.language.base import Rule
from redress.policy.language.effects import Effect

from . import events as ev
from .approvals import ask, withdraw
from .case import DutyState
from .ladders import climb
from .openings import cancel, chosen, move, pause, resume
from .standing_of import units_of
from .timing import extended, moment_in
from .turn import Turn


class Cause(msgspec.Struct, frozen=True):
    """Why consequences follow: the rule, where in it, the duty it is about (if any), and who set it off."""

    rule: Rule
    where: str
    duty: DutyState | None = None
    by: str = ""

    def clauses(self, effect: Effect) -> tuple[str, ...]:
        """The consequence's own clauses, else those of its rule."""
        return effect.clauses or self.rule.clauses


def carry_out(turn: Turn, effects: tuple[Effect, ...], cause: Cause) -> None:
    """Carries out the consequences whose conditions hold, in order."""
    for index, effect in enumerate(effects):
        if turn.facts().holds(effect.when):
            _VERBS[effect.verb](turn, effect, msgspec.structs.replace(cause, where=f"{cause.where}.{index}"))


def _set(turn: Turn, effect: Effect, cause: Cause) -> None:
    values: dict[str, Any] = {}
    for name, value in (effect.set or {}).items():
        worked_out = isinstance(value, dict) and "is" in value
        values[name] = _as_typed(
            turn, name, turn.facts().result(value["is"]) if worked_out else turn.pack.parameter(value)
        )
    turn.emit(ev.FieldsSet(at=turn.at, rule=cause.rule.id, values=values, clauses=cause.clauses(effect)))


def _as_typed(turn: Turn, name: str, value: Any) -> Any:
    """A moment that was worked out, as a person would have typed it: a date, or a date and time, in the pack's zone."""
    if not isinstance(value, datetime):
        return value
    local = value.astimezone(turn.pack.zone())
    field = turn.pack.fields.get(name)
    return local.date().isoformat() if field and field.type == "date" else local.isoformat()


def _notify(turn: Turn, effect: Effect, cause: Cause) -> None:
    for role in effect.notify or ():
        found = turn.pack.roles[role].found if role in turn.pack.roles else "seat"
        person = turn.case.people.get(role, "") if found == "person" else ""
        units = units_of(turn.pack, turn.case, role)
        for unit in units if found == "seat" else units[:1]:
            turn.emit(
                ev.NoticeRaised(
                    at=turn.at, notice=f"n{turn.case.notices + 1}", rule=cause.rule.id, effect=cause.where, roles=(role,), unit=unit, person=person,
                    duty=cause.duty.key if cause.duty else "", clauses=cause.clauses(effect),
                )
            )  # fmt: skip


def _fine(turn: Turn, effect: Effect, cause: Cause) -> None:
    amount = _amount(turn, effect.fine, effect.by)
    if amount is not None:
        _enter(turn, cause, effect, "fine", amount, effect.on)


def _entry(turn: Turn, effect: Effect, cause: Cause) -> None:
    entry = effect.entry
    assert entry is not None
    kind = str(turn.case.fields.get(entry.kind_field) or entry.kind) if entry.kind_field else entry.kind
    written = turn.case.fields.get(entry.amount_field) if entry.amount_field else None
    amount = Decimal(str(written)) if written not in (None, "") else _amount(turn, entry.amount, effect.by)
    line = _enter(turn, cause, effect, kind, amount, entry.on)
    if entry.approval:
        ask(turn, turn.pack.approvals[entry.approval], line, cause.by, cause.clauses(effect))


def _enter(turn: Turn, cause: Cause, effect: Effect, kind: str, amount: Decimal | None, on: tuple[str, ...]) -> str:
    duty = cause.duty
    bearers = [(role, *_bearer(turn, role, duty)) for role in on or (duty.roles[:1] if duty else ()) or ("",)]
    role, person, unit = next((bearer for bearer in bearers if _is_named(turn, bearer)), bearers[-1])
    line = f"L{len(turn.case.ledger) + 1}"
    turn.emit(
        ev.LedgerEntered(
            at=turn.at, by=cause.by, line=line, kind=kind, rule=cause.rule.id, role=role, unit=unit, person=person, duty=duty.key if duty else "",
            amount="" if amount is None else f"{amount:.2f}", clauses=cause.clauses(effect),
        )
    )  # fmt: skip
    return line


def _is_named(turn: Turn, bearer: tuple[str, str, str]) -> bool:
    """Whether somebody stands behind it: a person, or the unit written in a field."""
    role, person, unit = bearer
    return bool(person or (role in turn.pack.fields and turn.pack.fields[role].type == "unit" and unit))


def _bearer(turn: Turn, role: str, duty: DutyState | None) -> tuple[str, str]:
    field = turn.pack.fields.get(role)
    if field is not None:
        value = str(turn.case.fields.get(role) or "")
        return ("", value) if field.type == "unit" else (value, turn.case.unit)
    person = turn.case.people.get(role, "")
    if duty is not None and role in duty.roles:
        return person or duty.person, duty.unit
    return person, units_of(turn.pack, turn.case, role)[0]


def _amount(turn: Turn, amount: Any, by: str) -> Decimal | None:
    if isinstance(amount, dict):
        amount = amount.get(str(turn.case.fields.get(by) or ""), amount.get("otherwise"))
    return None if amount is None else turn.pack.money(amount)


def _assign(turn: Turn, effect: Effect, cause: Cause) -> None:
    assign = effect.assign
    assert assign is not None
    slot = str(turn.case.fields.get(assign.slot_field) or "") if assign.slot_field else assign.slot
    person = turn.actor.id if assign.to == "actor" else str(turn.case.fields.get(assign.to) or "")
    name_person(turn, slot, person, cause.clauses(effect))


def name_person(turn: Turn, slot: str, person: str, clauses: tuple[str, ...]) -> None:
    """Puts a person into a slot, unless the slot is fixed and taken."""
    role = turn.pack.roles.get(slot)
    taken = role is not None and role.fixed and slot in turn.case.people
    if person and not taken and turn.case.people.get(slot) != person:
        turn.emit(ev.PersonNamed(at=turn.at, slot=slot, person=person, clauses=clauses))


def _extend(turn: Turn, effect: Effect, cause: Cause) -> None:
    rule = effect.extend
    assert rule is not None
    for duty in chosen(turn, rule.duties):
        due = extended(turn.pack, duty, rule.by) if rule.by else _until(turn, rule.until)
        if due is not None:
            move(turn, duty, due, "extended", cause.clauses(effect))


def _until(turn: Turn, field: str) -> Any:
    value = turn.case.fields.get(field)
    return moment_in(value, turn.pack.calendar("")) if value else None


def _waive(turn: Turn, effect: Effect, cause: Cause) -> None:
    wanted = set(effect.waive or ())
    for line in list(turn.case.ledger.values()):
        duty = turn.case.duties.get(line.duty)
        meant = "all" in wanted or (duty is not None and (duty.rule in wanted or (duty.live and "open" in wanted)))
        proposed = line.status == "proposed" or (
            line.status == "appealed" and line.appeal and line.appeal.was == "proposed"
        )
        if proposed and line.kind == "fine" and meant:
            turn.emit(
                ev.LedgerWaived(
                    at=turn.at,
                    by=turn.actor.id,
                    line=line.line,
                    cause=cause.rule.id,
                    clauses=cause.clauses(effect),
                )
            )
            withdraw(turn, line.line, cause.clauses(effect))


def _new_round(turn: Turn, effect: Effect, cause: Cause) -> None:
    lasting = {rule.id for rule in turn.pack.duties.values() if rule.keep_after_closing}  # approvals and the like
    this_round = [duty for duty in turn.case.duties.values() if duty.live and duty.rule not in lasting]
    cancel(turn, this_round, "round", cause.clauses(effect))
    turn.emit(ev.RoundStarted(at=turn.at, round=turn.case.round + 1, clauses=cause.clauses(effect)))
    turn.emit(ev.Signalled(at=turn.at, by=cause.by, signal=str(effect.new_round), clauses=cause.clauses(effect)))


def _mark(turn: Turn, effect: Effect, cause: Cause) -> None:
    if effect.mark and effect.mark not in turn.case.marks:
        turn.emit(ev.Marked(at=turn.at, mark=effect.mark, clauses=cause.clauses(effect)))


def _unmark(turn: Turn, effect: Effect, cause: Cause) -> None:
    if effect.unmark in turn.case.marks:
        turn.emit(ev.Unmarked(at=turn.at, mark=str(effect.unmark), clauses=cause.clauses(effect)))


_VERBS: dict[str, Callable[[Turn, Effect, Cause], None]] = {
    "set": _set,
    "notify": _notify,
    "fine": _fine,
    "entry": _entry,
    "mark": _mark,
    "unmark": _unmark,
    "assign": _assign,
    "climb": lambda t, e, c: climb(t, str(e.climb), c.clauses(e)),
    "pause": lambda t, e, c: pause(t, e.pause or (), c.rule.id, c.clauses(e)),
    "resume": lambda t, e, c: resume(t, e.resume or (), c.clauses(e)),
    "cancel": lambda t, e, c: cancel(t, chosen(t, e.cancel or ()), c.rule.id, c.clauses(e)),
    "extend": _extend,
    "waive": _waive,
    "ask": lambda t, e, c: ask(t, t.pack.approvals[str(e.ask)], c.rule.id, c.by, c.clauses(e)),
    "new_round": _new_round,
    "signal": lambda t, e, c: t.emit(ev.Signalled(at=t.at, by=c.by, signal=str(e.signal), clauses=c.clauses(e))),
    "stage": lambda t, e, c: t.emit(ev.StageChanged(at=t.at, stage=str(e.stage), clauses=c.clauses(e))),
}
