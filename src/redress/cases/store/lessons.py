"""What a case has to teach: the texts that duties and acts of the sort ``lesson`` recorded, without anybody's name or number.

Pure: the same case under the same pack always gives the same lessons. The list, the search and the page read these texts, so
nobody finds a customer by searching lessons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import msgspec

from redress.policy.engine.case import Case
from redress.policy.pack import Pack

NUMBER = re.compile(r"(?<![\d.])\d(?:[ -]?\d){4,}(?![\d.])")
"""Five digits or more in a row are somebody's telephone, card or order; a sum or a year is not."""
WORDY = ("long-text", "text")
SHORTEST = 2
"""Characters of a recorded personal value that is looked for in a text."""


class Lesson(msgspec.Struct, frozen=True):
    """A case written up: ``key`` is the duty or act it was recorded with, ``texts`` (field, text) with personal data masked."""

    key: str
    rule: str
    at: datetime
    by: str
    texts: tuple[tuple[str, str], ...]


def lessons_of(pack: Pack, case: Case) -> list[Lesson]:
    """Every lesson of a case that says anything."""
    return [lesson for lesson in _written(pack, case) if lesson.texts]


def title_of(pack: Pack, case: Case, lesson: Lesson) -> str:
    """What a lesson is called: what the complaint was about, in the words of its registration; else its own first words."""
    form = pack.acts["register"].form if "register" in pack.acts else ()
    fields = [pack.fields[item.field] for item in form if item.field in pack.fields]
    open_ones = [
        field for kind in WORDY for field in fields if field.type == kind and not (field.personal or field.confidential)
    ]
    told = next((str(case.fields[field.id]) for field in open_ones if case.fields.get(field.id)), "")
    return masked_text(pack, case, told).strip() or lesson.texts[0][1]


def masked_text(pack: Pack, case: Case, text: str) -> str:
    """The text without the personal data that the case records, and without long numbers."""
    text = NUMBER.sub(lambda found: "*" * 5 + found[0][-2:], text)
    for value in _personal(pack, case):
        text = text.replace(value, value[0] + "*" * min(3, len(value) - 1))
    return text


def _written(pack: Pack, case: Case) -> Iterator[Lesson]:
    for duty in case.duties.values():
        rule = pack.duties.get(duty.rule)
        if rule is not None and rule.work == "lesson" and duty.status == "met" and duty.met_at is not None:
            forms = [pack.acts[act] for act in rule.done_by or (rule.id,) if act in pack.acts]
            fields = dict.fromkeys(item.field for act in forms for item in act.form)
            yield Lesson(duty.key, duty.rule, duty.met_at, duty.met_by, _texts(pack, case, fields))
    done = {
        record.act: record for record in case.acts if record.act in pack.acts and pack.acts[record.act].work == "lesson"
    }
    for record in done.values():
        fields = dict.fromkeys(item.field for item in pack.acts[record.act].form)
        yield Lesson(record.act, record.act, record.at, record.by, _texts(pack, case, fields))


def _texts(pack: Pack, case: Case, fields: dict[str, None]) -> tuple[tuple[str, str], ...]:
    found = []
    for name in fields:
        rule, value = pack.fields[name], case.fields.get(name)
        if rule.type in WORDY and not (rule.personal or rule.confidential) and isinstance(value, str) and value.strip():
            found.append((name, masked_text(pack, case, value.strip())))
    return tuple(found)


def _personal(pack: Pack, case: Case) -> list[str]:
    values = (case.fields.get(field.id) for field in pack.fields.values() if field.personal)
    texts = {value.strip() for value in values if isinstance(value, str) and len(value.strip()) >= SHORTEST}
    return sorted(texts, key=lambda text: (-len(text), text))
