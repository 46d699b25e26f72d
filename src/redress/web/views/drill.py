"""One drill: an invented complaint against a fast clock, in one's own role, and the review by clause when it has ended."""

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
from redress.policy.engine.offers import Offer
from redress.policy.engine.world import Actor
from redress.policy.sandbox.drill import Run, make
from redress.policy.sandbox.moves import Move
from redress.policy.sandbox.review import review
from redress.practice import drills as kept
from redress.practice.casts import directory_of_cast
from redress.practice.models import Drill
from redress.web import case_sheet as sheet
from redress.web import practising, reviewing
from redress.web.access import Member, MemberView, forbidden, member_only
from redress.web.asking import Asked, ask, typed, warnings_for
from redress.web.forms.parse import Raw
from redress.web.leading import led_units
from redress.web.page import go, page, say
from redress.web.plain_words import names

from .acts import voting_act
from .drafts import checks_texts, drafts_of
from .playground import title_of

AHEAD = timedelta(minutes=2)
"""Whoever skips time is brought this close to a limit of their own, not past it."""
TEXTS = ("text", "long-text", "phone", "money", "number", "date", "datetime")


@dataclass
class Floor:
    """A drill under way, or ended: ``mine`` unless a head looks at somebody's review."""

    row: Drill
    run: Run
    directory: Directory
    mine: bool

    @property
    def actor(self) -> Actor:
        return self.run.sandbox.actor(self.row.part, self.row.story)

    @property
    def file(self) -> OpenFile:
        return practising.opened(self.run.sandbox, self.directory, self.row.pk, self.row.story, self.actor)

    @property
    def begun(self) -> bool:
        return self.row.story in self.run.sandbox.cases

    def act_address(self, act: str, duty: str = "") -> str:
        query = f"?{urlencode({'duty': duty})}" if duty else ""
        return reverse("drill-act", args=[self.row.pk, act]) + query


def on_the_floor(view: MemberView) -> MemberView:
    """Gives the view the drill as it stands: one's own, or an ended one of somebody whom one leads."""

    @wraps(view)
    @member_only
    def found(request: HttpRequest, member: Member, drill_id: UUID, **more: Any) -> HttpResponse:
        row = kept.find(member.organisation, drill_id)
        if row is None or not _may_see(member, row):
            return forbidden(request, member)
        run = kept.run_of(row, member.now)
        if run is None:
            return page(request, "web/drill_gone.html", member, 410)
        scene = run.sandbox.scene
        directory = directory_of_cast(scene.organisation, run.sandbox.people, scene.start)
        return view(request, member, Floor(row, run, directory, row.person == member.person), **more)

    return found


def under_way(view: MemberView) -> MemberView:
    """Only the trainee acts, and only until the drill has ended."""

    @wraps(view)
    def acting(request: HttpRequest, member: Member, floor: Floor, **more: Any) -> HttpResponse:
        if not floor.mine:
            return forbidden(request, member)
        return view(request, member, floor, **more) if floor.row.ended is None else _home(request, floor)

    return acting


def _may_see(member: Member, row: Drill) -> bool:
    return row.person == member.person or (row.ended is not None and row.unit in led_units(member))


def _home(request: HttpRequest, floor: Floor) -> HttpResponse:
    return go(request, reverse("drill", args=[floor.row.pk]))


@on_the_floor
def drill(request: HttpRequest, member: Member, floor: Floor) -> HttpResponse:
    """The drill; once it has ended, its review."""
    if floor.row.ended is not None:
        return _review(request, member, floor)
    return _live(request, member, floor)


def _live(
    request: HttpRequest, member: Member, floor: Floor, asked: Asked | None = None, status: int = 200
) -> HttpResponse:
    run, file = floor.run, floor.file
    offers = sheet.offers_of(file) if floor.begun else []
    steps = practising.steps_of(run.sandbox, floor.directory)
    return page(
        request,
        "web/drill.html",
        member,
        status,
        floor=floor,
        row=floor.row,
        pack=run.sandbox.pack,
        case=file.case,
        file=file,
        clock=run.sandbox.now,
        title=title_of(run.script.scenario),
        part=_part(floor),
        brief=_brief(floor),
        duties=_duties(floor, file, offers),
        requests=[view for view in sheet.requests_of(file) if view.mine] if floor.begun else [],
        offers=[(offer, floor.act_address(offer.act.id)) for offer in offers if offer.allowed and not offer.duties],
        news=[line for step in reversed(steps) for line in reversed(step.lines)][:24],
        seconds=_seconds(floor),
        skip=_skip_to(floor),
        told=run.told and floor.begun,
        speeds=kept.SPEEDS,
        asked=asked or _registration(floor),
    )


