"""One sandbox: an invented complaint, played as anybody, with a clock that is wound forward by hand."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from redress.cases.case_file import OpenFile
from redress.people.directory import Directory
from redress.policy.engine.commands import Decide, Perform, Register
from redress.policy.engine.decide import Refused
from redress.policy.engine.standing_of import may_read
from redress.policy.sandbox.moves import Move
from redress.policy.sandbox.sandbox import FARTHEST, Sandbox, Taken
from redress.policy.sandbox.story import acts, moment_of, move_of, next_step
from redress.practice import sandboxes
from redress.practice.casts import directory_of_cast
from redress.practice.models import Sandbox as Row
from redress.web import case_sheet as sheet
from redress.web import practising
from redress.web.access import Member, MemberView, forbidden, member_only
from redress.web.asking import Asked, ask, typed, warnings_for
from redress.web.comparing import differences
from redress.web.page import go, page, say
from redress.web.plain_words import names
from redress.web.sandbox_reports import reports_of

from .acts import voting_act
from .playground import row_title

LATER = (10, 30, 60, 240, 1440)
"""By how many minutes a step can be tried later."""
WINDS = {"5m": timedelta(minutes=5), "1h": timedelta(hours=1), "1d": timedelta(days=1)}


@dataclass
class Bench:
    """A sandbox on the table: who is played, which of its complaints is looked at."""

    row: Row
    sandbox: Sandbox
    directory: Directory
    who: str
    label: str
    mine: bool

    @property
    def file(self) -> OpenFile:
        actor = self.sandbox.actor(self.who, self.label)
        return practising.opened(self.sandbox, self.directory, self.row.pk, self.label, actor)

    def address(self, **more: str) -> str:
        return f"{reverse('sandbox', args=[self.row.pk])}?{urlencode({'who': self.who, 'case': self.label, **more})}"

    def act_address(self, act: str, duty: str = "") -> str:
        query = urlencode({"who": self.who, "case": self.label, **({"duty": duty} if duty else {})})
        return f"{reverse('sandbox-act', args=[self.row.pk, act])}?{query}"


def on_the_bench(view: MemberView) -> MemberView:
    """Gives the view the sandbox as it stands; one of another organisation is answered like one that does not exist."""

    @wraps(view)
    @member_only
    def found(request: HttpRequest, member: Member, sandbox_id: UUID, **more: Any) -> HttpResponse:
        row = sandboxes.find(member.organisation, sandbox_id)
        if row is None:
            return forbidden(request, member)
        played = sandboxes.play(row, member.directory)
        directory = directory_of_cast(played.scene.organisation, played.people, played.scene.start)
        label = request.GET.get("case", "A")
        label = label if label in played.cases else "A"
        who = request.GET.get("who", "")
        if who not in directory.people:
            who = _who_first(played, directory, label, member)
        bench = Bench(row, played, directory, who, label, row.person == member.person)
        return view(request, member, bench, **more)

    return found


def owner_only(view: MemberView) -> MemberView:
    """Whoever began a sandbox moves it; others look, or take a copy."""

    @wraps(view)
    def owned(request: HttpRequest, member: Member, bench: Bench, **more: Any) -> HttpResponse:
        return view(request, member, bench, **more) if bench.mine else forbidden(request, member)

    return owned


def _who_first(played: Sandbox, directory: Directory, label: str, member: Member) -> str:
    """Who is played unless somebody is chosen: whoever acted last, the member themselves where they play along, the first."""
    last = next((taken.move.who for taken in reversed(played.taken) if taken.move.who), "")
    return last or (member.person if member.person in directory.people else next(iter(directory.people)))


@on_the_bench
def sandbox(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """The whole sandbox."""
    return show(request, member, bench)


def show(
    request: HttpRequest, member: Member, bench: Bench, asked: Asked | None = None, status: int = 200
) -> HttpResponse:
    played, file = bench.sandbox, bench.file
    steps = practising.steps_of(played, bench.directory)
    begun = bench.label in played.cases
    offers = sheet.offers_of(file) if begun else []
    reports = reports_of(played, bench.directory)
    return page(
        request,
        "web/sandbox.html",
        member,
        status,
        bench=bench,
        row=bench.row,
        title=row_title(bench.row),
        pack=played.pack,
        case=file.case,
        file=file,
        clock=played.now,
        next_moment=played.next_moment(),
        farthest=played.now + FARTHEST,
        steps=list(reversed(steps)),
        figures=practising.sum_of(played),
        players=practising.players(played, bench.directory, bench.label),
        labels=list(played.complaints()),
        begun=begun,
        readable=not begun or may_read(played.pack, file.case, file.actor, played),
        duties=_duties(bench, file, offers) if begun else [],
        requests=sheet.requests_of(file) if begun else [],
        offers=[
            (offer, bench.act_address(offer.act.id), sheet.slot_of("act-" + offer.act.id))
            for offer in offers
            if offer.allowed and not offer.duties
        ],
        refused=[offer for offer in offers if not offer.allowed and any(r.code != "not-yours" for r in offer.refusals)],
        ladders=sheet.ladders_of(file) if begun else [],
        ledger=list(file.case.ledger.values()),
        standing=list(practising.standing_open(played))[:6],
        reports=reports,
        reports_of_nothing=sum(not report.counted for report in reports),
        story=_story(bench),
        asked=asked or (None if begun else _registration(bench)),
        owner=member.directory.person_text(bench.row.person),
        compare=True,
        share=request.build_absolute_uri(reverse("sandbox", args=[bench.row.pk])),
    )


def _duties(bench: Bench, file: OpenFile, offers: list[Any]) -> list[dict[str, Any]]:
    """The live duties, each with its forms for whoever is played, else with those who could be played to do it."""
    rows = []
    for view in sheet.live_duties(file, offers):
        mine = [
            (names.said(offer.act.text), bench.act_address(offer.act.id, view.state.key))
            for offer in offers
            if view.state.key in offer.duties and offer.allowed
        ]
        held = practising.holders_of(bench.directory, view.state, bench.sandbox.now) if not mine else []
        others = [
            (bench.directory.person_text(person).of(names.language()), bench.address(who=person))
            for person in held[:2]
            if person != bench.who
        ]
        rows.append({"view": view, "acts": mine, "others": others})
    return rows


def _story(bench: Bench) -> dict[str, Any] | None:
    """The next step of the scenario that the sandbox began from."""
    scenario = sandboxes.scenario_of(bench.row, bench.sandbox.pack)
    if scenario is None:
        return None
    found = next_step(scenario, bench.sandbox)
    if found is None:
        return {"ended": True}
    number, step = found
    try:
        who = bench.sandbox.actor(step.who, step.case).id if acts(step) else ""
    except KeyError:
        who = step.who
    return {
        "number": number,
        "of": len(scenario.steps),
        "words": practising.step_words(bench.sandbox.pack, step),
        "who": bench.directory.person_text(who).of(names.language()) if who else "",
        "at": max(moment_of(bench.sandbox, step), bench.sandbox.now),
        "label": step.case,
        "refused": step.refused is not None,
    }


def _registration(bench: Bench) -> Asked:
    return ask(bench.file, bench.sandbox.pack.acts["register"], bench.file.case, address=bench.act_address("register"))


@on_the_bench
@owner_only
def act(request: HttpRequest, member: Member, bench: Bench, act_id: str) -> HttpResponse:
    """The form of an act as whoever is played; posted, the act."""
    file = bench.file
    rule = file.pack.acts.get(act_id)
    registers = act_id == "register"
    if rule is None or act_id == "decide" or not (registers or bench.label in bench.sandbox.cases):
        return forbidden(request, member)
    if registers and bench.label in bench.sandbox.cases:
        bench.label = bench.sandbox.next_label()
        file = bench.file
    duty = file.case.duties.get(request.GET.get("duty", ""))
    unit = request.POST.get("unit", "") or (duty.unit if duty and file.pack.duties[duty.rule].for_each else "")
    more = {
        "unit": unit,
        "duty": duty.key if duty else "",
        "address": bench.act_address(act_id, duty.key if duty else ""),
    }
    if request.method != "POST":
        return _form(request, member, bench, ask(file, rule, file.case, **more))
    raw, values = typed(file, rule, request.POST, file.case)
    warnings = warnings_for(file, file.case, rule, values, unit)
    if warnings and request.POST.get("confirmed") != "yes":
        return _form(request, member, bench, ask(file, rule, file.case, raw=raw, warnings=warnings, **more), 422)
    command = Register(unit or _unit(bench), values) if registers else Perform(rule.id, values, unit)
    taken = _make(bench, Move(bench.sandbox.now, bench.who, bench.label, command), member.now)
    if isinstance(taken.ruling, Refused):
        asked = ask(file, rule, file.case, raw=raw, refusals=taken.ruling.refusals, **more)
        return _form(request, member, bench, asked, 422)
    say(request, _("已完成：%(act)s") % {"act": names.said(rule.text)})
    return go(request, bench.address())


@require_POST
@on_the_bench
@owner_only
def vote(request: HttpRequest, member: Member, bench: Bench, key: str) -> HttpResponse:
    """Approves or refuses a request as whoever is played."""
    file = bench.file
    asked_for = file.case.requests.get(key)
    if asked_for is None:
        return forbidden(request, member)
    rule = voting_act(file.pack, asked_for.approval)
    raw, values = typed(file, rule, request.POST, file.case)
    command = Decide(key, request.POST.get("answer") == "approve", request.POST.get("reason", "").strip(), values)
    taken = _make(bench, Move(bench.sandbox.now, bench.who, bench.label, command), member.now)
    if isinstance(taken.ruling, Refused):
        asked = ask(file, rule, file.case, raw=raw, refusals=taken.ruling.refusals)
        return page(
            request, "web/parts/vote_form.html" if _fragment(request) else "web/sandbox_act.html", member, 422, asked=asked, pack=file.pack,
            case=file.case, file=file, bench=bench, address=f"{reverse('sandbox-vote', args=[bench.row.pk, key])}?{urlencode({'who': bench.who, 'case': bench.label})}",
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    say(request, _("已答复。"))
    return go(request, bench.address())


@require_POST
@on_the_bench
@owner_only
def clock(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """Winds the clock: by a length, to the next moment at which something happens, to a date."""
    until = _until(request, bench)
    if until is None or until < bench.sandbox.now:
        say(request, _("时间只能往前走。要回头，请用“退回一步”。"))
    else:
        _make(bench, Move(until, case=bench.label), member.now)
    return go(request, bench.address())


@require_POST
@on_the_bench
@owner_only
def follow(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """One step of the story."""
    scenario = sandboxes.scenario_of(bench.row, bench.sandbox.pack)
    found = next_step(scenario, bench.sandbox) if scenario else None
    if found is not None:
        try:
            move = move_of(bench.sandbox, *found)
        except KeyError:  # its case was never registered here: the story goes on without it
            move = Move(bench.sandbox.now, case=found[1].case, step=found[0])
        _make(bench, move, member.now)
        bench.who, bench.label = move.who or bench.who, move.case if move.case in bench.sandbox.cases else bench.label
    return go(request, bench.address())


@require_POST
@on_the_bench
@owner_only
def undo(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """Takes back the last step, or everything after step ``keep``."""
    moves = [taken.move for taken in bench.sandbox.taken]
    keep = request.POST.get("keep", "")
    kept = int(keep) if keep.isascii() and keep.isdigit() else len(moves) - 1
    _store(bench, moves[: max(0, min(kept, len(moves)))], member.now)
    bench.label = "A"
    return go(request, bench.address())


@require_POST
@on_the_bench
def copy(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """A sandbox of one's own, in the same state."""
    row = sandboxes.copied(bench.row, member.person, member.now)
    say(request, _("这是您自己的一份，可以接着走。"))
    return go(request, f"{reverse('sandbox', args=[row.pk])}?{urlencode({'who': bench.who, 'case': bench.label})}")


