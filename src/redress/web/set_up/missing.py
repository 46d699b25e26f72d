"""What the policy asks of the organisation and does not find there: empty posts, roles nobody holds, ladders that end at nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from redress.calendars.holidays import Holidays
from redress.people.directory import Directory
from redress.policy.language.people import Post
from redress.policy.pack import Pack
from redress.web.plain_words import names
from redress.web.plain_words.names import language

UNITS_NAMED = 4
"""So many units a line names; how many there are in all it says too."""


@dataclass(frozen=True)
class Gap:
    """Something missing: ``what`` in words, in which units, and the clauses that ask for it."""

    what: str
    units: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    role: str = ""
    unit: str = ""
    there: int = 0
    needed: int = 1

    @property
    def named(self) -> tuple[str, ...]:
        return self.units[:UNITS_NAMED]

    @property
    def unnamed(self) -> int:
        return max(0, len(self.units) - UNITS_NAMED)


def empty_posts(pack: Pack, directory: Directory, on: date) -> list[Gap]:
    """Every post that is not filled on that day."""
    found = []
    for post in pack.posts:
        for unit in directory.open_units:
            there = len(directory.holders(post.role, unit.slug, on)) if _belongs(post, unit.kind) else post.at_least
            if there < post.at_least:
                where = (unit.text.of(language()),)
                role = names.role(pack, post.role)
                found.append(Gap(role, where, post.own_clauses(), post.role, unit.slug, there, post.at_least))
    return found


def vacant_roles(pack: Pack, directory: Directory, on: date) -> list[Gap]:
    """Roles that duties, acts or approvals fall to, and that nobody holds anywhere (those of empty posts are told there)."""
    held = {seat.role for seat in directory.held if seat.on(on) and directory.people[seat.person].active}
    posts = {post.role for post in pack.posts}
    needed = [role for role in _worked_by(pack) if role not in held and role not in posts]
    return [Gap(names.role(pack, role), (), pack.roles[role].own_clauses(), role) for role in needed]


def dead_ends(pack: Pack, directory: Directory, on: date) -> list[Gap]:
    """Ladders whose last rung finds nobody, with the units from which it does not."""
    found = []
    for ladder in pack.ladders.values():
        last = ladder.rungs[-1]
        if not all(role in pack.roles and pack.roles[role].found == "seat" for role in last.who):
            continue
        units = tuple(
            unit.text.of(language())
            for unit in directory.open_units
            if not any(directory.holders(role, unit.slug, on) for role in last.who)
        )
        if units and len(units) == len(directory.open_units):
            found.append(
                Gap(
                    f"{names.said(ladder.text)} · {names.any_of(pack, last.who)}", units, last.clauses or ladder.clauses
                )
            )
    return found


def unpublished(pack: Pack, on: date) -> int | None:
    """The year whose holidays are not published and which limits may already reach; None where all is known or none counts."""
    known = Holidays.china()
    uses = any(calendar.holidays is not None for calendar in pack.calendars.values())
    near = date(on.year + 1, 1, 1) if on.month >= 10 else on
    return near.year if uses and not known.covers(near) else None


def uncovered(directory: Directory, on: date) -> list[str]:
    """Who is away today, holds a seat, and has nobody standing in."""
    away = dict.fromkeys(row.person for row in directory.away if row.first <= on <= row.last)
    seated = {seat.person for seat in directory.held if seat.on(on)}
    return [
        directory.person_text(person).of(language())
        for person in away
        if person in seated and not any(row.of == person and row.first <= on <= row.last for row in directory.stood_in)
    ]


def _belongs(post: Post, kind: str) -> bool:
    return not post.unit_kinds or kind in post.unit_kinds


def _worked_by(pack: Pack) -> list[str]:
    """The seats that somebody must hold for a duty to have hands, in the order of the roles."""
    busy = {role for duty in pack.duties.values() for role in duty.who}
    return [role.id for role in pack.roles.values() if role.found == "seat" and role.id in busy]
