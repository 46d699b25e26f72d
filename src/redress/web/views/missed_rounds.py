"""Saying of several rounds at once that they were not done, and why; and taking that back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from redress.cases.outcomes import Done, Outcome, Stale
from redress.cases.queries.states import cases_of
from redress.cases.together import Deed, act_on_all
from redress.people import packs
from redress.policy.engine.case import Case
from redress.policy.engine.commands import Account as SayWhy
from redress.policy.engine.commands import Command, TakeBack
from redress.policy.engine.standing_of import may_read
from redress.policy.errors import Refusal
from redress.web.access import Member, member_only
from redress.web.page import go, say, warn
from redress.web.rounds_sheet import Account

from .rounds import MOST_OPEN, show

NONE_PICKED = Refusal("picked", (), "请先勾选没有办的那几次", "tick the times that were not done", "round")
NO_REASON = Refusal("reason", (), "请写明为什么没有办", "say why they were not done", "reason")
NOT_THERE = Refusal("not-there", (), "没有这一期", "there is no such round")
OVERTAKEN = Refusal("stale", (), "刚才有人动过这一期，请看过再说", "somebody has just acted on this one; look again")


@require_POST
@member_only
def account(request: HttpRequest, member: Member) -> HttpResponse:
    """One reason for several missed rounds: each gets its own event; what is refused is told with its row."""
    picked, reason = _picked(request), request.POST.get("reason", "").strip()
    wrong = (() if picked else (NONE_PICKED,)) + (() if reason else (NO_REASON,))
    if wrong:
        return show(request, member, Account(picked, reason, wrong=wrong), 422)
    answers = _on_all(member, picked, lambda duty: SayWhy(duty, reason))
    done, refused = _sorted_out(picked, answers)
    if not refused:
        say(request, _told(done))
        return _back(request)
    if done:
        say(request, _told(done))
    left = {case: answers[case].actual if isinstance(answers.get(case), Stale) else picked[case] for case in refused}
    return show(request, member, Account(left, reason, refused, done=done), 422)


@require_POST
@member_only
def take_back(request: HttpRequest, member: Member) -> HttpResponse:
    """Whoever accounted for rounds takes that back: they stand again."""
    picked = _picked(request)
    done, refused = _sorted_out(picked, _on_all(member, picked, TakeBack))
    if done:
        say(request, _("已撤回 %(n)s 次的说明，仍要办。") % {"n": done})
    if refused or not picked:
        warn(request, _("有的没有撤回：只能撤回自己写的说明。"))
    return _back(request)


def _on_all(member: Member, picked: Mapping[UUID, int], command: Any) -> dict[UUID, Outcome]:
    """The answers, by case; what the member may not see is left out, as if it did not exist."""
    desk = member.desk
    cases = {
        case_id: case
        for case_id, case in cases_of(member.organisation, picked).items()
        if may_read(packs.pinned(case.hash), case, member.actor, desk.world)
    }
    deeds = [Deed(case, _about(cases[case], command), picked[case]) for case in picked if case in cases]
    return act_on_all(deeds, member.person, member.now)


def _about(case: Case, command: Any) -> Command:
    """The command about the round's own duty."""
    duty = next((duty.key for duty in case.duties.values() if duty.rule == case.subject), "")
    made: Command = command(duty)
    return made


def _sorted_out(picked: Iterable[UUID], answers: Mapping[UUID, Outcome]) -> tuple[int, dict[UUID, tuple[Refusal, ...]]]:
    """How many were done, and why the others were not."""
    refused: dict[UUID, tuple[Refusal, ...]] = {}
    for case in picked:
        answer = answers.get(case)
        if answer is None:
            refused[case] = (NOT_THERE,)
        elif isinstance(answer, Stale):
            refused[case] = (OVERTAKEN,)
        elif not isinstance(answer, Done):
            refused[case] = answer.refusals
    return len(answers) - len(refused.keys() & answers.keys()), refused


def _picked(request: HttpRequest) -> dict[UUID, int]:
    """The rounds named, each with the state in which it was seen; what is not so written names none."""
    found: dict[UUID, int] = {}
    for value in request.POST.getlist("round")[:MOST_OPEN]:
        case, _dot, seq = value.partition(".")
        try:
            found[UUID(case)] = int(seq)
        except ValueError:
            continue
    return found


def _told(done: int) -> str:
    return _("已记下 %(n)s 次没有办，逾期照记。") % {"n": done}


def _back(request: HttpRequest) -> HttpResponse:
    kept = {name: value for name in ("unit", "days") if (value := request.POST.get(name, ""))}
    return go(request, reverse("rounds") + (f"?{urlencode(kept)}" if kept else ""))
