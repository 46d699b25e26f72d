"""What the policy leaves open: its parameters, each with the value that holds, and who has confirmed it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.people.changes import Hand, NotPossible, values
from redress.policy.language.fields import Parameter
from redress.web.access import Member
from redress.web.parameters import is_yes_no, read, shown_value
from redress.web.plain_words import names, rule_words

from .admitted import administrators_only, answer


@administrators_only
def assumptions(request: HttpRequest, member: Member) -> HttpResponse:
    """The parameters, those to confirm first; posted, one of them (``save`` or ``confirm``)."""
    posted = request.POST.get("parameter", "")
    return answer(
        request,
        member,
        "web/setup/assumptions.html",
        {
            "save": lambda hand, form: save(hand, member, form),
            "confirm": lambda hand, form: save(hand, member, form, confirmed=True),
        },
        lambda: {"parameters": parameters(member), "to_confirm": open_count(member), "posted_parameter": posted},
        f"{reverse('setup-assumptions')}#p-{posted}",
        {"confirm": _("已确认。"), "save": _("已保存。新登记的案件按新值办理。")},
    )


def parameters(member: Member) -> list[dict[str, Any]]:
    """Every parameter for the page: open ones that nobody has confirmed first."""
    confirmed = values.confirmations(member.organisation)
    rows = []
    for rule in member.pack.parameters.values():
        value = shown_value(member.pack, rule)
        found = confirmed.get(rule.id)
        valid = found is not None and found.value == value
        rows.append(
            {
                "rule": rule,
                "words": rule_words(member.pack, rule),
                "open": is_open(rule),
                "yes_no": is_yes_no(rule),
                "value": value,
                "in_words": names.span(member.pack, "$" + rule.id),
                "own": shown_own(rule),
                "changed": value != shown_own(rule),
                "confirmed": found if valid else None,
                "lapsed": found if found and not valid else None,
                "waits": is_open(rule) and not valid,
            }
        )
    return sorted(rows, key=lambda row: (not row["waits"], not row["open"]))


def open_count(member: Member) -> int:
    """How many values that the policy leaves open nobody has confirmed as they now are."""
    confirmed = values.confirmations(member.organisation)
    return sum(
        is_open(rule) and (rule.id not in confirmed or confirmed[rule.id].value != shown_value(member.pack, rule))
        for rule in member.pack.parameters.values()
    )


def is_open(rule: Parameter) -> bool:
    """Whether the document does not say it, or can be read in two ways."""
    return rule.assumption or bool(rule.ambiguity)


def shown_own(rule: Parameter) -> str:
    return {True: "yes", False: "no"}[rule.value] if isinstance(rule.value, bool) else str(rule.value)


def save(hand: Hand, member: Member, form: Any, confirmed: bool = False) -> None:
    """Keeps the posted value of one parameter, and with ``confirmed`` that it is meant."""
    rule = member.pack.parameters.get(form.get("parameter", ""))
    text = form.get("value", "").strip()
    if rule is None or not text:
        raise NotPossible("请填写值", "write the value", "value")
    try:
        value = read(rule, text)
    except ValueError as error:
        raise NotPossible(str(error), str(error), "value") from None
    values.set_value(hand, rule.id, value, str(rule.value))
    if confirmed:
        words = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
        values.confirm(hand, rule.id, words, form.get("note", ""))
