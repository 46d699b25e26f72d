"""Cases whole, for pages that must know more of them than a list shows."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from redress.policy.engine.case import Case, decode_case


def cases_of(organisation: str, case_ids: Iterable[UUID]) -> dict[UUID, Case]:
    """The organisation's cases with these ids (one query). Whether the reader may see them was asked by the list they are from."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, state FROM case_record WHERE organisation = %s AND id = ANY(%s)", [organisation, list(case_ids)]
        )
        return {case_id: decode_case(state) for case_id, state in cursor.fetchall()}
