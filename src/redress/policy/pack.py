"""A pack ready to run: its rules by id and by trigger, its conditions compiled, its parameters resolved."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from redress.calendars import Calendar, Recurrence, Span

from .conditions import Compiled, Vocabulary
from .language.acts import Act
from .language.base import Rule, Text
from .language.drafts import Phrase
from .language.duties import Duty, Ladder, Rung
from .language.effects import Effect
from .language.fields import Field, Parameter
from .language.limits import Gate, Prohibition
from .language.pack import Calendar as WrittenCalendar
from .language.pack import Source
from .language.papers import Book, Document, Number, Retention
from .language.people import Appeal, Approval, Approver, Authority, Post, Recusal, Role
from .language.periodic import Measure, Report, Standing
from .language.rulings import Decision, Pattern, Reaction
from .language.sums import Compensation
from .language.words import Clause, Guidance
from .local_days import AT, canonical, with_local_days

APPROVING = "approval."
"""Prefix of the duties that an approval opens for its approvers."""
APPEALING = "appeal."
"""Prefix of the duties that an appeal against a ledger line opens for whoever rules."""
UNWRITTEN = "ledger"
"""The id under which appeals run that no rule of the pack is about."""


class Pack:
    """What the engine runs on. Build it from a checked ``Source``; it never changes.

    ``settings`` overrides parameters (the organisation's own values); they are part of the content hash.
    """

    def __init__(self, source: Source, settings: Mapping[str, Any] | None = None) -> None:
        self.source = source
        self.head = source.head
        self.id, self.version = source.head.pack, source.head.version
        self.settings = dict(settings or {})
        self.parameters: dict[str, Parameter] = _by_id(source.of(Parameter))
        self.fields: dict[str, Field] = _by_id(source.of(Field))
        self.roles: dict[str, Role] = _by_id(source.of(Role))
        self.approvals: dict[str, Approval] = _by_id(source.of(Approval))
        self.appeals: dict[str, Appeal] = _by_id(source.of(Appeal))
        self.ladders: dict[str, Ladder] = _by_id(source.of(Ladder))
        self.patterns: dict[str, Pattern] = _by_id(source.of(Pattern))
        self.numbers: dict[str, Number] = _by_id(source.of(Number))
        self.books: dict[str, Book] = _by_id(source.of(Book))
        self.documents: dict[str, Document] = _by_id(source.of(Document))
        self.standing: dict[str, Standing] = _by_id(source.of(Standing))
        self.measures: dict[str, Measure] = _by_id(source.of(Measure))
        self.reports: dict[str, Report] = _by_id(source.of(Report))
        self.compensations: dict[str, Compensation] = _by_id(source.of(Compensation))
        self.phrases: list[Phrase] = source.of(Phrase)
        self.posts: list[Post] = source.of(Post)
        self.recusals: list[Recusal] = source.of(Recusal)
        self.retentions: list[Retention] = source.of(Retention)
        self.guidance: list[Guidance] = source.of(Guidance)
        self.authorities: list[Authority] = source.of(Authority)
        self.clauses: dict[str, Clause] = {clause.id: clause for clause in source.clauses}
        self.vocabulary = Vocabulary(self.fields.values())
        self.duties: dict[str, Duty] = {
            duty.id: duty
            for duty in (
                *source.of(Duty),
                *self._rung_duties(),
                *self._standing_duties(),
                *self._approval_duties(),
                *self._appeal_duties(),
            )
        }
        self.acts: dict[str, Act] = {**self._acts_of_duties(), **_by_id(source.of(Act))}
        self.calendars: dict[str, Calendar] = with_local_days(
            {rule.id: rule.is_ for rule in source.of(WrittenCalendar)}, self.settings
        )
        self.gates = _by_act(source.of(Gate), "before")
        self.prohibitions = _by_act(source.of(Prohibition), "acts")
        self.authority = _by_act(source.of(Authority), "acts")
        self.worksheets_of: dict[str, list[Compensation]] = _by_act(self.compensations.values(), "acts")
        self.duties_after = _by_trigger(self.duties.values())
        self.ladders_after = _by_trigger(self.ladders.values())
        self.patterns_after: dict[str, list[Pattern]] = _by_trigger(self.patterns.values())
        self.reactions_after: dict[str, list[Reaction]] = _by_trigger(source.of(Reaction))
        self.decisions_after: dict[str, list[Decision]] = _by_trigger(source.of(Decision))
        self.numbers_after: dict[str, list[Number]] = _by_trigger(self.numbers.values())
        self.books_after: dict[str, list[Book]] = _by_trigger(self.books.values())
        self.documents_after: dict[str, list[Document]] = _by_trigger(self.documents.values())
        self.met_by = self._met_by()
        self.cancelled_by = self._cancelled_by()

    # --- what rules say -------------------------------------------------------------------------------------------

    def condition(self, expression: str) -> Compiled | None:
        """The compiled condition; None where there is none to hold."""
        return self.vocabulary.compile(expression) if expression else None

    def parameter(self, value: Any) -> Any:
        """The value itself, or that of the parameter it names (``$reply-limit``)."""
        if isinstance(value, str) and value.startswith("$"):
            name = value[1:]
            return self.settings.get(name, self.parameters[name].value)
        return value

    def span(self, value: str) -> Span:
        """The duration written, or named by a parameter."""
        return _span(str(self.parameter(value)))

    def money(self, value: Decimal | str) -> Decimal:
        """The sum in yuan written, or named by a parameter, to the fen."""
        return Decimal(str(self.parameter(value))).quantize(Decimal("0.01"))

    def calendar(self, name: str) -> Calendar:
        """The calendar named, the pack's own where none is, round the clock where it has none."""
        chosen = name or self.head.calendar
        if not chosen:
            return NATURAL
        # A unit that has no days of its own any more goes by the calendar it had them in.
        return self.calendars[chosen] if chosen in self.calendars else self.calendars[chosen.partition(AT)[0]]

    def calendar_in(self, name: str, lineage: Iterable[str]) -> str:
        """The name of the calendar that counts in a unit: that of the nearest unit with days or hours of its own, else ``name``."""
        chosen = name or self.head.calendar
        return next((found for unit in lineage if (found := chosen + AT + unit) in self.calendars), name)

    def zone(self) -> ZoneInfo:
        """The time zone of the pack's own calendar."""
        return ZoneInfo(self.calendar("").zone)

    def in_force(self, at: datetime) -> bool:
        """Whether the policy had taken effect at ``at``."""
        return at.astimezone(self.zone()).date() >= self.head.effective.from_

    def rule(self, rule_id: str) -> Rule | None:
        """The rule an event names, of whatever kind (ids are unique within a kind; duties and acts come first)."""
        for table in (
            self.duties,
            self.acts,
            self.approvals,
            self.ladders,
            self.patterns,
            self.numbers,
            self.books,
            self.documents,
        ):
            if rule_id in table:
                return table[rule_id]
        return next((rule for rule in self.source.rules if rule.id == rule_id), None)

    def role_text(self, role: str) -> Text:
        """The role's name for people."""
        return self.roles[role].text if role in self.roles else Text(zh=role, en=role)

    @cached_property
    def line_texts(self) -> dict[str, Text]:
        """What lines of the ledger are called, by kind: the words of their entry, or of the option that names the kind."""
        found: dict[str, Text] = {}
        for entry in (e.entry for rule in self.source.rules for e in _effects(rule) if e.entry is not None):
            if entry.zh:
                found.setdefault(entry.kind, Text(zh=entry.zh, en=entry.en))
            for option in self.fields[entry.kind_field].options if entry.kind_field in self.fields else ():
                found.setdefault(option.id, option.text)
        return found

    def recurrence(self, standing: Standing) -> Recurrence:
        """When a standing duty comes round."""
        return Recurrence.parse(standing.recurs)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of everything the pack says, settings included: two packs with one hash rule alike."""
        head = self.head.model_dump(mode="json")
        rules = sorted(
            json.dumps([type(rule).kind_key, rule.model_dump(mode="json")], sort_keys=True, ensure_ascii=False)
            for rule in self.source.rules
        )
        clauses = sorted(clause.model_dump_json() for clause in self.source.clauses)
        whole = json.dumps(
            [head, rules, clauses, {key: canonical(value) for key, value in sorted(self.settings.items())}],
            sort_keys=True,
        )
        return hashlib.sha256(whole.encode()).hexdigest()

    def with_settings(self, settings: Mapping[str, Any]) -> Pack:
        """The same pack under the organisation's own parameter values."""
        return Pack(self.source, settings)

    # --- rules that other rules bring with them ---------------------------------------------------------------------

    def _rung_duties(self) -> Iterable[Duty]:
        for ladder in self.ladders.values():
            for rung in ladder.rungs:
                yield _rung_duty(ladder, rung)

    def _standing_duties(self) -> Iterable[Duty]:
        for rule in self.standing.values():
            yield Duty(
                id=rule.id, clauses=rule.clauses, zh=rule.zh, en=rule.en, after=(f"standing {rule.id}",), who=rule.who, must=rule.must,
                within=rule.within, calendar=rule.calendar, record=rule.record, done_by=rule.done_by, if_late=rule.if_late, then=rule.then,
                work=rule.work or "round",
            )  # fmt: skip

    def _approval_duties(self) -> Iterable[Duty]:
        for rule in self.approvals.values():
            roles = [approver.role if isinstance(approver, Approver) else approver for approver in rule.by]
            yield Duty(
                id=APPROVING + rule.id, clauses=rule.clauses, zh=rule.zh, en=rule.en, after=(f"ask {rule.id}",), who=tuple(roles),
                within={"span": rule.within} if rule.within else None, calendar=rule.calendar, done_by=("decide",), record=rule.record,
                keep_after_closing=True, work="approval",
            )  # fmt: skip

    def _appeal_duties(self) -> Iterable[Duty]:
        rulings = tuple(act.id for act in self.source.of(Act) if act.ledger == "ruling")
        plain = Appeal(id=UNWRITTEN, zh="裁定申诉", en="rule on an appeal", by=())
        for rule in (*self.appeals.values(), plain) if rulings else ():
            yield Duty(
                id=APPEALING + rule.id, clauses=rule.clauses, zh=rule.zh, en=rule.en, after=(f"appeal {rule.id}",), who=rule.by,
                must=Text(zh="裁定对台账的申诉", en="rule on the appeal against a ledger line"),
                within={"span": rule.within} if rule.within else None, calendar=rule.calendar, done_by=rulings,
                keep_after_closing=True, pausable=False,
            )  # fmt: skip

    def _acts_of_duties(self) -> dict[str, Act]:
        standing = {rule.id for rule in self.standing.values()}
        return {
            duty.id: Act(
                id=duty.id, clauses=duty.clauses, zh=_label(duty).zh, en=_label(duty).en, who=duty.who, form=duty.record,
                signs=duty.signs, on=(duty.id,) if duty.id in standing else (), contact=duty.contact,
            )
            for duty in self.duties.values()
            if not duty.done_by
        }  # fmt: skip

    def _met_by(self) -> dict[str, list[Duty]]:
        table: dict[str, list[Duty]] = defaultdict(list)
        for duty in self.duties.values():
            for act in duty.done_by or (duty.id,):
                table[act].append(duty)
        return dict(table)

    def _cancelled_by(self) -> dict[str, list[Duty]]:
        table: dict[str, list[Duty]] = defaultdict(list)
        for duty in self.duties.values():
            for trigger in duty.cancelled_by:
                table[trigger].append(duty)
        return dict(table)


NATURAL = Calendar.natural()
_SPANS: dict[str, Span] = {}


def _span(text: str) -> Span:
    if text not in _SPANS:
        _SPANS[text] = Span.parse(text)
    return _SPANS[text]


def _label(duty: Duty) -> Text:
    """What the button of a duty's own act says: its short name, or the whole sentence where it has none."""
    return duty.text if duty.zh else duty.must or duty.text


def _rung_duty(ladder: Ladder, rung: Rung) -> Duty:
    return Duty(
        id=f"{ladder.id}.{rung.rung}", clauses=rung.clauses, zh=(rung.must or ladder.text).zh, en=(rung.must or ladder.text).en,
        after=(f"rung {ladder.id}.{rung.rung}",), who=rung.who, must=rung.must, within=rung.within, calendar=rung.calendar, done_by=rung.done_by,
        record=rung.record, if_late=rung.if_late, cancelled_by=ladder.ends_by,
    )  # fmt: skip


def _effects(part: Any) -> Iterable[Effect]:
    """Every consequence in a rule, wherever it stands."""
    if isinstance(part, Effect):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _effects(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _effects(item)


def _by_id(rules: Iterable[Any]) -> dict[str, Any]:
    return {rule.id: rule for rule in rules}


def _by_act(rules: Iterable[Any], key: str) -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = defaultdict(list)
    for rule in rules:
        for act in getattr(rule, key):
            table[act].append(rule)
    return dict(table)


def _by_trigger(rules: Iterable[Any]) -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = defaultdict(list)
    for rule in rules:
        for trigger in rule.after:
            table[trigger].append(rule)
    return dict(table)
