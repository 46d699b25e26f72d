"""What was found on a round, as it begins at the desk: its words, its place, and the values the policy gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from redress.cases.case_file import OpenFile
from redress.policy.language.acts import Act
from redress.policy.pack import Pack

from .access import Member, open_case
from .case_sheet import title_of
from .forms.parse import Raw
from .forms.shown import typed_again
from .gathering import fields_of

WORDY = ("long-text", "text")


@dataclass(frozen=True)
class FoundIn:
    """The round: its file's id, its name, its unit, and what stands in the form already."""

    case_id: str
    name: str
    unit: str
    raw: Raw


def found_in(member: Member, case_id: str, act: Act) -> FoundIn | None:
    """What was found in this file, for a registration; None where there is no such round for the member."""
    file = open_case(member, case_id) if case_id else None
    if file is None or file.case.kind != "standing":
        return None
    return FoundIn(str(file.case_id), title_of(file.pack, file.case), file.case.unit, _begun(member.pack, file, act))


def _begun(pack: Pack, file: OpenFile, act: Act) -> Raw:
    on_form = {item.field: pack.fields[item.field] for item in act.form}
    standing = pack.standing.get(file.case.subject)
    values: dict[str, Any] = dict(standing.found_as) if standing else {}
    told = next((name for kind in WORDY for name, f in on_form.items() if f.type == kind and not f.personal), "")
    if told and (words := _words(file)):
        values.setdefault(told, words)
    own = pack.head.unit_field
    kinds = on_form[own].unit_kinds if own in on_form else ()
    if own in on_form and (not kinds or file.world.unit_kind(file.case.unit) in kinds):
        values.setdefault(own, file.case.unit)
    zone = pack.zone()
    return {name: typed_again(on_form[name], value, zone) for name, value in values.items() if name in on_form}


def _words(file: OpenFile) -> str:
    """What was written down on the round."""
    fields = fields_of(file.pack, file.case.subject) if file.case.subject in file.pack.duties else []
    texts = (file.case.fields.get(name) for name in fields if file.pack.fields[name].type in WORDY)
    return "\n".join(text for text in texts if isinstance(text, str) and text.strip())
