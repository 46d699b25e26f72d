"""Everything an approver needs to decide: what is asked and why, what the policy allows, the case, who else signs, what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from redress.cases import case_file
from redress.cases.case_file import OpenFile
from redress.cases.queries import WorkItem
from redress.policy.engine import events as ev
from redress.policy.engine.approvals import asked_now
from redress.policy.engine.case import Attachment, Request
from redress.policy.engine.offers import guidance_for
from redress.policy.engine.standing_of import acting_role
from redress.policy.implied import APPROVING
from redress.policy.language.people import Approval, Approver
from redress.policy.language.words import Guidance
from redress.policy.pack import Pack

from . import case_sheet as sheet
from .calling import complaint_of
from .forms.shown import masked, shown
from .plain_words import names, rule_words
from .plain_words.effects import consequences
from .story import Entry, story
from .worksheets import SheetView, worksheets_of

LATELY = 5
"""So many of the latest entries of the case are shown at once; the others open."""


@dataclass(frozen=True)
class Signer:
    """Somebody whose answer a request needs. ``state``: approved, refused, asked (now), later."""

    role: str
    people: str
    state: str
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Limit:
    """Up to what sum a role may approve ("" for any), and whether the sum asked for falls to it."""

    role: str
    up_to: str
    here: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """A request laid out for deciding."""

    item: WorkItem
    file: OpenFile
    view: sheet.RequestView
    title: str
    story: str
    facts: list[tuple[str, str]]
    asked: list[tuple[str, str]]
    acting: str
    limits: list[Limit]
    signers: list[Signer]
    if_approved: list[str]
    if_refused: list[str]
    unanswered: list[tuple[str, tuple[str, ...]]]
    worksheets: list[SheetView]
    files: list[Attachment]
    lately: list[Entry]
    earlier: list[Entry]
    guidance: list[Guidance]

    @property
    def pack(self) -> Pack:
        return self.file.pack


def decision(file: OpenFile, item: WorkItem, view: sheet.RequestView) -> Decision:
    """The whole sheet; two queries (the case's log and, where there is guidance of alike cases, none)."""
    pack, rule = file.pack, file.pack.approvals[view.request.approval]
    log = case_file.history(file.case_id)
    entries = list(reversed(story(pack, file.directory, file.case, log)))
    return Decision(
        item,
        file,
        view,
        sheet.title_of(pack, file.case),
        complaint_of(file),
        list(_facts(file)),
        list(_asked(file, view.request, log)),
        _acting(file, rule, view.request),
        list(_limits(file, rule, view.request)),
        list(_signers(file, view.request)),
        [names.begun(words) for words in consequences(pack, rule.if_approved)],
        [names.begun(words) for words in consequences(pack, rule.if_refused)],
        list(_unanswered(pack, rule)),
        worksheets_of(file),
        [one for one in file.case.files.values() if one.shown],
        entries[:LATELY],
        entries[LATELY:],
        _guidance(file, rule),
    )


def _facts(file: OpenFile) -> Iterator[tuple[str, str]]:
    """The case in a few facts: what was chosen at its registration, and who the customer is, masked."""
    for item in file.pack.acts["register"].form:
        rule = file.pack.fields[item.field]
        value = file.case.fields.get(item.field)
        if value in (None, "", []) or rule.type == "long-text" or rule.confidential:
            continue
        words = masked(value) if rule.personal else _words(file, item.field, value)
        yield names.field(file.pack, item.field), words


def _asked(file: OpenFile, request: Request, log: Iterable[ev.Event]) -> Iterator[tuple[str, str]]:
    """What was written down with the act that asked for this."""
    act: ev.ActDone | None = None
    for event in log:
        if isinstance(event, ev.ActDone):
            act = event
        elif isinstance(event, ev.ApprovalAsked) and event.request == request.key:
            break
    if act is None or act.at != request.asked_at or act.act == "register":
        return
    amount = file.pack.approvals[request.approval].amount
    for name, value in act.values.items():
        if value in (None, "", []) or name == amount:  # the sum stands above already
            continue
        rule = file.pack.fields.get(name)
        hidden = rule is not None and (rule.personal or rule.confidential)
        yield names.field(file.pack, name), masked(value) if hidden else _words(file, name, value)


def _words(file: OpenFile, name: str, value: Any) -> str:
    return shown(file.pack.fields.get(name), value, file.directory, file.pack.zone(), names.language())


def _acting(file: OpenFile, rule: Approval, request: Request) -> str:
    """As whom the reader answers: the role, and for whom where they stand in."""
    found = acting_role(file.pack, file.case, file.actor, asked_now(rule, request), file.world)
    if found is None:
        return ""
    role, instead = found
    words = names.role(file.pack, role)
    if not instead:
        return words
    known = instead in file.directory.people
    whom = file.directory.person_text(instead).of(names.language()) if known else names.role(file.pack, instead)
    return _("%(role)s（替%(whom)s）") % {"role": words, "whom": whom}


def _limits(file: OpenFile, rule: Approval, request: Request) -> Iterator[Limit]:
    """Who may approve how much, where the approval knows sums."""
    written = [item if isinstance(item, Approver) else Approver(role=item) for item in rule.by]
    if all(item.up_to is None for item in written):
        return
    for item in written:
        up_to = "" if item.up_to is None else names.money(file.pack, item.up_to)
        yield Limit(names.role(file.pack, item.role), up_to, item.role in request.roles, item.clauses)


def _signers(file: OpenFile, request: Request) -> Iterator[Signer]:
    rule = file.pack.approvals[request.approval]
    now = asked_now(rule, request)
    lang = names.language()
    for role in request.roles:
        vote = next((vote for vote in request.votes if vote.role == role), None)
        if vote is not None:
            state = "approved" if vote.approve else "refused"
            who = file.directory.person_text(vote.by).of(lang)
            yield Signer(names.role(file.pack, role), who, state, vote.at, vote.reason)
            continue
        held = file.directory.holders(role, file.case.unit, file.now.date())
        people = names.joined(file.directory.person_text(person).of(lang) for person in held[:3])
        yield Signer(names.role(file.pack, role), people, "asked" if role in now else "later")


def _unanswered(pack: Pack, rule: Approval) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the policy lets follow when the answer does not come in time."""
    trigger = f"late {APPROVING}{rule.id}"
    for reaction in pack.reactions_after.get(trigger, ()):
        for words in consequences(pack, reaction.then):
            yield names.begun(words), reaction.clauses
    for duty in (*pack.duties_after.get(trigger, ()), *pack.ladders_after.get(trigger, ())):
        yield rule_words(pack, duty).sentence, duty.clauses


def _guidance(file: OpenFile, rule: Approval) -> list[Guidance]:
    found: dict[str, Guidance] = {}
    for moment in (rule.id, APPROVING + rule.id, "decide", f"stage {file.case.stage}"):
        for words in guidance_for(file.pack, file.case, moment, file.actor, file.now, file.world):
            found.setdefault(words.id, words)
    return list(found.values())
