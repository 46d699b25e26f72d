"""A customer's earlier complaints, while the number or the name is being typed: one query, through one index.

Its cost does not grow with the cases of others: of those that share a key, only the latest are looked at.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from ..case_file import Desk
from ..store.callers import NAME, PHONE, SHORTEST_NAME, name_key, phone_key
from ..store.words import folded
from .reach import reach_of

FEWEST_DIGITS = 4
"""So many last digits are enough to look a telephone up."""
WHOLE_NUMBER = 7
LOOKED_AT = 100
ALIKE = 0.5
"""The share of a title's pairs of characters that a text must hold to look like the same matter."""


class Earlier(NamedTuple):
    """A complaint of what seems to be the same customer. ``by_phone``: the number is the same, not only the name."""

    case_id: UUID
    number: str
    title: str
    customer: str
    unit: str
    stage: str
    level: str
    category: str
    registered_at: datetime
    is_open: bool
    next_due: datetime | None
    late_open: int
    late_ever: int
    by_phone: bool


_WITHIN = """
    (SELECT case_id, {by_phone} AS by_phone FROM case_key
     WHERE organisation = %(organisation)s AND pattern = {pattern} AND {alike} ORDER BY {order} LIMIT %(looked_at)s)
"""
_SAME_NUMBER = _WITHIN.format(
    by_phone="true", pattern="%(phone_kind)s", alike="key = %(phone)s", order="registered_at DESC"
)
_SAME_ENDING = _WITHIN.format(
    by_phone="true",
    pattern="%(phone_kind)s",
    alike="key > %(phone)s AND key <= %(phone)s || '99999999999999999999'",
    order="key",
)
_SAME_NAME = _WITHIN.format(
    by_phone="false", pattern="%(name_kind)s", alike="key = %(name)s", order="registered_at DESC"
)
_EARLIER = """
    SELECT c.id, c.number, c.title, c.customer, c.unit, c.stage, c.level, c.category, c.registered_at, c.is_open,
           c.next_due, c.late_open, c.late_ever, near.by_phone
    FROM (SELECT case_id, bool_or(by_phone) AS by_phone FROM ({near}) found GROUP BY case_id) near
    JOIN case_record c ON c.id = near.case_id
    WHERE %(person)s <> ALL (c.hidden_from) AND (%(everything)s OR c.unit = ANY(%(units)s) OR EXISTS (
        SELECT 1 FROM case_part p WHERE p.organisation = c.organisation AND p.person = %(person)s
               AND p.registered_at = c.registered_at AND p.case_id = c.id))
    ORDER BY near.by_phone DESC, c.is_open DESC, c.registered_at DESC, c.id DESC LIMIT %(limit)s
"""


def earlier(desk: Desk, phone: str, name: str, limit: int = 6) -> list[Earlier]:
    """The complaints of whoever has this number or name, as far as the one at the desk may see them: same number first."""
    phone, name = phone_key(phone), name_key(name)
    parts = []
    if len(phone) >= FEWEST_DIGITS:
        parts += [_SAME_NUMBER, _SAME_ENDING]
    if len(name) >= SHORTEST_NAME:
        parts.append(_SAME_NAME)
    if not parts:
        return []
    reach = reach_of(desk.pack, desk.directory, desk.actor)
    asked = {
        "organisation": desk.directory.slug,
        "person": desk.actor.id,
        "everything": reach.everything,
        "units": list(reach.units),
        "phone_kind": PHONE,
        "name_kind": NAME,
        "phone": phone,
        "name": name,
        "looked_at": LOOKED_AT,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER.format(near=" UNION ALL ".join(parts)), asked)
        return [Earlier(*row) for row in cursor.fetchall()]


def like_the_same(found: Earlier, text: str, category: str = "") -> bool:
    """Whether an open complaint of the same number may be the very matter now being told: its title's words, or its kind."""
    if not (found.is_open and found.by_phone):
        return False
    if category and category == found.category:
        return True
    pairs, told = _pairs(found.title), _pairs(text)
    return bool(pairs) and len(pairs & told) / min(len(pairs), max(len(told), 1)) >= ALIKE


def _pairs(text: str) -> set[str]:
    return {run[start : start + 2] for run in folded(text).split() for start in range(len(run) - 1)}
