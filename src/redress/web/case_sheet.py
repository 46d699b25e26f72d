"""A case laid out for the page: its duties with their proofs, what may be done, who is asked, how far it has climbed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from redress.cases.case_file import OpenFile
from redress.cases.store.headline import title_of as headline
from redress.policy.engine.approvals import asked_now, vote_refusals
from redress.policy.engine.case import Case, DutyState, Request, Vote
from redress.policy.engine.commands import Decide
from redress.policy.engine.explain import Proof, explain
from redress.policy.engine.offers import Offer, guidance_for
from redress.policy.engine.offers import offers as offers_on
from redress.policy.engine.standing_of import answers_for
from redress.policy.engine.turn import Turn
from redress.policy.errors import Refusal
from redress.policy.implied import APPROVING
from redress.policy.language.words import Guidance
from redress.policy.pack import Pack

from .forms.shown import masked, shown
from .plain_words import names
from .plain_words.case_names import case_name
from .plain_words.triggers import moment


@dataclass(frozen=True)
class Doable:
    """An act that fulfils a duty, with the address of its form."""

    name: str
    address: str


@dataclass(frozen=True)
class DutyView:
    """A duty on the page. ``mine``: it falls to the reader; ``acts`` are what would fulfil it now.

    ``barred``: where there is none, the acts that would fulfil it and what stands against each (nothing: its turn is to come).
    """

    state: DutyState
    must: str
    who: str
    mine: bool
    late: bool
    acts: tuple[Doable, ...]
    proof: Proof
    started_by: str
    barred: tuple[tuple[str, tuple[Refusal, ...]], ...] = ()

    @property
    def slot(self) -> str:
        """The id of the place where a form opens."""
        return slot_of(self.state.key)


@dataclass(frozen=True)
class RequestView:
    """An approval asked for; ``refusals`` say why the reader may not answer it (none: they may)."""

    request: Request
    name: str
    asked_by: str
    waiting_for: str
    due: datetime | None
    start: datetime | None
    refusals: tuple[Refusal, ...]
    clauses: tuple[str, ...]
    votes: tuple[tuple[Vote, str], ...]
    address: str
    about: tuple[tuple[str, str], ...]

    @property
    def mine(self) -> bool:
        return not self.refusals

    @property
    def slot(self) -> str:
        return slot_of("request-" + self.request.key)


@dataclass(frozen=True)
class RungView:
    """A rung of a ladder: ``state`` is reached, here or ahead."""

    who: str
    must: str
    at: datetime | None
    state: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class FactView:
    """A recorded fact; ``hidden`` personal or confidential data shows its mask until it is revealed; ``tel`` can be called."""

    id: str
    name: str
    value: str
    hidden: bool
    tel: str = ""


def slot_of(key: str) -> str:
    """An id for the page from a duty's or request's key."""
    return "slot-" + "".join(character if character.isalnum() or character == "-" else "_" for character in key)


def act_address(case_id: object, act: str, duty: str = "", origin: str = "case") -> str:
    """Where the form of an act is."""
    query = "&".join(
        part for part in (f"duty={quote(duty)}" if duty else "", f"from={origin}" if origin != "case" else "") if part
    )
    return reverse("act", args=[case_id, act]) + (f"?{query}" if query else "")


def live_duties(file: OpenFile, offers: Sequence[Offer], origin: str = "case") -> list[DutyView]:
    """What is still to be done, by due time, but for approvals (they are shown as requests)."""
    live = [duty for duty in file.case.live_duties() if not duty.rule.startswith(APPROVING)]
    return [duty_view(file, duty, offers, origin) for duty in live]


def ended_duties(file: OpenFile) -> list[DutyState]:
    """What was done or is no longer asked, the latest first."""
    ended = [duty for duty in file.case.duties.values() if not duty.live]
    return sorted(ended, key=lambda duty: duty.ended_at or duty.opened_at, reverse=True)


def duty_view(file: OpenFile, duty: DutyState, offers: Sequence[Offer], origin: str = "case") -> DutyView:
    meeting = [offer for offer in offers if duty.key in offer.duties]
    mine = answers_for(file.pack, file.case, duty, file.actor, file.world)
    acts = tuple(
        Doable(names.said(offer.act.text), act_address(file.case_id, offer.act.id, duty.key, origin))
        for offer in meeting
        if offer.allowed
    )
    barred = tuple((names.said(offer.act.text), offer.refusals) for offer in meeting)
    return DutyView(
        duty,
        names.duty(file.pack, duty.rule),
        who_has(file, duty),
        mine,
        duty.due is not None and file.now >= duty.due and not duty.paused,
        acts,
        explain(file.pack, file.case, duty.key),
        cause_in_words(file.pack, duty.cause),
        () if acts or not mine or not duty.live else barred or _to_come(file.pack, duty),
    )


def _to_come(pack: Pack, duty: DutyState) -> tuple[tuple[str, tuple[Refusal, ...]], ...]:
    """The acts that will fulfil a duty once it is their turn."""
    rule = pack.duties.get(duty.rule)
    return tuple((names.act(pack, act), ()) for act in (rule.done_by if rule else ()))


def who_has(file: OpenFile, duty: DutyState) -> str:
    """Who has to do it: the person, or the role in its unit with those who hold it."""
    lang = names.language()
    if duty.person:
        return file.directory.person_text(duty.person).of(lang)
    role = names.any_of(file.pack, duty.roles)
    held = [person for one in duty.roles for person in file.directory.holders(one, duty.unit, file.now.date())]
    people = names.joined(file.directory.person_text(person).of(lang) for person in dict.fromkeys(held[:3]))
    return f"{role} · {people}" if people else f"{role} · {file.directory.unit_text(duty.unit).of(lang)}"


def cause_in_words(pack: Pack, cause: str) -> str:
    """What opened a duty."""
    if "#" in cause:
        return _("申请%(what)s") % {"what": names.quoted(names.duty(pack, APPROVING + cause.split("#")[0]))}
    return moment(pack, cause) if cause else ""


def offers_of(file: OpenFile) -> list[Offer]:
    """What the reader may do on the case now, and what not; what every policy has (a note) comes after what this one says."""
    found = [
        offer for offer in offers_on(file.pack, file.case, file.actor, file.now, file.world) if offer.act.id != "decide"
    ]
    return sorted(found, key=lambda offer: not offer.act.clauses)


def requests_of(file: OpenFile) -> list[RequestView]:
    """Approvals still waiting for an answer."""
    return [_request(file, request) for request in file.case.requests.values() if request.status == "asked"]


def answered_of(file: OpenFile) -> list[RequestView]:
    """Every approval asked for that has been answered or has fallen away, the latest first."""
    ended = [request for request in file.case.requests.values() if request.status != "asked"]
    return [_request(file, request) for request in reversed(ended)]


def callbacks_of(file: OpenFile) -> list[DutyState]:
    """The duties to call the customer back, open or ended."""
    found = [
        duty
        for duty in file.case.duties.values()
        if (rule := file.pack.duties.get(duty.rule)) and rule.work == "callback"
    ]
    return sorted(found, key=lambda duty: (not duty.live, duty.opened_at))


def _request(file: OpenFile, request: Request) -> RequestView:
    turn = Turn(file.pack, file.case, file.actor, file.now, file.world)
    rule = file.pack.approvals[request.approval]
    duty = next((duty for duty in file.case.live_duties() if duty.cause == request.key), None)
    lang = names.language()
    return RequestView(
        request,
        names.said(rule.text),
        file.directory.person_text(request.asked_by).of(lang) if request.asked_by else "",
        names.roles(file.pack, asked_now(rule, request)) if request.status == "asked" else "",
        duty.due if duty else None,
        duty.start if duty else None,
        tuple(vote_refusals(turn, Decide(request.key, True))),
        rule.own_clauses(),
        tuple((vote, file.directory.person_text(vote.by).of(lang)) for vote in request.votes),
        reverse("approval", args=[file.case_id, request.key]),
        tuple(_about(file, request)),
    )


def _about(file: OpenFile, request: Request) -> Iterable[tuple[str, str]]:
    """What the request is about: the ledger line it would confirm, or the sum it depends on."""
    line = file.case.ledger.get(request.cause)
    rule = file.pack.approvals[request.approval]
    if line is not None:
        yield names.entry_kind(file.pack, line.kind), names.money(file.pack, line.amount) if line.amount else ""
    if rule.amount and file.case.fields.get(rule.amount) not in (None, ""):
        field = file.pack.fields[rule.amount]
        yield (
            names.said(field.text),
            shown(field, file.case.fields[rule.amount], file.directory, file.pack.zone(), names.language()),
        )


def ladders_of(file: OpenFile) -> list[tuple[str, datetime | None, list[RungView]]]:
    """(name, ended at, rungs) of every ladder the case stands on."""
    found = []
    for climb in file.case.climbs.values():
        ladder = file.pack.ladders[climb.ladder]
        reached = dict(climb.rungs)
        last = climb.rungs[-1][0] if climb.rungs else ""
        rungs = [
            RungView(
                names.any_of(file.pack, rung.who),
                names.said(rung.must),
                reached.get(rung.rung),
                "here"
                if rung.rung == last and climb.ended_at is None
                else "reached"
                if rung.rung in reached
                else "ahead",
                rung.clauses,
            )
            for rung in ladder.rungs
        ]
        found.append((names.said(ladder.text), climb.ended_at, rungs))
    return found


def facts_of(file: OpenFile, revealed: str = "") -> list[FactView]:
    """Every recorded fact in the order of the pack's fields; personal and confidential ones masked, but for ``revealed``."""
    facts = []
    for name in [*file.pack.fields, *(name for name in file.case.fields if name not in file.pack.fields)]:
        value = file.case.fields.get(name)
        if value in (None, "", []):
            continue
        rule = file.pack.fields.get(name)
        hidden = rule is not None and (rule.personal or rule.confidential) and name != revealed
        words = masked(value) if hidden else shown(rule, value, file.directory, file.pack.zone(), names.language())
        tel = (
            "".join(c for c in words if c.isdigit() or c == "+") if rule and rule.type == "phone" and not hidden else ""
        )
        facts.append(FactView(name, names.field(file.pack, name), words, hidden, tel))
    return facts


def guidance_of(file: OpenFile) -> list[Guidance]:
    """What belongs to the stage the case stands at, and to the duties that wait for the reader."""
    moments = [f"stage {file.case.stage}"]
    moments += [d.rule for d in file.case.live_duties() if answers_for(file.pack, file.case, d, file.actor, file.world)]
    found: dict[str, Guidance] = {}
    for at in dict.fromkeys(moments):
        for words in guidance_for(file.pack, file.case, at, file.actor, file.now, file.world):
            found.setdefault(words.id, words)
    return list(found.values())


def title_of(pack: Pack, case: Case) -> str:
    """A line that names the case: the standing duty's name, or the words of the complaint."""
    if case.kind == "standing":
        rule = pack.standing.get(case.subject)
        return f"{names.said(rule.must or rule.text) if rule else case.subject} · {case.fields.get('period', '')}"
    category, channel = (str(case.fields.get(name) or "") for name in ("category", "channel"))
    return case_name(pack, headline(pack, case), category=category, channel=channel)
