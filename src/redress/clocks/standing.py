"""Standing duties come round: each occurrence is opened once, at its own moment, also after the clock was off for a week."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from redress.cases import case_file
from redress.people import packs
from redress.people.directory import Directory, directory_of
from redress.policy.engine.commands import OpenStanding
from redress.policy.language.periodic import Standing
from redress.policy.pack import Pack

log = logging.getLogger(__name__)

Key = tuple[str, str, str]
"""A standing duty of a unit: organisation, standing, unit."""

_VERSIONS = "SELECT slug, version FROM organisation"
_KNOWN = "SELECT standing, unit FROM standing_state WHERE organisation = %s"
_NEW = """
    INSERT INTO standing_state (organisation, standing, unit, last, next_at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT DO NOTHING
"""
_GONE = "DELETE FROM standing_state WHERE organisation = %s AND standing = %s AND unit = %s"
_DUE = """
    SELECT organisation, standing, unit, next_at FROM standing_state
    WHERE next_at <= %s AND (organisation, standing, unit) NOT IN (SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]))
    ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_MOVE = """
    UPDATE standing_state SET last = %s, next_at = %s WHERE organisation = %s AND standing = %s AND unit = %s
"""


def open_due(now: datetime) -> int:
    """Opens every occurrence whose moment has come. Gives how many.

    One that cannot be opened is told of and left for the next sweep; the others are not held up by it.
    """
    _note_new(now)
    opened = 0
    failed: list[Key] = []
    while True:
        key: Key | None = None
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    _DUE, [now, *(list(part) for part in zip(*failed, strict=True))] if failed else [now, [], [], []]
                )
                row = cursor.fetchone()
                if row is None:
                    return opened
                key = row[:3]
                opened += _open(cursor, *row)
        except DatabaseError:
            raise
        except Exception:
            if key is None:
                raise
            log.exception("standing duty %s of %s in %s could not be opened", key[1], key[0], key[2])
            failed.append(key)


def _open(cursor: Any, organisation: str, name: str, unit: str, moment: datetime) -> int:
    directory = directory_of(organisation)
    pack = packs.pack_for(directory, moment)
    rule = pack.standing.get(name)
    if rule is None or unit not in _units(directory, rule):
        cursor.execute(_GONE, [organisation, name, unit])
        return 0
    calendar, recurrence = pack.calendar(rule.calendar), pack.recurrence(rule)
    following = recurrence.next_after(moment, calendar)
    cursor.execute(_MOVE, [moment, following, organisation, name, unit])
    if not pack.in_force(moment):
        return 0
    start, end, label = recurrence.period_of(moment, calendar)
    command = OpenStanding(unit=unit, standing=name, label=label, start=start.isoformat(), end=end.isoformat())
    case_file.register(organisation, command, "", moment)
    return 1


_seen: dict[str, int] = {}
"""The version of each organisation whose standing duties this process has looked through."""


def _note_new(now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS)
        changed = [slug for slug, version in cursor.fetchall() if _seen.get(slug) != version]
    for organisation in changed:
        with transaction.atomic(), connection.cursor() as cursor:
            directory = directory_of(organisation)
            try:
                pack = packs.pack_for(directory, now)
            except packs.UnknownPack:
                log.warning("organisation %s lives by a pack that is not there: %s", organisation, directory.pack)
                _seen[organisation] = directory.version
                continue
            _insert(cursor, directory, pack, now)
        _seen[organisation] = directory_of(organisation).version


def _insert(cursor: Any, directory: Directory, pack: Pack, now: datetime) -> None:
    cursor.execute(_KNOWN, [directory.slug])
    known = set(cursor.fetchall())
    for rule in pack.standing.values():
        for unit in _units(directory, rule):
            if (rule.id, unit) not in known:
                following = pack.recurrence(rule).next_after(now, pack.calendar(rule.calendar))
                cursor.execute(_NEW, [directory.slug, rule.id, unit, now, following])


def _units(directory: Directory, rule: Standing) -> tuple[str, ...]:
    """One per unit of the kinds the rule names; the top unit, where it names none."""
    if rule.unit_kinds:
        return tuple(unit.slug for unit in directory.open_units if unit.kind in rule.unit_kinds)
    return tuple(unit.slug for unit in directory.open_units if not unit.under)[:1]
