"""Who can be played in a sandbox, and whom a duty of it falls to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from redress.people.directory import Directory
from redress.policy.engine.case import DutyState
from redress.policy.sandbox.sandbox import Sandbox

from ..plain_words import names


@dataclass(frozen=True)
class Player:
    """Somebody who can be played: their roles in words, how many live duties of the case wait for them."""

    id: str
    name: str
    roles: str
    unit: str
    waiting: int


def players(sandbox: Sandbox, directory: Directory, label: str) -> list[Player]:
    """Everybody who can be played: those who have something to do first."""
    lang = names.language()
    waiting = dict.fromkeys((row.person for row in sandbox.people), 0)
    case = sandbox.cases.get(label)
    for duty in case.live_duties() if case else ():
        for person in holders_of(directory, duty, sandbox.now):
            waiting[person] = waiting.get(person, 0) + 1
    found = [
        Player(
            row.person,
            directory.person_text(row.person).of(lang),
            names.roles(sandbox.pack, dict.fromkeys(role for role, _unit in row.seats))
            or names.role(sandbox.pack, "staff"),
            directory.unit_text(row.seats[0][1]).of(lang) if row.seats else "",
            waiting[row.person],
        )
        for row in sandbox.people
    ]
    return sorted(found, key=lambda player: -player.waiting)


def holders_of(directory: Directory, duty: DutyState, at: datetime) -> list[str]:
    """The people a duty falls to."""
    if duty.person:
        return [duty.person]
    return list(
        dict.fromkeys(person for role in duty.roles for person in directory.holders(role, duty.unit, at.date()))
    )
