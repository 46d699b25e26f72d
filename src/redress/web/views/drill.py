"""One drill: an invented complaint against a fast clock, in one's own role, and the review by clause when it has ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from redress.policy.sandbox.review import review
from redress.practice import drills as kept
from redress.web import case_sheet as sheet
from redress.web.access import Member, forbidden
from redress.web.asking import Asked
from redress.web.drafting import drafts_of
from redress.web.page import go, page
from redress.web.practice import reviewing, trainee
from redress.web.practice.floor import Floor, on_the_floor, under_way
from redress.web.practice.forms import act_form, vote_form
from redress.web.practice.steps import steps_of
from redress.web.practice.titles import title_of


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
    steps = steps_of(run.sandbox, floor.directory)
    return page(
        request,
        "web/drill.html",
        member,
        status,
        floor=floor,
        row=floor.row,
        pack=floor.pack,
        case=file.case,
        file=file,
        clock=run.sandbox.now,
        title=title_of(run.script.scenario),
        part=trainee.part_of(floor),
        brief=trainee.brief_of(floor),
        duties=trainee.duties_of(floor, file, offers),
        requests=[view for view in sheet.requests_of(file) if view.mine] if floor.begun else [],
        offers=[(offer, floor.act_address(offer.act.id)) for offer in offers if offer.allowed and not offer.duties],
        news=[line for step in reversed(steps) for line in reversed(step.lines)][:24],
        seconds=trainee.seconds_until_news(floor),
        skip=trainee.skip_to(floor),
        told=run.told and floor.begun,
        speeds=kept.SPEEDS,
        asked=asked or trainee.registration(floor),
    )


@on_the_floor
@under_way
def act(request: HttpRequest, member: Member, floor: Floor, act_id: str) -> HttpResponse:
    """The form of an act; posted, the act at the moment that the drill's clock shows."""
    return act_form(request, member, floor, act_id, lambda asked, status: _live(request, member, floor, asked, status))


@require_POST
@on_the_floor
@under_way
def vote(request: HttpRequest, member: Member, floor: Floor, key: str) -> HttpResponse:
    """Approves or refuses a request."""
    return vote_form(request, member, floor, key)


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
    elif does == "skip" and (there := trainee.skip_to(floor)):
        kept.set_clock(floor.row, member.now, at=there)
    return go(request, floor.home)


@require_POST
@on_the_floor
@under_way
def end(request: HttpRequest, member: Member, floor: Floor) -> HttpResponse:
    """Ends the drill: its review follows."""
    kept.end(floor.row, member.now, review(floor.run).result)
    return go(request, floor.home)


def _review(request: HttpRequest, member: Member, floor: Floor) -> HttpResponse:
    told = review(floor.run)
    row = floor.row
    return page(
        request,
        "web/drill_review.html",
        member,
        floor=floor,
        row=row,
        pack=floor.pack,
        clock=floor.run.sandbox.now,
        title=title_of(floor.run.script.scenario),
        part=trainee.part_of(floor),
        person=member.directory.person_text(row.person),
        took=int((row.ended - row.began).total_seconds() // 60) if row.ended else 0,
        grade=reviewing.grade(told.result),
        result=told.result,
        clauses=reviewing.by_clause(floor.run, floor.directory, told),
        lines=[line for step in steps_of(floor.run.sandbox, floor.directory) for line in step.lines],
        again={"story": row.scenario, "label": row.story, "speed": row.speed},
    )
