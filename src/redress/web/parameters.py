"""The organisation's own values of the policy's parameters, as they are typed and shown."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from redress.calendars import Span, SpanError
from redress.policy.language.fields import Parameter
from redress.policy.pack import Pack


def shown_value(pack: Pack, rule: Parameter) -> str:
    """The value in force, as it is typed."""
    value = pack.parameter("$" + rule.id)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def is_yes_no(rule: Parameter) -> bool:
    return isinstance(rule.value, bool)


def read(rule: Parameter, text: str) -> Any:
    """The value that was typed, checked. Raises ``ValueError`` with the words for the reader."""
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
