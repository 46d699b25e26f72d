"""A call sheet: whom to call, what about, what was promised and done, what to ask; and what may be recorded afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from redress.cases import case_file
from redress.cases.case_file import OpenFile
from redress.cases.queries import WorkItem
from redress.policy.engine import events as ev
from redress.policy.engine.case import DutyState
from redress.policy.engine.offers import guidance_for
from redress.policy.engine.permissions import permission
from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.policy.language.duties import Duty
from redress.policy.language.words import Guidance
from redress.policy.pack import Pack

from . import case_sheet as sheet
from .asking import Asked, ask
from .case_sheet import FactView
from .forms import FieldView
from .plain_words import names, rule_words
from .story import Entry, entry_of

LATELY = 6
"""So many of the latest acts are told of."""


@dataclass(frozen=True)
class Call:
    """A callback in the queue."""

    item: WorkItem
    file: OpenFile
    state: DutyState
    must: str
    title: str
    late: bool

    @property
    def key(self) -> str:
        return f"{self.item.case_id}:{self.item.key}"

    @property
    def again(self) -> datetime | None:
        """When the caller meant to try next, while that lies ahead."""
        last = self.state.tries[-1].again if self.state.tries else None
        return last if last is not None and last > self.file.now else None


@dataclass(frozen=True)
class Way:
    """An act by which a callback is recorded: its form, the field that says how it ended first, each option with its tone."""

    act: Act
    asked: Asked
    outcome: FieldView | None
    tones: dict[str, str]
    rest: list[FieldView]


@dataclass(frozen=True)
class CallSheet:
    """Everything on one sheet. ``refusals``: why the reader may not make this call (none: they may)."""

    call: Call
    pack: Pack
    complaint: str
    people: list[FactView]
    phones: list[FactView]
    done: list[Entry]
    guidance: list[Guidance]
    ways: list[Way]
    refusals: tuple[Refusal, ...]
    rules: list[tuple[str, tuple[str, ...]]]
    later: list[tuple[str, str]]


def call_of(file: OpenFile, item: WorkItem) -> Call:
    return Call(
        item,
        file,
        file.case.duties[item.key],
        names.duty(file.pack, item.rule),
        sheet.title_of(file.pack, file.case),
        item.due is not None and file.now >= item.due and not item.paused,
    )


def call_sheet(call: Call) -> CallSheet:
    """The whole sheet (one query: the case's log)."""
    file, pack = call.file, call.file.pack
    rule = pack.duties[call.item.rule]
    ways, refusals = [], []
    for act in rule.done_by or (rule.id,):
        unit = call.state.unit if rule.for_each else ""
        answer = permission(pack, file.case, act, file.actor, file.now, file.world, {}, unit, form=False)
        if answer.granted:
            ways.append(_way(file, rule, pack.acts[act], call))
        else:
            refusals += answer.refusals
    facts = [fact for fact in sheet.facts_of(file) if fact.id in pack.fields and pack.fields[fact.id].personal]
    return CallSheet(
        call,
        pack,
        complaint_of(file),
        [fact for fact in facts if pack.fields[fact.id].type != "phone"],
        [fact for fact in facts if pack.fields[fact.id].type == "phone"],
        list(_done(file)),
        _guidance(file, rule),
        ways,
        () if ways else tuple(refusals[:1]),
        list(_rules(pack, rule)),
        list(_later(file.now)),
    )


def complaint_of(file: OpenFile) -> str:
    """The words of the complaint: the longest text that was registered, without personal data."""
    texts = [
        str(file.case.fields[item.field])
        for item in file.pack.acts["register"].form
        if (rule := file.pack.fields[item.field]).type == "long-text"
        and not rule.personal
        and not rule.confidential
        and file.case.fields.get(item.field)
    ]
    return max(texts, key=len, default="")


def _way(file: OpenFile, rule: Duty, act: Act, call: Call) -> Way:
    unit = call.state.unit if rule.for_each else ""
    address = sheet.act_address(file.case_id, act.id, call.item.key, "callbacks")
    asked = ask(
        file, act, file.case, seq=file.case.seq, unit=unit, origin="callbacks", duty=call.item.key, address=address
    )
    decisive = {field for wanted in rule.outcomes.values() for field in wanted}
    outcome = next((view for view in asked.fields if view.id in decisive and view.control == "chips"), None)
    rest = [view for view in asked.fields if view is not outcome]
    if outcome is not None:  # what was chosen at an earlier call is no answer to this one
        outcome = replace(outcome, choices=tuple(replace(choice, chosen=False) for choice in outcome.choices))
    return Way(act, asked, outcome, _tones(rule, outcome), rest)


def _tones(rule: Duty, outcome: FieldView | None) -> dict[str, str]:
    """How the call ended, for each option of the field that says so."""
    found: dict[str, str] = {}
    for name, wanted in rule.outcomes.items():
        value = wanted.get(outcome.id) if outcome else None
        for one in value if isinstance(value, (list, tuple)) else (value,):
            found[{True: "yes", False: "no"}.get(one, str(one)) if isinstance(one, bool) else str(one)] = name
    return found


def _done(file: OpenFile) -> Iterator[Entry]:
    """What people did on the case and wrote down with it, the latest first."""
    acts = [event for event in case_file.history(file.case_id) if isinstance(event, ev.ActDone)]
    for event in reversed(acts[1:][-LATELY:]):
        yield entry_of(file.pack, file.directory, file.case, event)


def _guidance(file: OpenFile, rule: Duty) -> list[Guidance]:
    found: dict[str, Guidance] = {}
    for moment in (*(rule.done_by or ()), rule.id, f"stage {file.case.stage}"):
        for words in guidance_for(file.pack, file.case, moment, file.actor, file.now, file.world):
            found.setdefault(words.id, words)
    return list(found.values())


def _rules(pack: Pack, rule: Duty) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the policy says about making this call: who keeps out, what must come first, what is not to be done."""
    acts = rule.done_by or (rule.id,)
    told = [recusal for recusal in pack.recusals if set(recusal.acts) & set(acts)]
    limits = [limit for act in acts for limit in (*pack.gates.get(act, ()), *pack.prohibitions.get(act, ()))]
    for one in dict.fromkeys((*told, *limits)):
        yield (names.said(one.say) if one.say else rule_words(pack, one).sentence), one.own_clauses()


def _later(now: datetime) -> Iterator[tuple[str, str]]:
    """Moments for the next try, to be taken with a tap: (as it is posted, in words)."""
    today = now.date()
    hour = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    yield hour.isoformat(), _("一小时后")
    evening = datetime.combine(today, time(18), now.tzinfo)
    if evening > now + timedelta(hours=2):
        yield evening.isoformat(), _("今天 18:00")
    for clock, words in ((time(9, 30), _("明天 9:30")), (time(15), _("明天 15:00"))):
        yield datetime.combine(today + timedelta(days=1), clock, now.tzinfo).isoformat(), words
