"""Moving open cases to another version of their policy, or to the same one under other local days: foreseen first, then done.

A case keeps what it was registered under until somebody moves it, with a reason, as an act on its own log. Moved, its open
duties are reckoned again from their own starts; agreed dates, granted extensions and what is late already stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from redress.people.directory import Directory, directory_of
from redress.policy.engine.case import Case, decode_case
from redress.policy.engine.commands import MovePack, Recompute
from redress.policy.engine.facts import Facts
from redress.policy.engine.timing import anew
from redress.policy.engine.world import CLOCK
from redress.policy.pack import Pack

from . import case_file
from .world import ReadingWorld

AT_ONCE = 200
"""So many cases are looked at for a preview, and moved in one go."""

_OTHERS = """
    SELECT id, number, title, hash, state FROM case_record
    WHERE organisation = %s AND is_open AND kind = 'complaint' AND hash <> %s ORDER BY registered_at DESC, id DESC LIMIT %s
"""
_COUNT = """
    SELECT count(*) FROM (
        SELECT 1 FROM case_record WHERE organisation = %s AND is_open AND kind = 'complaint' AND hash <> %s LIMIT 1001
    ) others
"""


@dataclass(frozen=True)
class Moved:
    """A due time that would change."""

    key: str
    rule: str
    old: datetime | None
    new: datetime | None


@dataclass(frozen=True)
class Foreseen:
    """A case under another version: the due times that would change, and open duties whose rule is not there any more."""

    case_id: UUID
    number: str
    title: str
    hash: str
    moved: tuple[Moved, ...]
    gone: tuple[str, ...]


def elsewhere(organisation: str, pack: Pack) -> int:
    """How many open complaints are under another version than ``pack``; beyond a thousand it is not counted further."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [organisation, pack.hash])
        return int(cursor.fetchone()[0])


def foreseen(directory: Directory, pack: Pack, now: datetime, limit: int = AT_ONCE) -> list[Foreseen]:
    """What moving the newest open complaints to ``pack`` would change. Nothing is kept."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [directory.slug, pack.hash, limit])
        rows = cursor.fetchall()
    world = ReadingWorld(directory)
    found = []
    for case_id, number, title, old_hash, state in rows:
        case = decode_case(state)
        facts = Facts(pack, case, now.astimezone(pack.zone()), world, CLOCK)
        gone = tuple(duty.rule for duty in case.live_duties() if duty.rule not in pack.duties)
        found.append(Foreseen(case_id, number, title, old_hash, _moved(facts, case), gone))
    return found


def move(organisation: str, case_id: UUID, pack: Pack, actor: str, now: datetime, reason: str) -> bool:
    """Moves one case and has its open duties reckoned again. False where it cannot be: the case is
    another organisation's, it is closed, or it has open duties that the other version does not know."""
    with transaction.atomic():
        case = _open_case(organisation, case_id)
        if case is None or any(duty.rule not in pack.duties for duty in case.live_duties()):
            return False
        done = case_file.act(case_id, MovePack(pack.version, pack.hash, reason), actor, now)
        if not isinstance(done, case_file.Done):
            return False
        for key in [moved.key for moved in _moved_now(organisation, done.case, pack, now)]:
            case_file.act(case_id, Recompute(key, reason), actor, now)
    return True


def _open_case(organisation: str, case_id: UUID) -> Case | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state FROM case_record WHERE id = %s AND organisation = %s AND is_open", [case_id, organisation]
        )
        row = cursor.fetchone()
    return decode_case(row[0]) if row else None


def _moved_now(organisation: str, case: Case, pack: Pack, now: datetime) -> tuple[Moved, ...]:
    world = ReadingWorld(directory_of(organisation))
    return _moved(Facts(pack, case, now.astimezone(pack.zone()), world, CLOCK), case)


def _moved(facts: Facts, case: Case) -> tuple[Moved, ...]:
    changed = []
    for duty in case.live_duties():
        new = anew(facts, duty)
        if new is not None and (new[2] != duty.due or new[1] != duty.calendar):
            changed.append(Moved(duty.key, duty.rule, duty.due, new[2]))
    return tuple(changed)
