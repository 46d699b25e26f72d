"""When somebody was in touch with the customer, and by which way: the policy says which acts are that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from redress.policy.engine import events as ev
from redress.policy.pack import Pack
from redress.web.story import Entry

WAYS = {"phone": _("电话"), "visit": _("上门"), "letter": _("书面"), "message": _("消息"), "in person": _("当面")}
"""The ways in words; one that the policy leaves open has none."""


@dataclass(frozen=True)
class Talk:
    """A contact with the customer; ``way`` in words, "" where it is left open."""

    entry: Entry
    way: str


def contacts_of(pack: Pack, entries: Iterable[Entry], most: int) -> list[Talk]:
    """The last ``most`` contacts, the latest first."""
    found = [entry for entry in entries if is_contact(pack, entry.event)][-most:]
    return [Talk(entry, way_of(pack, entry.event)) for entry in reversed(found)]


def is_contact(pack: Pack, event: ev.Event) -> bool:
    """Whether it was a contact with the customer: an act that the policy calls one, or a callback."""
    if not isinstance(event, ev.ActDone) or event.act not in pack.acts:
        return False
    return pack.acts[event.act].contact is not None or any(
        duty.work == "callback" for duty in pack.met_by.get(event.act, ())
    )


def way_of(pack: Pack, event: ev.Event) -> str:
    """By which way, in words."""
    act = pack.acts.get(event.act) if isinstance(event, ev.ActDone) else None
    return str(WAYS.get(act.contact or "", "")) if act else ""
