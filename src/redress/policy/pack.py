"""A pack ready to run: its rules by id and by trigger, its conditions compiled, its parameters resolved."""

from __future__ import annotations

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
from .content_hash import content_hash
from .implied import implied_acts, implied_duties
from .language.acts import Act
from .language.base import Rule, Text
from .language.drafts import Phrase
from .language.duties import Duty, Ladder
from .language.effects import Effect
from .language.fields import Field, Parameter
from .language.limits import Gate, Prohibition
from .language.pack import Calendar as WrittenCalendar
from .language.pack import Source
from .language.papers import Book, Document, Number, Retention
from .language.people import Appeal, Approval, Authority, Post, Recusal, Role
from .language.periodic import Measure, Report, Standing
from .language.rulings import Decision, Pattern, Reaction
from .language.sums import Compensation
from .language.words import Clause, Guidance
from .local_days import AT, with_local_days


class Pack:
    """What the engine runs on. Build it from a checked ``Source``; it never changes.

    ``settings`` overrides parameters (the organisation's own values); they are part of the content hash. ``recorded_as`` is
    the hash that a pack kept by an earlier release is known by, whatever this release would make of it.
    """

    def __init__(self, source: Source, settings: Mapping[str, Any] | None = None, recorded_as: str = "") -> None:
        self.source = source
        self.head = source.head
        self.id, self.version = source.head.pack, source.head.version
        self.settings = dict(settings or {})
        self._recorded_as = recorded_as
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
        self.duties: dict[str, Duty] = _by_id((*source.of(Duty), *implied_duties(source)))
        self.acts: dict[str, Act] = _by_id((*implied_acts(self.duties.values(), self.standing), *source.of(Act)))
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
        """The hash it was recorded under, else that of everything it says, settings included: packs with one hash rule alike."""
        return self._recorded_as or content_hash(self.source, self.settings)

    def with_settings(self, settings: Mapping[str, Any]) -> Pack:
        """The same pack under the organisation's own parameter values."""
        return Pack(self.source, settings)

    # --- tables -------------------------------------------------------------------------------------------------------

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
