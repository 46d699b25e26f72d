"""The administration log: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..models import AdministrationEntry


@dataclass(frozen=True)
class Hand:
    """Whose hand makes a change: in which organisation, who, when; ``today`` is the day there."""

    organisation: str
    by: str
    at: datetime
    today: date


def record(
    hand: Hand,
    change: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Writes one line; what is the same before and after is left out. Without a difference nothing is written."""
    old, new = before or {}, after or {}
    differ = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    if (old or new) and not differ:
        return
    AdministrationEntry.objects.create(
        organisation=hand.organisation,
        at=hand.at,
        by=hand.by,
        change=change,
        subject=subject,
        before={key: _plain(old[key]) for key in differ if key in old},
        after={key: _plain(new[key]) for key in differ if key in new},
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
