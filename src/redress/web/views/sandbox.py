"""One sandbox: an invented complaint, played as anybody, with a clock that is wound forward by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from redress.cases.case_file import OpenFile
from redress.policy.engine.standing_of import may_read
from redress.policy.sandbox.moves import Move
from redress.policy.sandbox.sandbox import FARTHEST
from redress.policy.sandbox.story import acts, moment_of, move_of, next_step
from redress.practice import sandboxes
from redress.web import case_sheet as sheet
from redress.web.access import Member, forbidden
from redress.web.asking import Asked, ask
from redress.web.given import whole_number
from redress.web.page import go, page, say
from redress.web.plain_words import names
from redress.web.practice.bench import Bench, on_the_bench, owner_only
from redress.web.practice.comparing import differences
from redress.web.practice.figures import standing_open, sum_of
from redress.web.practice.forms import act_form, forms_for, vote_form
from redress.web.practice.players import holders_of, players
from redress.web.practice.reports import reports_of
from redress.web.practice.steps import step_words, steps_of
from redress.web.practice.titles import row_title

LATER = (10, 30, 60, 240, 1440)
"""By how many minutes a step can be tried later."""
WINDS = {"5m": timedelta(minutes=5), "1h": timedelta(hours=1), "1d": timedelta(days=1)}


@on_the_bench
def sandbox(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """The whole sandbox."""
    return show(request, member, bench)


def show(
    request: HttpRequest, member: Member, bench: Bench, asked: Asked | None = None, status: int = 200
) -> HttpResponse:
    played, file = bench.sandbox, bench.file
    steps = steps_of(played, bench.directory)
    begun = bench.begun
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
        figures=sum_of(played),
        players=players(played, bench.directory, bench.label),
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
        standing=list(standing_open(played))[:6],
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
        mine = forms_for(bench, offers, view.state.key)
        held = holders_of(bench.directory, view.state, bench.sandbox.now) if not mine else []
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
        "words": step_words(bench.sandbox.pack, step),
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
    """The form of an act as whoever is played; posted, the act. Registering once more begins another complaint."""
    if act_id == "register" and bench.begun:
        bench.label = bench.sandbox.next_label()
    return act_form(request, member, bench, act_id, lambda asked, status: show(request, member, bench, asked, status))


@require_POST
@on_the_bench
@owner_only
def vote(request: HttpRequest, member: Member, bench: Bench, key: str) -> HttpResponse:
    """Approves or refuses a request as whoever is played."""
    return vote_form(request, member, bench, key)


@require_POST
@on_the_bench
@owner_only
def clock(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """Winds the clock: by a length, to the next moment at which something happens, to a date."""
    until = _until(request, bench)
    if until is None or until < bench.sandbox.now:
        say(request, _("时间只能往前走。要回头，请用“退回一步”。"))
    else:
        bench.move(Move(until, case=bench.label))
    return go(request, bench.home)


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
        bench.move(move)
        bench.who, bench.label = move.who or bench.who, move.case if move.case in bench.sandbox.cases else bench.label
    return go(request, bench.home)


@require_POST
@on_the_bench
@owner_only
def undo(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """Takes back the last step, or everything after step ``keep``."""
    moves = [taken.move for taken in bench.sandbox.taken]
    kept = whole_number(request.POST.get("keep", ""), len(moves) - 1)
    bench.keep(moves[: max(0, min(kept, len(moves)))])
    bench.label = "A"
    return go(request, bench.home)


@require_POST
@on_the_bench
def copy(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """A sandbox of one's own, in the same state."""
    row = sandboxes.copied(bench.row, member.person, member.now)
    say(request, _("这是您自己的一份，可以接着走。"))
    return go(request, bench.address_of(row))


@on_the_bench
def compare(request: HttpRequest, member: Member, bench: Bench) -> HttpResponse:
    """What would have become of it, had one step been done later."""
    steps = steps_of(bench.sandbox, bench.directory)
    number = whole_number(request.GET.get("step", ""), 0)
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
