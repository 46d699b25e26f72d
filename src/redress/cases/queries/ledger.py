"""The accountability ledger: lines within somebody's reach, and sums of them by person, unit, role, month and kind.

Everybody sees the lines that charge them, even of a case they may not read. Further lines are seen by whoever reads the cases
of the unit charged; all of them by whoever reads the whole organisation. Sums are added up by the database in exact decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db import connection

from ..case_file import Desk
from .reach import reach_of

By = Literal["person", "unit", "role", "month"]
STATES = ("proposed", "confirmed", "appealed", "waived")


class Line(NamedTuple):
    """A line; its words are in the pack of ``pack_hash``. ``readable``: the reader may open its case."""

    case_id: UUID
    line: str
    kind: str
    amount: Decimal | None
    first_amount: Decimal | None
    role: str
    unit: str
    person: str
    duty: str
    rule: str
    clauses: list[str]
    at: datetime
    status: str
    proposed_by: str
    appealed_by: str
    appealed_at: datetime | None
    ruling: str
    ruled_at: datetime | None
    number: str
    title: str
    pack_hash: str
    case_kind: str
    readable: bool


class Sum(NamedTuple):
    """How many lines there are of a group, kind and state, how many of them have a sum, and what those add up to."""

    group: str
    kind: str
    status: str
    lines: int
    with_sum: int
    total: Decimal


@dataclass(frozen=True)
class Asked:
    """What the ledger is narrowed to; empty values narrow nothing. ``unit`` takes in the units below it."""

    since: datetime | None = None
    until: datetime | None = None
    person: str = ""
    unit: str = ""
    role: str = ""
    kind: str = ""
    status: str = ""
    month: str = ""
    mine: bool = False


class Place(NamedTuple):
    """A place in the order of the ledger: everything before it has been seen."""

    at: datetime
    case_id: UUID
    line: str


_LINES = """
    SELECT l.case_id, l.line, l.kind, l.amount, l.first_amount, l.role, l.unit, l.person, l.duty, l.rule, l.clauses, l.at,
           l.status, l.proposed_by, l.appealed_by, l.appealed_at, l.ruling, l.ruled_at, c.number, c.title, c.hash, c.kind,
           %(me)s <> ALL (c.hidden_from) AND (%(all)s OR c.unit = ANY(%(units)s) OR EXISTS (
               SELECT 1 FROM case_part p WHERE p.organisation = l.organisation AND p.person = %(me)s
                      AND p.registered_at = c.registered_at AND p.case_id = c.id))
    FROM ledger_line l JOIN case_record c ON c.id = l.case_id
    WHERE {where} ORDER BY l.at DESC, l.case_id DESC, l.line DESC LIMIT %(limit)s
"""
_SUMS = """
    SELECT {group}, l.kind, l.status, count(*), count(l.amount), coalesce(sum(l.amount), 0) FROM ledger_line l
    WHERE {where} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_GROUPS: dict[str, str] = {
    "person": "l.person",
    "unit": "l.unit",
    "role": "l.role",
    "month": "to_char(l.at AT TIME ZONE %(zone)s, 'YYYY-MM')",
}


def lines(desk: Desk, asked: Asked, after: Place | None = None, limit: int = 50) -> list[Line]:
    """The lines, the latest first, following on ``after``."""
    where, values = _narrowed(desk, asked)
    if after is not None:
        where += " AND (l.at, l.case_id, l.line) < (%(after_at)s, %(after_case)s, %(after_line)s)"
        values |= {"after_at": after.at, "after_case": after.case_id, "after_line": after.line}
    with connection.cursor() as cursor:
        cursor.execute(_LINES.format(where=where), {**values, "limit": limit})
        return [Line(*row) for row in cursor.fetchall()]


def sums(desk: Desk, asked: Asked, by: By) -> list[Sum]:
    """The same lines added up: every group with every kind and state that it has."""
    where, values = _narrowed(desk, asked)
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(group=_GROUPS[by], where=where), values)
        return [Sum(*row) for row in cursor.fetchall()]


def _narrowed(desk: Desk, asked: Asked) -> tuple[str, dict[str, Any]]:
    reach = reach_of(desk.pack, desk.directory, desk.actor)
    sql = ["l.organisation = %(organisation)s"]
    if asked.mine or not (reach.everything or reach.units):
        sql.append("l.person = %(me)s")
    else:
        seen = "TRUE" if reach.everything else "l.unit = ANY(%(units)s)"
        sql.append(f"(l.person = %(me)s OR ({seen} AND %(me)s <> ALL (l.hidden_from)))")
    for name in ("person", "role", "kind", "status"):
        if getattr(asked, name):
            sql.append(f"l.{name} = %({name})s")
    if asked.since is not None:
        sql.append("l.at >= %(since)s")
    if asked.until is not None:
        sql.append("l.at < %(until)s")
    if asked.unit:
        sql.append("l.unit = ANY(%(below)s)")
    if asked.month:
        sql.append(f"{_GROUPS['month']} = %(month)s")
    values = {
        "organisation": desk.directory.slug,
        "me": desk.actor.id,
        "all": reach.everything,
        "units": list(reach.units),
        "below": list(desk.directory.below(asked.unit)),
        "zone": str(desk.pack.zone()),
        "since": asked.since,
        "until": asked.until,
        **{name: getattr(asked, name) for name in ("person", "role", "kind", "status", "month")},
    }
    return " AND ".join(sql), values
