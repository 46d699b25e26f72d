"""Limits as spans: what a duty's ``within`` comes to for each value of the field it is written by."""

from __future__ import annotations

from redress.calendars import Span, SpanError, Unit
from redress.policy.language.duties import Limit

from .study import Study

WORKING = (Unit.WORKING_DAY, Unit.WORKING_HOUR)


def span_of(study: Study, text: str | None) -> Span | None:
    """The span written or named by a parameter; None where there is none, or it cannot be read."""
    if text and text.startswith("$"):
        parameter = study.parameters.get(text[1:])
        text = str(parameter.value) if parameter else None
    try:
        return Span.parse(text) if text else None
    except SpanError:
        return None


def rows_of(study: Study, limit: Limit | None) -> dict[str, Span]:
    """The longest span by row: ``""`` for a single limit (or the cap of an agreed date), else by option."""
    if limit is None:
        return {}
    if limit.until:
        written = {"": limit.at_most}
    elif limit.table:
        written = {**dict(limit.table), **({"otherwise": limit.otherwise} if limit.otherwise else {})}
    else:
        written = {"": limit.span or limit.otherwise}
    found = {row: span_of(study, text) for row, text in written.items()}
    return {row: span for row, span in found.items() if span is not None}


def minutes(span: Span | None) -> int:
    """About how long; for comparing only (a working day counts 24 hours, a month 30 days)."""
    return span.rough_minutes() if span else 0


def longest(rows: dict[str, Span], row: str) -> int:
    """The minutes of one row, of ``otherwise``, or of the longest row where there is no such row."""
    if row in rows:
        return minutes(rows[row])
    if "otherwise" in rows and row:
        return minutes(rows["otherwise"])
    return max(map(minutes, rows.values()), default=0)
