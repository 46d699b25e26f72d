"""The orders in which the queue can be walked. Each has indexes of its own, so that its first page costs the same whatever
the table has grown to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

OrderName = Literal["newest", "due", "closed"]


@dataclass(frozen=True)
class Order:
    """``column`` decides, ``only`` are the cases that have a place in it (SQL over ``case_record``)."""

    column: str
    descending: bool
    only: str = ""

    @property
    def sign(self) -> str:
        """How what follows a place compares with it."""
        return "<" if self.descending else ">"

    def by(self, moment: str, case_id: str) -> str:
        way = "DESC" if self.descending else "ASC"
        return f"ORDER BY {moment} {way}, {case_id} {way}"

    def reached(self, row: Any, place: tuple[Any, Any]) -> bool:
        """Whether a row lies before a place of the walk, or at it."""
        here = (getattr(row, self.column), row.case_id)
        return bool(here >= place if self.descending else here <= place)


ORDERS: dict[OrderName, Order] = {
    "newest": Order("registered_at", True),
    "due": Order("next_due", False, "is_open AND next_due IS NOT NULL"),
    "closed": Order("closed_at", True, "closed_at IS NOT NULL"),
}