def _part(floor: Floor) -> str:
    roles = dict.fromkeys(seat.role for seat in sorted(floor.actor.seats, key=str))
    return names.roles(floor.run.sandbox.pack, roles) or names.role(floor.run.sandbox.pack, "staff")


def _brief(floor: Floor) -> list[tuple[str, str, bool]]:
    """(field, value, whether it is a long text) of what the customer tells, in the order of the form."""
    told = getattr(floor.run.script.cues[0].command, "data", {})
    fields = floor.run.sandbox.pack.fields
    return [
        (names.field(floor.run.sandbox.pack, name), str(value), fields[name].type == "long-text")
        for name, value in told.items()
        if name in fields and fields[name].type in TEXTS and value not in ("", None)
    ]


def _duties(floor: Floor, file: OpenFile, offers: list[Offer]) -> list[dict[str, Any]]:
    """The trainee's live duties with the addresses of their forms."""
    if not floor.begun:
        return []
    views = [view for view in sheet.live_duties(file, offers) if view.mine]
    return [
        {
            "view": view,
            "acts": [
                (names.said(offer.act.text), floor.act_address(offer.act.id, view.state.key))
                for offer in offers
                if view.state.key in offer.duties and offer.allowed
            ],
        }
        for view in views
    ]


def _registration(floor: Floor) -> Asked | None:
    """The form with which the trainee begins, with what the customer says already written down; None where somebody else does."""
    if floor.begun or floor.run.script.cues[0].who != floor.row.part:
        return None
    pack = floor.run.sandbox.pack
    told = getattr(floor.run.script.cues[0].command, "data", {})
    raw: Raw = {
        name: [str(value).replace(" ", "T")[:16] if pack.fields[name].type == "datetime" else str(value)]
        for name, value in told.items()
        if name in pack.fields and pack.fields[name].type in TEXTS
    }
    return ask(floor.file, pack.acts["register"], floor.file.case, raw=raw, address=floor.act_address("register"))


def _seconds(floor: Floor) -> int:
    """In how many seconds of ours the page should look again: when the next thing happens in the drill; 0 for never."""
    moments = [at for at in (floor.run.ahead, floor.run.sandbox.next_moment()) if at is not None]
    if not moments or not floor.row.running:
        return 0
    return min(3600, max(1, int((min(moments) - floor.run.sandbox.now).total_seconds() / floor.row.speed) + 1))


def _skip_to(floor: Floor) -> datetime | None:
    """To where time may be skipped: what others do next, or shortly before the trainee's next limit."""
    now = floor.run.sandbox.now
    moments = [floor.run.ahead] if floor.run.ahead is not None else []
    if floor.begun:
        case = floor.file.case
        for view in sheet.live_duties(floor.file, []):
            due = case.duties[view.state.key].due
            if view.mine and due is not None and due > now:
                moments.append(due - AHEAD if due - AHEAD > now else due)
        if floor.run.ahead is None and not moments and (upcoming := floor.run.sandbox.next_moment()):
            moments.append(upcoming)
    return min((at for at in moments if at > now), default=None)


@on_the_floor
@under_way
def act(request: HttpRequest, member: Member, floor: Floor, act_id: str) -> HttpResponse:
    """The form of an act; posted, the act at the moment that the drill's clock shows."""
    file = floor.file
    rule = file.pack.acts.get(act_id)
    if rule is None or act_id == "decide" or (act_id == "register") == floor.begun:
        return forbidden(request, member)
    duty = file.case.duties.get(request.GET.get("duty", ""))
    unit = request.POST.get("unit", "") or (duty.unit if duty and file.pack.duties[duty.rule].for_each else "")
    more = {
        "unit": unit,
        "duty": duty.key if duty else "",
        "address": floor.act_address(act_id, duty.key if duty else ""),
    }
    if request.method != "POST":
        return _form(request, member, floor, ask(file, rule, file.case, **more))
    raw, values = typed(file, rule, request.POST, file.case)
    warnings = warnings_for(file, file.case, rule, values, unit)
    if warnings and request.POST.get("confirmed") != "yes":
        return _form(request, member, floor, ask(file, rule, file.case, raw=raw, warnings=warnings, **more), 422)
    command = Perform(rule.id, values, unit) if floor.begun else Register(unit or _unit(floor), values)
    refused = _make(floor, command)
    if refused is not None:
        return _form(
            request, member, floor, ask(file, rule, file.case, raw=raw, refusals=refused.refusals, **more), 422
        )
    say(request, _("已完成：%(act)s") % {"act": names.said(rule.text)})
    return _home(request, floor)


