"""Duties and ladders: who must do what by when, and what follows when it is late."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from .acts import Contact
from .base import Condition, Ids, Rule, SpanText, Text, Written, as_tuple
from .effects import Effects
from .forms import Form


class Limit(Written):
    """How long: a span; or a table ``by`` a field (level, unless named); or ``until`` a date field, ``at_most`` a span.

    ``unless``: a condition under which ``at_most`` does not cap the agreed date. ``from``: a date field; the clock has been
    running since that moment, where it lies in the past.
    """

    span: SpanText | None = None
    by: str = "level"
    table: dict[str, SpanText] = Key(default_factory=dict)
    otherwise: SpanText | None = None
    until: str = ""
    at_most: SpanText | None = Key(default=None, alias="at most")
    unless: Condition = ""
    from_: str = Key(default="", alias="from")


LIMIT_KEYS = {"by", "otherwise", "until", "at most", "unless", "from"}


def _limit(value: Any) -> Any:
    if isinstance(value, Limit):
        return value
    if isinstance(value, dict):
        if "table" in value or "span" in value:
            return value
        rest = {key: item for key, item in value.items() if key in LIMIT_KEYS}
        return {**rest, "table": {str(key): item for key, item in value.items() if key not in LIMIT_KEYS}}
    return {"span": value}


class Reminder(Written):
    """A word before (``before`` the due time) or repeatedly after it (``every``, at most ``times``)."""

    before: SpanText | None = None
    every: SpanText | None = None
    times: int = 3
    to: Ids = ()
    clauses: tuple[str, ...] = ()


class Sample(Written):
    """Not every occasion but one ``in`` so many (a number, or ``$parameter``) opens the duty.

    Of each ``per`` (a month, unless said otherwise) the first occasion is drawn, then one of every so many that follow; which
    one cannot be guessed, and is the same whenever the log is read again.
    """

    one_in: Annotated[int, Key(ge=1)] | Annotated[str, Key(pattern=r"^\$")] = Key(alias="one in")
    per: Literal["day", "month", "year"] = "month"


Work = Literal["callback", "correction", "lesson", "round", "approval"]
"""What sort of work a duty is, for the page where such work is gathered. The last two are given by the kind of rule."""


Outcome = Literal["satisfied", "dissatisfied", "reached", "unreached"]
"""How a callback ended: the customer is satisfied or not; was reached without saying; was not reached."""


class Duty(Rule):
    """Who must do what by when.

    ``after`` lists triggers: an act id; ``met DUTY``; ``late DUTY``; ``approved APPROVAL``; ``refused APPROVAL``;
    ``rung LADDER.RUNG``; ``standing STANDING``; ``signal NAME``; ``stage STAGE``; ``mark MARK``; ``pattern PATTERN``;
    ``round``. ``who`` is any one of these roles, or with ``each`` every one of them separately; ``for_each`` opens one duty
    per unit in a field (after another duty for each unit of that field: for the unit whose duty it was). ``done_by`` are the acts that meet it; without any, the duty brings its own act with the form
    ``record``. ``wait`` lets time pass before it starts. ``cancelled_by`` lists triggers that end it unmet. ``sample`` opens it
    on some occasions only.
    ``work`` gathers it with others of its sort: ``callback`` (asking the customer afterwards), ``correction`` (a corrective
    or preventive action), ``lesson`` (a case written up for others). ``outcomes`` of a callback: which recorded values mean
    that the customer was satisfied, dissatisfied, reached, unreached (``satisfied: {result: [good, fair]}``); they are offered to
    whoever calls, and counted.
    ``contact`` says of the duty's own act that it is a contact with the customer, as with an act; a callback is one anyway.
    """

    kind_key: ClassVar[str] = "duty"
    after: Ids
    when: Condition = ""
    who: Ids
    sample: Sample | None = None
    each: bool = False
    for_each: str = Key(default="", alias="for each")
    must: Text | None = None
    wait: SpanText | None = None
    within: Annotated[Limit, BeforeValidator(_limit)] | None = None
    calendar: str = ""
    done_by: Ids = Key(default=(), alias="done by")
    done_when: Condition = Key(default="", alias="done when")
    cancelled_by: Ids = Key(default=(), alias="cancelled by")
    record: Form = ()
    signs: bool = False
    then: Effects = ()
    remind: tuple[Reminder, ...] = ()
    if_late: Effects = Key(default=(), alias="if late")
    part_of: str = Key(default="", alias="part of")
    pausable: bool = True
    keep_after_closing: bool = Key(default=False, alias="keep after closing")
    work: Work | None = None
    outcomes: dict[Outcome, dict[str, Any]] = Key(default_factory=dict)
    contact: Contact | None = None


class Rung(Written):
    """One step of a ladder: who is now asked, what they must do, within how long, in which form."""

    rung: str
    who: Ids
    must: Text | None = None
    within: Annotated[Limit, BeforeValidator(_limit)] | None = None
    calendar: str = ""
    done_by: Ids = Key(default=(), alias="done by")
    record: Form = ()
    form: Literal["phone", "written", "in person", "any"] = "any"
    clauses: tuple[str, ...] = ()
    if_late: Effects = Key(default=(), alias="if late")


class Ladder(Rule):
    """The ordered roles a case climbs. ``climbs_when_late``: an unanswered rung sends the case up by itself."""

    kind_key: ClassVar[str] = "ladder"
    after: Ids
    when: Condition = ""
    rungs: Annotated[tuple[Rung, ...], BeforeValidator(as_tuple)]
    climbs_when_late: bool = Key(default=False, alias="climbs when late")
    climbs_by: Ids = Key(default=(), alias="climbs by")
    ends_by: Ids = Key(default=(), alias="ends by")
