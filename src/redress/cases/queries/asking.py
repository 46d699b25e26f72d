"""What the queue is asked for: what it is narrowed to, in which order, and from which place on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from ..store.rows import FACETS
from .orders import Order, OrderName
from .reach import Reach


class Place(NamedTuple):
    """A place in the order of the queue: everything before it has been seen."""

    moment: datetime
    case_id: UUID


@dataclass(frozen=True)
class Filters:
    """What the queue is narrowed to; empty values narrow nothing. ``unit`` takes in the units below it, unless ``alone``.

    ``first`` and ``last`` (not included) bound the moment of the order: of registration, of the next due time, of closing.
    ``cases`` narrows to these (cases linked with each other).
    """

    stage: str = ""
    unit: str = ""
    level: str = ""
    category: str = ""
    channel: str = ""
    owner: str = ""
    kind: str = "complaint"
    open: bool | None = None
    late: bool = False
    text: str = ""
    order: OrderName = "newest"
    first: datetime | None = None
    last: datetime | None = None
    cases: tuple[UUID, ...] = ()
    alone: bool = False

    def facets(self) -> dict[str, str]:
        """What of this the index over grams knows."""
        return {name: value for name in FACETS if (value := getattr(self, name))}

    def conditions(self) -> tuple[list[str], dict[str, Any]]:
        """SQL over a case ``c`` and its parameters (text and unit apart)."""
        words = {"stage": self.stage, "level": self.level, "category": self.category, "channel": self.channel,
                 "owner": self.owner, "kind": self.kind}  # fmt: skip
        given: dict[str, Any] = {name: value for name, value in words.items() if value}
        sql = [f"c.{name} = %({name})s" for name in given]
        if self.open is not None:
            sql.append("c.is_open" if self.open else "NOT c.is_open")
        if self.late:
            sql.append("c.late_open > 0")
        if self.cases:
            sql.append("c.id = ANY(%(cases)s)")
            given["cases"] = list(self.cases)
        return sql, given

    def near(self) -> dict[str, str]:
        """What of this has an index of its own in the order asked for (SQL over ``case_record``)."""
        found = {"cases": "id = ANY(%(cases)s)"} if self.cases else {}
        if self.order != "newest":
            return found
        if self.stage:
            found["stage"] = "stage = %(stage)s"
        if self.owner and self.open:
            found["owner"] = "owner = %(owner)s AND is_open"
        if self.late:
            found["late"] = "late_open > 0"
        return found


COMPLAINTS = Filters()
"""Every complaint, the newest first."""


@dataclass
class Ask:
    """One question to the queue, as the walks need it."""

    organisation: str
    person: str
    reach: Reach
    filters: Filters
    pieces: list[str]
    limit: int
    order: Order
    near: dict[str, str]
    sql: list[str] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