@require_POST
@on_the_floor
@under_way
def vote(request: HttpRequest, member: Member, floor: Floor, key: str) -> HttpResponse:
    """Approves or refuses a request."""
    file = floor.file
    asked_for = file.case.requests.get(key)
    if asked_for is None:
        return forbidden(request, member)
    rule = voting_act(file.pack, asked_for.approval)
    raw, values = typed(file, rule, request.POST, file.case)
    answer = Decide(key, request.POST.get("answer") == "approve", request.POST.get("reason", "").strip(), values)
    refused = _make(floor, answer)
    if refused is None:
        say(request, _("已答复。"))
        return _home(request, floor)
    asked = ask(file, rule, file.case, raw=raw, refusals=refused.refusals)
    template = "web/parts/vote_form.html" if _fragment(request) else "web/drill_act.html"
    return page(
        request, template, member, 422, asked=asked, pack=file.pack, case=file.case, file=file, floor=floor,
        address=reverse("drill-vote", args=[floor.row.pk, key]), reason=request.POST.get("reason", ""),
    )  # fmt: skip


@require_POST
@on_the_floor
@under_way
def draft(request: HttpRequest, member: Member, floor: Floor, act_id: str) -> HttpResponse:
    """What the policy finds in the texts being typed."""
    rule = floor.file.pack.acts.get(act_id)
    return drafts_of(request, member, floor.file, rule) if rule else forbidden(request, member)


@require_POST
@on_the_floor
@under_way
def clock(request: HttpRequest, member: Member, floor: Floor) -> HttpResponse:
    """Stops the drill's clock, lets it run on, sets its speed, or skips the time in which nothing is to be done."""
    does, speed = request.POST.get("does", ""), request.POST.get("speed", "")
    if speed in {str(one) for one in kept.SPEEDS}:
        kept.set_clock(floor.row, member.now, speed=int(speed))
    elif does in ("stop", "run"):
        kept.set_clock(floor.row, member.now, running=does == "run")
    elif does == "skip" and (there := _skip_to(floor)):
        kept.set_clock(floor.row, member.now, at=there)
    return _home(request, floor)


@require_POST
@on_the_floor
@under_way
def end(request: HttpRequest, member: Member, floor: Floor) -> HttpResponse:
    """Ends the drill: its review follows."""
    kept.end(floor.row, member.now, review(floor.run).result)
    return _home(request, floor)


def _review(request: HttpRequest, member: Member, floor: Floor) -> HttpResponse:
    told = review(floor.run)
    row = floor.row
    return page(
        request,
        "web/drill_review.html",
        member,
        floor=floor,
        row=row,
        pack=floor.run.sandbox.pack,
        clock=floor.run.sandbox.now,
        title=title_of(floor.run.script.scenario),
        part=_part(floor),
        person=member.directory.person_text(row.person),
        took=int((row.ended - row.began).total_seconds() // 60) if row.ended else 0,
        grade=reviewing.grade(told.result),
        result=told.result,
        clauses=reviewing.by_clause(floor.run, floor.directory, told),
        lines=[line for step in practising.steps_of(floor.run.sandbox, floor.directory) for line in step.lines],
        again={"story": row.scenario, "label": row.story, "speed": row.speed},
    )


def _make(floor: Floor, command: Register | Perform | Decide) -> Refused | None:
    """Makes the trainee's move and keeps it, refused or not; gives the refusal."""
    move = Move(floor.run.sandbox.now, floor.row.part, floor.row.story, command)
    make(floor.run, move)
    with suppress(kept.Overtaken):  # then the page that follows shows what the other window did
        kept.keep_move(floor.row, move)
    ruling = floor.run.sandbox.taken[-1].ruling
    return ruling if isinstance(ruling, Refused) else None


def _unit(floor: Floor) -> str:
    seats = [seat.unit for seat in floor.actor.seats]
    written = getattr(floor.run.script.cues[0].command, "unit", "")
    return written or max(seats, key=lambda unit: len(floor.directory.lineage(unit)), default="")


def _fragment(request: HttpRequest) -> bool:
    return bool(request.htmx and not request.htmx.boosted)  # type: ignore[attr-defined]


def _form(request: HttpRequest, member: Member, floor: Floor, asked: Asked, status: int = 200) -> HttpResponse:
    if not _fragment(request) and not floor.begun:
        return _live(request, member, floor, asked, status)
    checked = checks_texts(floor.run.sandbox.pack, asked.act)
    return page(
        request, "web/parts/act_form.html" if _fragment(request) else "web/drill_act.html", member, status, asked=asked,
        pack=floor.run.sandbox.pack, case=floor.file.case, floor=floor,
        draft_address=reverse("drill-draft", args=[floor.row.pk, asked.act.id]) if checked else "",
    )  # fmt: skip
