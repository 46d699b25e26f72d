"""A recorded value as a person reads it, and as it stands in an input again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from redress.people.directory import Directory
from redress.policy.language.fields import Field
from redress.web.plain_words.sums import yuan


def typed_again(rule: Field, value: Any, zone: ZoneInfo) -> list[str]:
    """The texts that, typed into the field's input, give ``value``; none for personal data, which is not shown unasked."""
    if value in (None, "", []) or rule.personal:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if rule.type == "file":
        return ["\n".join(value)]
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    if rule.type == "datetime":
        moment = _moment(value)
        return [moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")] if moment else [str(value)]
    return [str(value)]


def shown(rule: Field | None, value: Any, directory: Directory, zone: ZoneInfo, lang: str) -> str:
    """The value in words: options and units by name, times in ``zone``, money with its sign."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return ("yes" if value else "no") if lang.startswith("en") else ("是" if value else "否")
    items = value if isinstance(value, (list, tuple)) else [value]
    texts = [_one(rule, item, directory, zone, lang) for item in items]
    return (", " if lang.startswith("en") else "、").join(texts)


def masked(value: Any) -> str:
    """Personal data as those see it who did not ask for it: the last two characters of a number, the first of a name."""
    text = str(value)
    digits = sum(character.isdigit() for character in text)
    if digits >= 5:
        return "*" * 5 + text[-2:]
    return text[:1] + "*" * min(3, max(1, len(text) - 1))


def _one(rule: Field | None, item: Any, directory: Directory, zone: ZoneInfo, lang: str) -> str:
    kind = rule.type if rule else "text"
    if kind in ("choice", "choices") and rule:
        return next((option.text.of(lang) for option in rule.options if option.id == item), str(item))
    if kind in ("unit", "units"):
        return directory.unit_text(str(item)).of(lang)
    if kind == "person":
        return directory.person_text(str(item)).of(lang)
    if kind == "money":
        return yuan(item)
    if kind == "datetime":
        moment = _moment(item)
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else str(item)
    return str(item)


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
