"""A cell of a register or a document: a field, a number, a person in a role, or a moment of the case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from redress.people.directory import Directory
from redress.policy.engine.case import Case
from redress.policy.pack import Pack

from .forms.shown import masked, shown
from .plain_words import names
from .stages import stage_name


def heading(pack: Pack, name: str) -> str:
    """What a column is called."""
    moments = {"registered_at": _("登记时间"), "closed_at": _("了结时间"), "stage": _("阶段"), "unit": _("单位")}
    if name in moments and name not in pack.fields:
        return moments[name]
    return names.field(pack, name) if name in pack.fields or name in pack.numbers else names.role(pack, name)


def cell(pack: Pack, directory: Directory, case: Case, name: str) -> str:
    """What stands in it for a case; personal data masked, "" where the case has nothing to say."""
    lang = names.language()
    if name in pack.fields:
        field, value = pack.fields[name], case.fields.get(name)
        if value in (None, "", []):
            return ""
        return (
            masked(value) if field.personal or field.confidential else shown(field, value, directory, pack.zone(), lang)
        )
    if name in pack.numbers:
        return case.numbers.get(name, "")
    if name in pack.roles:
        signed = next((record.by for record in reversed(case.acts) if record.role == name), "")
        person = case.people.get(name) or signed
        return directory.person_text(person).of(lang) if person else ""
    moment = {"registered_at": case.registered_at, "closed_at": case.closed_at}.get(name)
    if moment is not None:
        return f"{moment.astimezone(pack.zone()):%Y-%m-%d %H:%M}"
    return {"stage": stage_name(case.stage), "unit": directory.unit_text(case.unit).of(lang)}.get(name, "")
