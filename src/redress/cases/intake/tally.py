"""How the duties of imported complaints went: met in time, late, still open, by the clause that demands them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

import msgspec
from django.db import connection, transaction

from redress.policy.engine.case import DutyState

SEVERAL = 500


class _Duties(msgspec.Struct):
    """Only what is counted of a case's state; the rest is passed over."""

    duties: dict[str, DutyState]


_decoder = msgspec.json.Decoder(_Duties)


@dataclass
class Line:
    """One clause: duties ``met`` in time, ``late`` (done late, or past their time and not done), ``undone`` of these,
    ``open`` and not yet due, ``fell_away`` before they were due. ``lateness`` in whole minutes."""

    clause: str
    met: int = 0
    late: int = 0
    undone: int = 0
    open: int = 0
    fell_away: int = 0
    lateness: list[int] = field(default_factory=list)

    @property
    def median_lateness(self) -> int | None:
        """Minutes; None where nothing was late."""
        return round(median(self.lateness)) if self.lateness else None

    def as_json(self) -> dict[str, object]:
        return {"clause": self.clause, "met": self.met, "late": self.late, "undone": self.undone, "open": self.open,
                "fell_away": self.fell_away, "median_lateness_minutes": self.median_lateness}  # fmt: skip


def duties_of(organisation: str, source: str) -> Iterator[DutyState]:
    """Every duty of every complaint that came from a source, in this or earlier runs."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT c.state FROM import_key k JOIN case_record c ON c.id = k.case_id"
            " WHERE k.organisation = %s AND starts_with(k.source_key, %s)",
            [organisation, source + ":"],
        )
        while rows := cursor.fetchmany(SEVERAL):
            for (state,) in rows:
                yield from _decoder.decode(state).duties.values()


def tally(duties: Iterable[DutyState], now: datetime) -> list[Line]:
    """The lines by clause, in the order of their ids; a duty counts under every clause it stands for."""
    lines: dict[str, Line] = {}
    for duty in duties:
        for clause in duty.clauses or ("",):
            _count(lines.setdefault(clause, Line(clause)), duty, now)
    return [lines[clause] for clause in sorted(lines)]


def _count(line: Line, duty: DutyState, now: datetime) -> None:
    if duty.status == "met":
        line.late += bool(duty.late_by)
        line.met += not duty.late_by
        line.lateness += [duty.late_by] if duty.late_by else []
    elif duty.late_at is not None:
        line.late += 1
        line.undone += 1
        end = duty.ended_at or max(now, duty.late_at)
        line.lateness.append(round((end - (duty.due or duty.late_at)).total_seconds() / 60))
    elif duty.live:
        line.open += 1
    else:
        line.fell_away += 1
