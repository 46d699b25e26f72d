"""Provisional due times: reckoned beyond the published holidays, reckoned again when these are out."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.db import DatabaseError, connection

from redress.calendars.holidays import Holidays
from redress.cases import case_file
from redress.people import packs
from redress.policy.engine.case import decode_case
from redress.policy.engine.commands import Recompute
from redress.policy.engine.timing import UNTIL, reckoned

log = logging.getLogger(__name__)

_PROVISIONAL = """
    SELECT d.case_id, d.key, c.hash, c.state FROM case_duty d JOIN case_record c ON c.id = d.case_id
    WHERE d.live AND d.provisional ORDER BY d.due LIMIT 10000
"""
_looked_at: dict[str, date] = {}
"""Up to which day holidays were published when this process last looked: they only change with a new release."""


def settle(now: datetime) -> int:
    """Reckons provisional due times again where the calendar now covers them. Gives how many were settled."""
    published = Holidays.china().last
    if _looked_at.get("holidays") == published:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_PROVISIONAL)
        rows = cursor.fetchall()
    settled = 0
    for case_id, key, pack_hash, state in rows:
        try:
            if _now_certain(pack_hash, state, key):
                settled += isinstance(case_file.act(case_id, Recompute(key), "", now), case_file.Done)
        except DatabaseError:
            raise
        except Exception:
            log.exception("duty %s of case %s could not be reckoned again", key, case_id)
    _looked_at["holidays"] = published
    if rows:
        log.info("%s provisional due times looked at, %s settled", len(rows), settled)
    return settled


def _now_certain(pack_hash: str, state: str, key: str) -> bool:
    duty = decode_case(state).duties[key]
    bounded = bool(duty.span) and not duty.span.startswith(UNTIL)
    return bounded and not reckoned(packs.pinned(pack_hash), duty).provisional
