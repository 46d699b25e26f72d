"""Fragments beside the desk's form, asked for while somebody types: hints, the customer's earlier complaints, a call for help.

Nothing is kept here, and what was typed travels in the body of the request, never in an address.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from redress.cases.queries import earlier as earlier_of
from redress.cases.queries import like_the_same
from redress.policy.engine.case import Case
from redress.policy.pack import Pack
from redress.web.access import Member, member_only
from redress.web.asking import typed
from redress.web.calls import call_sheets
from redress.web.forms.shown import masked
from redress.web.page import page

from .desk import caller_fields, hints_for


@require_POST
@member_only
def hints(request: HttpRequest, member: Member) -> HttpResponse:
    """What the words typed so far speak for, and what registering them would set going."""
    unit, values = _typed(request, member)
    found = hints_for(member, member.pack.acts["register"], unit, values)
    return page(request, "web/desk/hints.html", member, pack=member.pack, **found)


@require_POST
@member_only
def earlier(request: HttpRequest, member: Member) -> HttpResponse:
    """Complaints of what seems to be the same customer; one that looks like the same matter is pointed out."""
    _unit, values = _typed(request, member)
    phone, name = _caller(member.pack, values)
    text = " ".join(str(value) for field, value in values.items() if member.pack.fields[field].type == "long-text")
    category = str(values.get("category") or "")
    found = earlier_of(member.desk, phone, name)
    rows = [(row, masked(row.customer) if row.customer else "", like_the_same(row, text, category)) for row in found]
    return page(
        request,
        "web/desk/earlier.html",
        member,
        pack=member.pack,
        rows=rows,
        open_rows=sum(row.is_open for row in found),
        same=next((row for row, _customer, same in rows if same), None),
        asked_for=bool(phone or name),
    )


@require_POST
@member_only
def call(request: HttpRequest, member: Member) -> HttpResponse:
    """A call for help: its number, what follows from it, and what goes with the registration."""
    unit, values = _typed(request, member)
    sheets = call_sheets(member, request.POST.getlist("calling"), unit, values)
    return page(request, "web/desk/calls.html", member, pack=member.pack, sheets=sheets)


def _typed(request: HttpRequest, member: Member) -> tuple[str, dict[str, Any]]:
    unit = request.POST.get("unit") or member.home
    return unit, typed(member.desk, member.pack.acts["register"], request.POST, Case(unit=unit))[1]


def _caller(pack: Pack, values: dict[str, Any]) -> tuple[str, str]:
    """The telephone and the name among what was typed: a telephone is a field of that type, or a text that is all digits."""
    fields = [name for name in caller_fields(pack, pack.acts["register"]) if values.get(name)]
    texts = {name: str(values[name]) for name in fields}
    phones = [text for name, text in texts.items() if pack.fields[name].type == "phone" or _digits(text)]
    called = [text for name, text in texts.items() if pack.fields[name].type == "text" and not _digits(text)]
    return next(iter(phones), ""), next(iter(called), "")


def _digits(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) * 2 > len(text)
