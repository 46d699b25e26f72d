"""The desk: a complaint is registered with the policy's own form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from redress.cases import case_file
from redress.cases.case_file import Done
from redress.policy.engine.case import Case
from redress.policy.engine.commands import Register
from redress.policy.engine.offers import guidance_for
from redress.policy.language.acts import Act
from redress.web.access import Member, member_only
from redress.web.asking import Asked, ask, typed, warnings_for
from redress.web.forms.parse import Raw
from redress.web.page import go, page, say
from redress.web.plain_words.names import language
from redress.web.uploads import begun, gathered

from .addresses import case_address


@member_only
def desk(request: HttpRequest, member: Member) -> HttpResponse:
    """The empty form; posted, the registration: then on to the case, or back with what is wrong and all that was typed."""
    act = member.pack.acts["register"]
    unit = request.POST.get("unit") or member.home
    if request.method != "POST":
        return _show(
            request, member, ask(member.desk, act, Case(unit=unit), raw=_begun(member, act), **begun().shown()), unit
        )
    blank = Case(unit=unit)
    raw, values = typed(member.desk, act, request.POST, blank)
    files = gathered(request, member)
    if files.wrong or "let-go" in request.POST:
        asked = ask(member.desk, act, blank, raw=raw, refusals=files.wrong, **files.shown())
        return _show(request, member, asked, unit, 422)
    warnings = warnings_for(member.desk, blank, act, files.among(blank, values))
    if warnings and request.POST.get("confirmed") != "yes":
        return _show(
            request, member, ask(member.desk, act, blank, raw=raw, warnings=warnings, **files.shown()), unit, 422
        )
    outcome = case_file.register(member.organisation, Register(unit, values, files.files), member.person, member.now)
    if isinstance(outcome, Done):
        say(request, _("已登记。计时已按制度开始。"))
        return go(request, case_address(outcome.case_id))
    return _show(
        request, member, ask(member.desk, act, blank, raw=raw, refusals=outcome.refusals, **files.shown()), unit, 422
    )


def _begun(member: Member, act: Act) -> Raw:
    """What stands in the empty form already: a moment that must be told is now, unless somebody says otherwise."""
    local = f"{member.now.astimezone(member.zone):%Y-%m-%dT%H:%M}"
    return {
        item.field: [local]
        for item in act.form
        if item.required is True and member.pack.fields[item.field].type == "datetime"
    }


def _show(request: HttpRequest, member: Member, asked: Asked, unit: str, status: int = 200) -> HttpResponse:
    on_form = {view.id for view in asked.fields}
    units = [] if member.pack.head.unit_field in on_form else units_for(member)
    seen = {words.id for words in asked.guidance}
    at_desk = guidance_for(member.pack, Case(unit=unit), "desk", member.actor, member.now, member.desk.world)
    asked.guidance = [*(words for words in at_desk if words.id not in seen), *asked.guidance]
    return page(
        request,
        "web/desk.html",
        member,
        status,
        asked=asked,
        pack=member.pack,
        units=units,
        unit_chosen=unit,
        has_place=any(group.id == "place" for group in asked.groups) or not units,
    )


def units_for(member: Member) -> list[tuple[str, str]]:
    """(id, name) of the units a complaint can belong to; nothing to choose where there is only one."""
    units = [(unit.slug, unit.text.of(language())) for unit in member.directory.open_units]
    return units if len(units) > 1 else []
