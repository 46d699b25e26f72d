"""Ground floor: spans of time, working calendars, pauses, due moments and recurrences.

Pure: no clock is read and nothing is stored. Everything callers need is named here.
"""

from .calendar import Calendar, Day, DayEnds, is_working
from .errors import CalendarError, RecurrenceError, SpanError
from .holidays import Holidays
from .pauses import Pause
from .reckon import reckon
from .recurrence import Recurrence
from .span import Span
from .steps import Reckoning, Step
from .units import Unit
from .working_time import working_minutes_between

__all__ = [
    "Calendar",
    "CalendarError",
    "Day",
    "DayEnds",
    "Holidays",
    "Pause",
    "Reckoning",
    "Recurrence",
    "RecurrenceError",
    "Span",
    "SpanError",
    "Step",
    "Unit",
    "is_working",
    "reckon",
    "working_minutes_between",
]
