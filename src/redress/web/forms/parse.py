"""What was typed into a form, as the values the engine reads. Nothing is refused here: the engine says what is wrong.

A value that cannot be read goes on as the text it is, so that the refusal cites the field and the typed text is kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from redress.policy.language.forms import FormField
from redress.policy.pack import Pack

NAME = "f-"
"""What the name of an input starts with, so that no field of a pack can be taken for one of ours."""
LISTS = ("choices", "units", "file")

Raw = dict[str, list[str]]


def raw_values(form: Sequence[FormField], posted: Mapping[str, Sequence[str]]) -> Raw:
    """The texts posted for the fields of ``form``, by field id; ``posted`` maps input names to lists of texts."""
    return {
        item.field: [text for text in posted.get(NAME + item.field, ())] for item in form if NAME + item.field in posted
    }


def values_of(pack: Pack, raw: Raw, zone: ZoneInfo) -> dict[str, Any]:
    """The engine's values of posted texts; fields left empty are left out.

    Money becomes a decimal text, a date and time ISO 8601 with the offset of ``zone``, a list a list.
    """
    values = {name: _value(pack.fields[name].type, texts, zone) for name, texts in raw.items()}
    return {name: value for name, value in values.items() if value not in ("", [])}


def _value(kind: str, texts: list[str], zone: ZoneInfo) -> Any:
    if kind == "file":
        return [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    if kind in LISTS:
        return [text for text in texts if text.strip()]
    text = (texts[-1] if texts else "").replace("\r\n", "\n").strip()
    return _READ.get(kind, lambda typed, _zone: typed)(text, zone) if text else ""


def _narrow(text: str) -> str:
    """Full-width digits and signs, as Chinese keyboards type them, made plain."""
    return unicodedata.normalize("NFKC", text).strip()


def _money(text: str, _zone: ZoneInfo) -> str:
    plain = _narrow(text).replace(",", "").replace(" ", "").removeprefix("¥").removeprefix("CNY").removesuffix("元")
    try:
        Decimal(plain)
    except InvalidOperation:
        return text
    return plain


def _number(text: str, _zone: ZoneInfo) -> int | str:
    plain = _narrow(text)
    digits = plain.removeprefix("-")
    return int(plain) if digits.isascii() and digits.isdigit() and len(digits) < 19 else text


def _moment(text: str, zone: ZoneInfo) -> str:
    try:
        moment = datetime.fromisoformat(_narrow(text))
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()


def _yes_no(text: str, _zone: ZoneInfo) -> bool | str:
    return {"yes": True, "no": False}.get(text, text)


_READ: dict[str, Callable[[str, ZoneInfo], Any]] = {
    "money": _money,
    "number": _number,
    "datetime": _moment,
    "date": lambda text, _zone: _narrow(text),
    "phone": lambda text, _zone: _narrow(text),
    "yes-no": _yes_no,
}
