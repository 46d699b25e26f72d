"""What a drill under way shows whoever practises: their part, what the customer says, what they must do and until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from redress.cases.case_file import OpenFile
from redress.policy.engine.offers import Offer

from .. import case_sheet as sheet
from ..asking import Asked, ask
from ..forms.parse import Raw
from ..plain_words import names
from .floor import Floor
from .forms import forms_for

AHEAD = timedelta(minutes=2)
"""Whoever skips time is brought this close to a limit of their own, not past it."""
TEXTS = ("text", "long-text", "phone", "money", "number", "date", "datetime")


def part_of(floor: Floor) -> str:
    """The roles in which the trainee practises."""
    roles = dict.fromkeys(seat.role for seat in sorted(floor.actor.seats, key=str))
    return names.roles(floor.pack, roles) or names.role(floor.pack, "staff")


def brief_of(floor: Floor) -> list[tuple[str, str, bool]]:
    """(field, value, whether it is a long text) of what the customer tells, in the order of the form."""
    return [
        (names.field(floor.pack, name), str(value), floor.pack.fields[name].type == "long-text")
        for name, value in _told(floor).items()
        if value not in ("", None)
    ]


def duties_of(floor: Floor, file: OpenFile, offers: list[Offer]) -> list[dict[str, Any]]:
    """The trainee's live duties with the addresses of their forms."""
    if not floor.begun:
        return []
    views = [view for view in sheet.live_duties(file, offers) if view.mine]
    return [{"view": view, "acts": forms_for(floor, offers, view.state.key)} for view in views]


def registration(floor: Floor) -> Asked | None:
    """The form with which the trainee begins, with what the customer says already written down; None where somebody else does."""
    if floor.begun or floor.run.script.cues[0].who != floor.row.part:
        return None
    fields = floor.pack.fields
    raw: Raw = {
        name: [str(value).replace(" ", "T")[:16] if fields[name].type == "datetime" else str(value)]
        for name, value in _told(floor).items()
    }
    return ask(floor.file, floor.pack.acts["register"], floor.file.case, raw=raw, address=floor.act_address("register"))


def seconds_until_news(floor: Floor) -> int:
    """In how many seconds of ours the page should look again: when the next thing happens in the drill; 0 for never."""
    moments = [at for at in (floor.run.ahead, floor.run.sandbox.next_moment()) if at is not None]
    if not moments or not floor.row.running:
        return 0
    return min(3600, max(1, int((min(moments) - floor.run.sandbox.now).total_seconds() / floor.row.speed) + 1))


def skip_to(floor: Floor) -> datetime | None:
    """To where time may be skipped: what others do next, or shortly before the trainee's next limit."""
    now = floor.run.sandbox.now
    moments = [floor.run.ahead] if floor.run.ahead is not None else []
    if floor.begun:
        case = floor.file.case
        for view in sheet.live_duties(floor.file, []):
            due = case.duties[view.state.key].due
            if view.mine and due is not None and due > now:
                moments.append(due - AHEAD if due - AHEAD > now else due)
        if floor.run.ahead is None and not moments and (upcoming := floor.run.sandbox.next_moment()):
            moments.append(upcoming)
    return min((at for at in moments if at > now), default=None)


def _told(floor: Floor) -> dict[str, Any]:
    """What the customer says in the story, field by field, where it can be told in words."""
    told = getattr(floor.run.script.cues[0].command, "data", {})
    fields = floor.pack.fields
    return {name: value for name, value in told.items() if name in fields and fields[name].type in TEXTS}
