"""The complaints that came of rounds, for the page that shows both."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from ..case_file import Desk
from .reach import reach_of


class Find(NamedTuple):
    case_id: UUID
    number: str
    stage: str
    registered_at: datetime


_FINDS = """
    SELECT c.id, c.number, c.stage, c.registered_at FROM case_record c
    WHERE c.organisation = %(organisation)s AND c.id = ANY(%(ids)s::uuid[]) AND %(person)s <> ALL (c.hidden_from)
          AND (%(all)s OR c.unit = ANY(%(units)s) OR EXISTS (
              SELECT 1 FROM case_part p WHERE p.organisation = c.organisation AND p.person = %(person)s
                     AND p.registered_at = c.registered_at AND p.case_id = c.id))
"""


def finds(desk: Desk, case_ids: Iterable[str]) -> dict[str, Find]:
    """Those of these cases that the reader may see, by id (one query)."""
    reach = reach_of(desk.pack, desk.directory, desk.actor)
    asked = {
        "organisation": desk.directory.slug,
        "ids": list(case_ids),
        "person": desk.actor.id,
        "all": reach.everything,
        "units": list(reach.units),
    }
    with connection.cursor() as cursor:
        cursor.execute(_FINDS, asked)
        return {str(row[0]): Find(*row) for row in cursor.fetchall()}
