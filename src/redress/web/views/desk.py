"""The desk: a complaint is registered with the policy's own form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from redress.cases import case_file
from redress.cases.case_file import Done
from redress.policy.engine.case import Case
from redress.policy.engine.commands import Perform, Register
from redress.policy.engine.offers import guidance_for
from redress.policy.engine.standing_of import answers_for
from redress.policy.language.acts import Act
from redress.policy.language.base import Text
from redress.policy.pack import Pack
from redress.web import durations
from redress.web.access import Member, member_only
from redress.web.asking import Asked, ask, typed, warnings_for
from redress.web.calls import CallSheet, call_sheets, calls_of
from redress.web.desk_sheet import (
    MOST_AHEAD,
    advice,
    duties_ahead,
    foreseen_by,
    settled_ahead,
    suggested,
)
from redress.web.forms import raw_values, values_of
from redress.web.forms.parse import NAME, Raw
from redress.web.found_in import found_in
from redress.web.page import go, page, say, warn
from redress.web.plain_words import names
from redress.web.uploads import begun, gathered

from .addresses import case_address

TWICE = Text(
    zh="这张表已经登记过了，现在填写的内容与那时不同。要另登一件，请再按一次登记。",
    en="This form has been registered already, and what it says now is different. To register another complaint, press once more.",
)


@member_only
def desk(request: HttpRequest, member: Member) -> HttpResponse:
    """The empty form; posted, the registration: then on to the case, or back with what is wrong and all that was typed."""
    act = member.pack.acts["register"]
    unit = request.POST.get("unit") or member.home
    if request.method != "POST":
        source = found_in(member, request.GET.get("found_in", ""), act)
        unit = source.unit if source else unit
        raw = {**_begun(member, act), **(source.raw if source else {})}
        asked = ask(member.desk, act, Case(unit=unit), raw=raw, **begun().shown())
        return _show(request, member, asked, unit, values_of(member.pack, raw, member.zone))
    return _register(request, member, act, unit)


def _register(request: HttpRequest, member: Member, act: Act, unit: str) -> HttpResponse:
    blank = Case(unit=unit)
    raw, values = typed(member.desk, act, request.POST, blank)
    files = gathered(request, member)

    def again(**more: Any) -> HttpResponse:
        asked = ask(member.desk, act, blank, raw=raw, **{**files.shown(), **more})
        return _show(request, member, asked, unit, values, 422)

    if files.wrong or "let-go" in request.POST:
        return again(refusals=files.wrong)
    warnings = warnings_for(member.desk, blank, act, files.among(blank, values))
    if warnings and request.POST.get("confirmed") != "yes":
        return again(warnings=warnings)
    # The form's own token: sent twice (a double click, an answer that never arrived), it is one complaint all the same.
    outcome = case_file.register(
        member.organisation,
        Register(unit, values, files.files, request.POST.get("found_in", "")[:40]),
        member.person,
        member.now,
        source_key=f"desk:{member.person}:{files.token}",
    )
    if not isinstance(outcome, Done):
        return again(refusals=outcome.refusals)
    if outcome.repeated and not _told_the_same(member.pack, outcome.case, values):
        warn(request, _registered_before(outcome))
        return again(**begun().shown())
    if not outcome.repeated:
        _make_calls(request, member, outcome, call_sheets(member, request.POST.getlist("call"), unit, values))
    say(request, _registered(member, outcome))
    return go(request, case_address(outcome.case_id))


def _told_the_same(pack: Pack, case: Case, values: dict[str, Any]) -> bool:
    """Whether a form sent again says what it said: its texts, which nobody types the same for two complaints."""
    texts = (name for name, value in values.items() if pack.fields[name].type in ("text", "long-text", "phone"))
    return all(case.fields.get(name) == values[name].strip() for name in texts)


def _make_calls(request: HttpRequest, member: Member, done: Done, sheets: list[CallSheet]) -> None:
    """The calls for help made while the form was open become acts on the case, with the moment of each in a note."""
    for sheet in sheets:
        act = sheet.call.act
        values = values_of(member.pack, raw_values(act.form, dict(request.POST.lists())), member.zone)
        outcome = case_file.act(done.case_id, Perform(act.id, values), member.person, member.now)
        if not isinstance(outcome, Done):
            reasons = " ".join(names.said(refusal.text) for refusal in getattr(outcome, "refusals", ()))
            warn(request, _("“%(act)s”还没有记下：%(why)s") % {"act": names.said(act.text), "why": reasons})
        told = {"time": f"{sheet.at:%H:%M:%S}", "number": sheet.call.number}
        note = {"note": _("%(time)s 在登记台拨打 %(number)s") % told}
        case_file.act(done.case_id, Perform("note", note), member.person, member.now)


def _registered(member: Member, done: Done) -> str:
    """What was done, the next thing to do (one's own before that of others), and the receipt."""
    number = next(iter(done.case.numbers.values()), "")
    words = _("已登记 %(number)s。") % {"number": number} if number else _("已登记。")
    live = done.case.live_duties()
    own = [duty for duty in live if answers_for(member.pack, done.case, duty, member.actor, member.desk.world)]
    ahead = duties_ahead(member, own or live)
    if ahead:
        due = durations.moment(ahead[0].due, member.now) if ahead[0].due else ""
        told = {"what": ahead[0].what, "due": due}
        words += (_("下一步：%(what)s（%(due)s 前）。") if due else _("下一步：%(what)s。")) % told
    return format_html('{} <a href="{}">{}</a>', words, reverse("receipt", args=[done.case_id]), _("给客户的回执"))


def _registered_before(done: Done) -> str:
    number = next(iter(done.case.numbers.values()), "")
    return format_html('{} <a href="{}">{}</a>', names.said(TWICE), case_address(done.case_id), number or _("那件案件"))


def _begun(member: Member, act: Act) -> Raw:
    """What stands in the empty form already: a moment that must be told is now, unless somebody says otherwise."""
    local = f"{member.now.astimezone(member.zone):%Y-%m-%dT%H:%M}"
    own = member.pack.head.unit_field
    raw = {
        item.field: [local]
        for item in act.form
        if item.required is True and member.pack.fields[item.field].type == "datetime"
    }
    # Nearly every complaint is about the place where it is made; whoever sits above several places has to say which.
    if own and any(item.field == own for item in act.form) and _fits(member, own, member.home):
        raw[own] = [member.home]
    return raw


def _fits(member: Member, field: str, unit: str) -> bool:
    kinds = member.pack.fields[field].unit_kinds
    return not kinds or member.desk.world.unit_kind(unit) in kinds


def _show(
    request: HttpRequest, member: Member, asked: Asked, unit: str, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    on_form = {view.id for view in asked.fields}
    units = [] if member.pack.head.unit_field in on_form else units_for(member)
    seen = {words.id for words in asked.guidance}
    at_desk = guidance_for(member.pack, Case(unit=unit), "desk", member.actor, member.now, member.desk.world)
    told = request.POST.getlist("call") or request.GET.getlist("call")
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
        advice=advice([*(words for words in at_desk if words.id not in seen), *asked.guidance]),
        calls=calls_of(member),
        sheets=call_sheets(member, told, unit, values),
        callers=[NAME + name for name in caller_fields(member.pack, asked.act)],
        describing=describing(member.pack, asked),
        no_field={"id": ""},
        source=found_in(member, (request.POST or request.GET).get("found_in", ""), asked.act),
        loose_files=all(view.control != "files" for view in asked.fields),
        **hints_for(member, asked.act, unit, values),
    )


def hints_for(member: Member, act: Act, unit: str, values: dict[str, Any]) -> dict[str, Any]:
    """What the hints show: options suggested, what decisions would settle, which duties would open first."""
    foreseen = foreseen_by(member, unit, values)
    duties = duties_ahead(member, foreseen.duties)
    return {
        "suggested": suggested(member, act, values),
        "settled": settled_ahead(member, foreseen),
        "duties": duties[:MOST_AHEAD],
        "more_duties": max(0, len(duties) - MOST_AHEAD),
    }


def caller_fields(pack: Pack, act: Act) -> list[str]:
    """The fields that say who complains: name and telephone."""
    return [
        item.field
        for item in act.form
        if pack.fields[item.field].personal and pack.fields[item.field].type in ("text", "phone")
    ]


def describing(pack: Pack, asked: Asked) -> str:
    """The group of the form in which the complaint is told: below it stand the suggestions."""
    long = next((view for view in asked.fields if view.control == "long"), None)
    text = long or next((view for view in asked.fields if view.group == "matter"), None)
    return text.group if text else ""


def units_for(member: Member) -> list[tuple[str, str]]:
    """(id, name) of the units a complaint can belong to; nothing to choose where there is only one."""
    units = [(unit.slug, unit.text.of(names.language())) for unit in member.directory.open_units]
    return units if len(units) > 1 else []
