"""The one question asked of this floor: if the clock starts now, when is it due? Steps say why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .calendar import Calendar
from .instants import to_utc
from .pauses import Pause, stops_after
from .reckon_days import reckon_days
from .reckon_exact import reckon_exact, reckon_plain_minutes
from .span import Span
from .steps import Reckoning
from .units import EXACT_UNITS, Unit


def reckon(start: datetime, span: Span, calendar: Calendar, pauses: Sequence[Pause] = ()) -> Reckoning:
    """Return when `span` from `start` is due, in the calendar's zone, with the steps that lead there.

    min and h run round the clock, wh in the calendar's windows; d, wd, w, mo and y count from the next day
    and end as the calendar's `day_ends` says. How pauses move the due moment is told in `reckon_exact` and
    `reckon_days`. `due` is None while a pause that began before it has no end. ValueError for a naive start.
    """
    begin = to_utc(start)
    if not pauses and span.unit in (Unit.MINUTE, Unit.HOUR):
        return reckon_plain_minutes(begin, span.rough_minutes(), calendar)
    stops = stops_after(begin, pauses)
    if span.unit in EXACT_UNITS:
        working = span.unit is Unit.WORKING_HOUR
        return reckon_exact(begin, span.rough_minutes(), calendar, stops, working=working)
    return reckon_days(begin, span, calendar, stops)
