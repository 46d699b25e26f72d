"""The time line of the page: sorted into kinds, filtered by kind and person, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy

from redress.cases.case_file import OpenFile
from redress.policy.engine import events as ev
from redress.web.story import Entry

from .contacts import is_contact

KINDS = {
    "": gettext_lazy("全部"),
    "person": gettext_lazy("人员操作"),
    "clock": gettext_lazy("计时"),
    "money": gettext_lazy("金额"),
    "evidence": gettext_lazy("证据"),
    "contact": gettext_lazy("联系客户"),
}
SHOWN = 30
"""Entries on the page before the reader asks for all of them."""
_CLOCK = (ev.DutyLate, ev.DutyReminded, ev.DutyStarted, ev.DutyMoved, ev.ClockPaused, ev.ClockResumed)
_MONEY = (ev.LedgerEntered, ev.LedgerWaived, ev.LedgerConfirmed, ev.Committed)
_EVIDENCE = (ev.Attached, ev.AttachmentWithdrawn, ev.HandedOver)


@dataclass(frozen=True)
class Filter:
    """A way to narrow the time line, with its address."""

    name: str
    query: str
    chosen: bool
    count: int


@dataclass(frozen=True)
class Timeline:
    """What is shown: ``more`` is how many entries are left out, ``total`` how many there are without a filter."""

    entries: Sequence[Entry]
    kinds: Sequence[Filter]
    people: Sequence[Filter]
    more: int
    total: int
    all_query: str


def timeline_of(file: OpenFile, entries: Sequence[Entry], only: str, by: str, everything: bool) -> Timeline:
    """The entries of one kind and one person (all, where none is named)."""
    only = only if only in KINDS else ""
    sorts = [kinds_of(file, entry) for entry in entries]
    people = dict.fromkeys((entry.by, entry.who) for entry in entries if entry.by)
    found = [
        entry for entry, sort in zip(entries, sorts, strict=True) if (not only or only in sort) and by in ("", entry.by)
    ]
    found.reverse()
    shown = found if everything else found[:SHOWN]
    return Timeline(
        shown,
        [
            Filter(str(name), _query(kind, by), kind == only, sum(not kind or kind in sort for sort in sorts))
            for kind, name in KINDS.items()
            if not kind or any(kind in sort for sort in sorts)
        ],
        [Filter(who, _query(only, person), person == by, 0) for person, who in people] if len(people) > 1 else [],
        len(found) - len(shown),
        len(entries),
        _query(only, by, everything=True),
    )


def kinds_of(file: OpenFile, entry: Entry) -> set[str]:
    """Which kinds an entry is of: by what happened and what followed from it."""
    events = [entry.event, *(one.event for one in entry.followed)]
    found = {"person"} if entry.by and not isinstance(entry.event, ev.Revealed) else set()
    found |= {"clock"} if any(isinstance(event, _CLOCK) for event in events) else set()
    found |= {"money"} if any(isinstance(event, _MONEY) for event in events) or _sum(file, entry.event) else set()
    found |= (
        {"evidence"} if any(isinstance(event, _EVIDENCE) for event in events) or _proof(file, entry.event) else set()
    )
    return found | ({"contact"} if is_contact(file.pack, entry.event) else set())


def _sum(file: OpenFile, event: ev.Event) -> bool:
    return _has(file, event, "money")


def _proof(file: OpenFile, event: ev.Event) -> bool:
    return _has(file, event, "file")


def _has(file: OpenFile, event: ev.Event, kind: str) -> bool:
    values = event.values if isinstance(event, (ev.ActDone, ev.ApprovalVoted)) else {}
    return any(
        value not in ("", [], None) and (rule := file.pack.fields.get(name)) is not None and rule.type == kind
        for name, value in values.items()
    )


def _query(only: str, by: str, *, everything: bool = False) -> str:
    asked = {"only": only, "by": by, "all": "1" if everything else ""}
    return "?" + urlencode({name: value for name, value in asked.items() if value})
