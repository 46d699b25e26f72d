"""What falls to one person by name: what somebody who leaves has to hand over."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

SHOWN = 20


class Held(NamedTuple):
    """An open duty that is somebody's by name. Its words are in the pack of ``pack_hash`` under ``rule``."""

    case_id: UUID
    rule: str
    due: datetime | None
    number: str
    title: str
    category: str
    channel: str
    pack_hash: str


class Handover(NamedTuple):
    """The first of the open duties by due time, and how many open cases they took or own (counted up to a thousand)."""

    duties: list[Held]
    cases: int


_DUTIES = """
    SELECT d.case_id, d.rule, d.due, c.number, c.title, c.category, c.channel, c.hash
    FROM case_duty d JOIN case_record c ON c.id = d.case_id
    WHERE d.organisation = %(organisation)s AND d.live AND d.persons <> '{}' AND d.persons @> ARRAY[%(person)s]::text[]
    ORDER BY d.due LIMIT %(limit)s
"""
# By their part in the case first: an index leads to the few cases of one person among a million.
_CASES = """
    SELECT count(*) FROM (
        SELECT 1 FROM case_part p JOIN case_record c ON c.id = p.case_id
        WHERE p.organisation = %(organisation)s AND p.person = %(person)s
              AND c.is_open AND %(person)s IN (c.owner, c.first_responder)
        LIMIT 1000
    ) open_ones
"""


def handover_of(organisation: str, person: str) -> Handover:
    """What would be left behind by somebody who leaves now."""
    with connection.cursor() as cursor:
        values = {"organisation": organisation, "person": person, "limit": SHOWN}
        cursor.execute(_DUTIES, values)
        duties = [Held(*row) for row in cursor.fetchall()]
        cursor.execute(_CASES, values)
        return Handover(duties, cursor.fetchone()[0])