@on_the_bench
def compare(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """What would have become of it, had one step been done later."""
    steps = practising.steps_of(bench.sandbox, bench.directory)
    given = request.GET.get("step", "")
    number = int(given) if given.isascii() and given.isdigit() else 0
    if not 0 < number <= len(steps) or not steps[number - 1].movable:
        return forbidden(request, member)
    minutes = next((one for one in LATER if str(one) == request.GET.get("later", "")), LATER[0])
    return page(
        request,
        "web/sandbox_compare.html",
        member,
        bench=bench,
        row=bench.row,
        title=row_title(bench.row),
        pack=bench.sandbox.pack,
        step=steps[number - 1],
        clock=bench.sandbox.now,
        minutes=minutes,
        choices=LATER,
        differences=differences(bench.sandbox, number, minutes),
    )


def _until(request: HttpRequest, bench: Bench) -> datetime | None:
    given = request.POST.get("to", "")
    if given in WINDS:
        return bench.sandbox.now + WINDS[given]
    if given == "next":
        return bench.sandbox.next_moment() or bench.sandbox.now
    try:
        written = datetime.fromisoformat(request.POST.get("date", ""))
    except ValueError:
        return None
    return written if written.tzinfo else written.replace(tzinfo=bench.sandbox.pack.zone())


def _make(bench: Bench, move: Move, now: datetime) -> Taken:
    """Makes the move and keeps it; a refused one is not kept: whoever was refused corrects the form."""
    before = [taken.move for taken in bench.sandbox.taken]
    taken = bench.sandbox.make(move)
    if taken.accepted or move.step:
        _store(bench, [*before, move], now)
    return taken


def _store(bench: Bench, moves: list[Move], now: datetime) -> None:
    with suppress(sandboxes.Moved):  # then the page that follows shows what the other window did
        sandboxes.keep(bench.row, moves, now)


def _unit(bench: Bench) -> str:
    """The unit of whoever is played, the lowest of their seats."""
    seats = [seat.unit for seat in bench.file.actor.seats]
    top = practising.directory_top(bench.directory)
    return max(seats, key=lambda unit: (len(bench.directory.lineage(unit)), unit), default=top)


def _fragment(request: HttpRequest) -> bool:
    return bool(request.htmx and not request.htmx.boosted)  # type: ignore[attr-defined]


def _form(request: HttpRequest, member: Member, bench: Bench, asked: Asked, status: int = 200) -> HttpResponse:
    if not _fragment(request) and asked.act.id == "register" and bench.label not in bench.sandbox.cases:
        return show(request, member, bench, asked, status)
    return page(
        request, "web/parts/act_form.html" if _fragment(request) else "web/sandbox_act.html", member, status, asked=asked,
        pack=bench.sandbox.pack, case=bench.file.case, bench=bench,
    )  # fmt: skip
