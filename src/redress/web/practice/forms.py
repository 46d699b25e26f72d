"""The forms of acts and answers in an invented complaint: asked for, filled in, done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from redress.policy.engine.commands import Decide, Perform, Register
from redress.policy.engine.offers import Offer
from redress.policy.language.acts import Act

from ..access import Member, forbidden
from ..asking import Asked, ask, typed, voting_act, warnings_for
from ..page import go, in_place, page, say
from ..plain_words import names
from .table import Table

Whole = Callable[[Asked, int], HttpResponse]
"""The whole page with a form on it: how the form of the registration is shown to a browser without scripts."""


def act_form(request: HttpRequest, member: Member, table: Table, act_id: str, whole: Whole) -> HttpResponse:
    """The form of an act as whoever is played; posted, the act."""
    file = table.file
    rule = file.pack.acts.get(act_id)
    if rule is None or act_id == "decide" or (act_id == "register") == table.begun:
        return forbidden(request, member)

    def answer(status: int = 200, **more: Any) -> HttpResponse:
        return _show(request, member, table, ask(file, rule, file.case, **about, **more), status, whole)

    about = _about(request, table, rule)
    if request.method != "POST":
        return answer()
    raw, values = typed(file, rule, request.POST, file.case)
    warnings = warnings_for(file, file.case, rule, values, about["unit"])
    if warnings and request.POST.get("confirmed") != "yes":
        return answer(422, raw=raw, warnings=warnings)
    unit = about["unit"]
    command = Perform(rule.id, values, unit) if table.begun else Register(unit or table.unit, values)
    refused = table.make(command)
    if refused is not None:
        return answer(422, raw=raw, refusals=refused.refusals)
    say(request, _("已完成：%(act)s") % {"act": names.said(rule.text)})
    return go(request, table.home)


def vote_form(request: HttpRequest, member: Member, table: Table, key: str) -> HttpResponse:
    """Approves or refuses a request as whoever is played; refused, the form again."""
    file = table.file
    asked_for = file.case.requests.get(key)
    if asked_for is None:
        return forbidden(request, member)
    rule = voting_act(file.pack, asked_for.approval)
    raw, values = typed(file, rule, request.POST, file.case)
    reason = request.POST.get("reason", "")
    refused = table.make(Decide(key, request.POST.get("answer") == "approve", reason.strip(), values))
    if refused is None:
        say(request, _("已答复。"))
        return go(request, table.home)
    asked = ask(file, rule, file.case, raw=raw, refusals=refused.refusals)
    return page(
        request, "web/parts/vote_form.html" if in_place(request) else table.around, member, 422, asked=asked, pack=file.pack,
        case=file.case, file=file, address=table.vote_address(key), reason=reason, **table.shown,
    )  # fmt: skip


def forms_for(table: Table, offers: Iterable[Offer], duty: str) -> list[tuple[str, str]]:
    """(what its button says, its address) of each form with which whoever is played can meet the duty."""
    return [
        (names.said(offer.act.text), table.act_address(offer.act.id, duty))
        for offer in offers
        if duty in offer.duties and offer.allowed
    ]


def _about(request: HttpRequest, table: Table, rule: Act) -> dict[str, str]:
    """For which unit and duty the act is done, and where its form is."""
    file = table.file
    duty = file.case.duties.get(request.GET.get("duty", ""))
    key = duty.key if duty else ""
    unit = request.POST.get("unit", "") or (duty.unit if duty and file.pack.duties[duty.rule].for_each else "")
    return {"unit": unit, "duty": key, "address": table.act_address(rule.id, key)}


def _show(request: HttpRequest, member: Member, table: Table, asked: Asked, status: int, whole: Whole) -> HttpResponse:
    if not in_place(request) and not table.begun:
        return whole(asked, status)
    file = table.file
    return page(
        request, "web/parts/act_form.html" if in_place(request) else table.around, member, status, asked=asked, pack=file.pack,
        case=file.case, draft_address=table.draft_address(asked.act), **table.shown,
    )  # fmt: skip
