"""Duties tied to no case, measures, and the reports that come due with the calendar."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from .base import Condition, Ids, Rule, Text, Written
from .duties import Limit, Work, _limit
from .effects import Effects
from .forms import Form


class Standing(Rule):
    """A recurring duty. ``every``/``on``/``months``/``at`` as in a calendar; ``year starts: 12`` counts the halves and quarters it
    reports on from December; one per unit of ``unit_kinds`` (the top unit, if none).

    What is found on it may become a complaint: ``found as`` gives fields of the registration and the values they begin with
    there (a channel ``comment-book``).
    ``report`` names the report whose contents it carries; ``work`` is as with a duty (``round``, unless said). It opens at its moment and is met, or late, like any duty.
    """

    kind_key: ClassVar[str] = "standing"
    recurs: dict[str, Any]
    who: Ids
    must: Text | None = None
    within: Annotated[Limit, BeforeValidator(_limit)] | None = None
    calendar: str = ""
    unit_kinds: Ids = Key(default=(), alias="unit kinds")
    record: Form = ()
    done_by: Ids = Key(default=(), alias="done by")
    report: str = ""
    if_late: Effects = Key(default=(), alias="if late")
    then: Effects = ()
    work: Work | None = None
    found_as: dict[str, Any] = Key(default_factory=dict, alias="found as")


class Measure(Rule):
    """A figure over the cases of a period.

    ``what``: ``cases`` counts cases, ``share`` is the share of cases for which ``where`` holds among those for which
    ``among`` holds, ``duties-late``/``duties-met`` count duties (``of`` one duty, also a
    standing one), ``sum`` adds a ledger kind or a money field (CNY), ``average`` is the mean of a number or money field where
    it is filled, ``rate`` counts cases per thousand of what a number field ``of`` adds up to in the files of standing duties
    (guests served, parcels delivered), ``median-hours`` is the median time between two stages or acts. ``by`` splits it by a
    field.
    """

    kind_key: ClassVar[str] = "measure"
    what: Literal["cases", "share", "duties-late", "duties-met", "sum", "average", "rate", "median-hours"]
    where: Condition = ""
    among: Condition = ""
    by: str = ""
    of: str = ""
    from_: str = Key(default="register", alias="from")
    to: str = "close"


class Section(Written):
    """A part of a report: computed from measures, or written by its maker into a field."""

    zh: str
    en: str = ""
    measures: Ids = ()
    field: str = ""
    clauses: tuple[str, ...] = ()


class Report(Rule):
    """What a periodic report holds and who receives it."""

    kind_key: ClassVar[str] = "report"
    sections: tuple[Section, ...]
    to: Ids = ()
