"""The organisation's own values of the policy's parameters: read from a form, checked, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from redress.calendars import Span, SpanError
from redress.policy.language.fields import Parameter
from redress.policy.pack import Pack


def settings_from(pack: Pack, posted: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """(values that differ from the pack's own, what is wrong by parameter id) of a posted form."""
    chosen: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for rule in pack.parameters.values():
        text = posted.get(f"parameter-{rule.id}", "").strip()
        if not text:
            continue
        try:
            value = _read(rule, text)
        except ValueError as error:
            wrong[rule.id] = str(error)
            continue
        if str(value) != str(rule.value):
            chosen[rule.id] = value
    return chosen, wrong


def shown_value(pack: Pack, rule: Parameter) -> str:
    """The value in force, as it is typed."""
    value = pack.parameter("$" + rule.id)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def is_yes_no(rule: Parameter) -> bool:
    return isinstance(rule.value, bool)


def _read(rule: Parameter, text: str) -> Any:
    if isinstance(rule.value, bool):
        if text not in ("yes", "no"):
            raise ValueError(_("请选是或否"))
        return text == "yes"
    if isinstance(rule.value, int):
        if not text.isascii() or not text.isdigit():
            raise ValueError(_("请写整数"))
        return int(text)
    if isinstance(rule.value, Decimal):
        return _money(text)
    if _is_span(str(rule.value)):
        if not _is_span(text):
            raise ValueError(_("请写时长和单位，如 30 min、24 h、3 d、2 wd"))
        return str(Span.parse(text))
    return text


def _money(text: str) -> str:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ValueError(_("请写数字，如 128.50")) from None
    if not amount.is_finite() or amount < 0:
        raise ValueError(_("请写数字，如 128.50"))
    return str(amount)


def _is_span(text: str) -> bool:
    try:
        Span.parse(text)
    except SpanError:
        return False
    return True
