"""What a list shows of a case before it is opened: found by what the pack's fields and roles are, never by a pack's name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from redress.policy.engine.case import Case
from redress.policy.pack import Pack

LONGEST_TITLE = 200


def title_of(pack: Pack, case: Case) -> str:
    """A line for lists: the field ``title`` where the pack has one, else the first long text of the registration.

    Lists show it to everybody who may find the case, so it is never a personal or confidential field's. A standing duty is
    titled with its period.
    """
    if case.kind == "standing":
        return str(case.fields.get("period", ""))
    names = ["title", *_registered(pack, ("long-text",)), *_registered(pack, ("text",))]
    open_to_all = (name for name in names if not _guarded(pack, name))
    return next((str(case.fields[name]) for name in open_to_all if case.fields.get(name)), "")[:LONGEST_TITLE]


def _guarded(pack: Pack, name: str) -> bool:
    field = pack.fields.get(name)
    return field is not None and (field.personal or field.confidential)


def customer_of(pack: Pack, case: Case) -> str:
    """Who complains: the first personal text of the registration ("" where it names nobody)."""
    names = [name for name in _registered(pack, ("text",)) if pack.fields[name].personal]
    return next((str(case.fields[name]) for name in names if case.fields.get(name)), "")[:LONGEST_TITLE]


def first_responder_of(pack: Pack, case: Case) -> str:
    """Who registered it and stays answerable: the slot that registering fills, else whoever registered."""
    slots = (role.id for role in pack.roles.values() if "register" in role.set_by)
    named = next((case.people[slot] for slot in slots if slot in case.people), "")
    return named or next((record.by for record in case.acts if record.act == "register"), "")


def owner_of(pack: Pack, case: Case) -> str:
    """Whose case it now is: the slot ``owner``, else ``handler``, else the first responder."""
    return case.people.get("owner") or case.people.get("handler") or first_responder_of(pack, case)


def number_of(pack: Pack, case: Case) -> str:
    """The case's own number: that of the first series the pack declares of those it was given."""
    return next((case.numbers[name] for name in pack.numbers if name in case.numbers), "")


def texts_of(pack: Pack, case: Case) -> Iterable[str]:
    """Every text of a case that a person may search for: numbers, field values, names of the choices made."""
    # In the order of their names: a case read back from its stored state must give the same text.
    yield from (number for _, number in sorted(case.numbers.items()))
    for name, value in sorted(case.fields.items()):
        field = pack.fields.get(name)
        for item in value if isinstance(value, (list, tuple)) else (value,):
            yield from _searchable(field, item)


def _searchable(field: Any, value: Any) -> Iterable[str]:
    if not isinstance(value, str) or not value:
        return
    if field is not None and field.type in ("choice", "choices"):
        option = next((option for option in field.options if option.id == value), None)
        yield option.text.zh if option else value
    else:
        yield value
        if field is not None and field.type == "phone":
            # However it was written, it is found by its digits.
            yield "".join(filter(str.isdigit, value))


def _registered(pack: Pack, types: tuple[str, ...]) -> list[str]:
    form = pack.acts["register"].form if "register" in pack.acts else ()
    return [item.field for item in form if item.field in pack.fields and pack.fields[item.field].type in types]
