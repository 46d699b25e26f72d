"""The log of a case as people read it: what each person did, or what came due, with what followed from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from redress.people.directory import Directory
from redress.policy.engine import events as ev
from redress.policy.engine.case import Case
from redress.policy.pack import Pack

from .forms.shown import masked, shown
from .plain_words import names
from .sentences import sentence

HEADS = (
    ev.ActDone,
    ev.ApprovalVoted,
    ev.DutyLate,
    ev.DutyReminded,
    ev.DutyStarted,
    ev.DutyMissed,
    ev.DutyOwedAgain,
    ev.PackMoved,
    ev.Revealed,
    ev.Erased,
    ev.AttachmentWithdrawn,
    ev.HandedOver,
)
"""Events that begin something new; the others follow from one of these."""


@dataclass
class Entry:
    """One event in words, with the event. ``tone``: person, late or rule; ``typed``: (field, value), personal data masked."""

    at: datetime
    who: str
    sentence: str
    clauses: tuple[str, ...]
    tone: str
    event: ev.Event
    typed: list[tuple[str, str]] = field(default_factory=list)
    followed: list[Entry] = field(default_factory=list)

    @property
    def by(self) -> str:
        """The id of who did it, "" for the rules and the clock."""
        return self.event.by


def story(pack: Pack, directory: Directory, case: Case, log: Iterable[ev.Event]) -> list[Entry]:
    """The entries of a log, oldest first, each with what followed from it."""
    entries: list[Entry] = []
    for event in log:
        if isinstance(event, ev.Registered) and event.kind == "complaint":
            continue  # the registration act that follows says the same with its fields
        entry = entry_of(pack, directory, case, event)
        if isinstance(event, ev.Attached) and (not entries or entries[-1].at != event.at):
            entries.append(entry)  # added by itself, not with an act
        elif isinstance(event, HEADS) or not entries or (entries[-1].at != event.at and not event.by):
            entries.append(entry)
        else:
            entries[-1].followed.append(entry)
    return entries


def entry_of(pack: Pack, directory: Directory, case: Case, event: ev.Event) -> Entry:
    """One event in words."""
    lang = names.language()
    tone = (
        "late"
        if isinstance(event, ev.DutyLate)
        else "person"
        if event.by and isinstance(event, (*HEADS, ev.Attached))
        else "rule"
    )
    values = event.values if isinstance(event, (ev.ActDone, ev.ApprovalVoted)) else {}
    typed = [
        (names.field(pack, name), _value(pack, directory, name, value, lang))
        for name, value in values.items()
        if value not in ("", [], None)
    ]
    who = directory.person_text(event.by).of(lang) if event.by else ""
    return Entry(event.at, who, names.begun(sentence(pack, directory, case, event)), event.clauses, tone, event, typed)


def _value(pack: Pack, directory: Directory, name: str, value: object, lang: str) -> str:
    rule = pack.fields.get(name)
    if rule is not None and (rule.personal or rule.confidential):
        return masked(value)
    return shown(rule, value, directory, pack.zone(), lang)
