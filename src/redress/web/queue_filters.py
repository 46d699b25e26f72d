"""What the queue is asked for, as it stands in an address: read, put into words, and changed by one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from redress.cases import tallies
from redress.cases.queries import Filters, reach_of
from redress.cases.queries.orders import OrderName
from redress.cases.queries.tallied import figures, of_units

from .access import Member, open_case
from .given import whole_number
from .plain_words import names

KEYS = (
    "q", "stage", "unit", "alone", "level", "category", "channel", "owner", "mine", "late", "open", "due", "arrived", "closed",
    "kind", "linked", "sort",
)  # fmt: skip
_CONTROLS = {"q", "stage", "unit", "level", "category", "channel", "sort"}
FRESH = timedelta(minutes=3)
"""Counts older than this are not shown beside a filter."""


@dataclass(frozen=True)
class Quick:
    """A filter one tap away: its words, the address that puts it on or takes it off, how many cases it would show."""

    words: str
    link: str
    on: bool
    count: int | None = None
    late: bool = False


class Asked:
    """The questions of one address."""

    def __init__(self, member: Member, given: Mapping[str, Any]) -> None:
        self.member = member
        self.given = {key: str(given.get(key, "")).strip() for key in KEYS if str(given.get(key, "")).strip()}

    def __getitem__(self, key: str) -> str:
        if key not in KEYS:
            raise KeyError(key)
        return self.given.get(key, "")

    @property
    def narrowed(self) -> bool:
        return any(key != "sort" for key in self.given)

    @property
    def order(self) -> OrderName:
        """The order that what is asked for needs, else the one chosen."""
        if self["closed"]:
            return "closed"
        return "due" if self["due"] or (self["sort"] == "due" and not self["arrived"]) else "newest"

    @property
    def ordered_by_what_is_asked(self) -> bool:
        return bool(self["closed"] or self["due"] or self["arrived"])

    @property
    def query(self) -> str:
        return urlencode(self.given)

    def kept(self) -> list[tuple[str, str]]:
        """What the form has no control for, and carries along."""
        return [item for item in self.given.items() if item[0] not in _CONTROLS]

    def link(self, **changed: str) -> str:
        """The address with something changed; "" takes a question away."""
        return "?" + urlencode({key: value for key, value in {**self.given, **changed}.items() if value})

    def filters(self) -> Filters:
        """What the queue is narrowed to."""
        first, last = self._times()
        is_open = {"1": True, "0": False}.get(self["open"])
        searching = bool(self["q"])
        return Filters(
            stage=self["stage"],
            unit=self["unit"],
            alone=bool(self["alone"]),
            level=self["level"],
            category=self["category"],
            channel=self["channel"],
            owner=self.member.person if self["mine"] else self["owner"],
            kind="" if searching or self["kind"] == "any" else self["kind"] or "complaint",
            open=is_open,
            late=bool(self["late"]),
            text=self["q"],
            order=self.order,
            first=first,
            last=last,
            cases=self._linked(),
        )

    def in_words(self) -> list[tuple[str, str]]:
        """(words, address without it) of what is asked for and has no control of its own on the page."""
        return list(self._in_words())

    def _in_words(self) -> Iterator[tuple[str, str]]:
        directory, lang = self.member.directory, names.language()
        if self["owner"] and not self["mine"]:
            yield _("责任人：%(name)s") % {"name": directory.person_text(self["owner"]).of(lang)}, self.link(owner="")
        if self["alone"]:
            yield _("只看本单位自己的"), self.link(alone="")
        if self["linked"]:
            yield _("与同一件同类的"), self.link(linked="", kind="")
        if self["kind"] == "standing":
            yield _("例行义务"), self.link(kind="")
        if self["arrived"] and self["arrived"] != "today":
            yield (
                self._days_in_words(_("登记于最近 %(days)s 天"), _("登记于 %(day)s"), "arrived"),
                self.link(arrived=""),
            )
        if self["closed"] and self["closed"] != "today":
            yield self._days_in_words(_("了结于最近 %(days)s 天"), _("了结于 %(day)s"), "closed"), self.link(closed="")
        if self["open"] == "0":
            yield _("已办结"), self.link(open="")

    def _days_in_words(self, many: str, one: str, key: str) -> str:
        text = self[key]
        return many % {"days": text.removesuffix("d")} if text.endswith("d") else one % {"day": text}

    def _times(self) -> tuple[datetime | None, datetime | None]:
        if self["closed"]:
            return self._stretch(self["closed"])
        if self["due"]:
            now = self.member.now
            return now, now + timedelta(hours=min(whole_number(self["due"].removesuffix("h"), 0) or 24, 24 * 90))
        return self._stretch(self["arrived"]) if self["arrived"] else (None, None)

    def _stretch(self, text: str) -> tuple[datetime | None, datetime | None]:
        """「today」, 「30d」 (the last thirty days, to the minute) or a date, in the policy's own zone."""
        if text.endswith("d") and (days := whole_number(text[:-1], 0)):
            return self.member.now - timedelta(days=min(days, 3660)), None
        try:
            day = self.member.today if text == "today" else date.fromisoformat(text)
        except ValueError:
            return None, None
        start = datetime(day.year, day.month, day.day, tzinfo=self.member.zone)
        return start, start + timedelta(days=1)

    def _linked(self) -> tuple[Any, ...]:
        """A case and those a pattern found alike with it, where the reader may see that case; nothing fits otherwise."""
        if not self["linked"]:
            return ()
        file = open_case(self.member, self["linked"])
        if file is None:
            return (UUID(int=0),)
        return (file.case_id, *(UUID(other) for others in file.case.links.values() for other in others))


def quick_filters(member: Member, asked: Asked) -> list[Quick]:
    """The filters one tap away, with their counts where these are known and nothing else narrows the list."""
    alone = not any(key not in ("unit", "late", "due", "open", "arrived", "closed", "sort") for key in asked.given)
    counts = _counts(member, asked) if alone else {}
    only = {"late": "", "due": "", "open": "", "arrived": "", "closed": "", "mine": ""}
    said = (
        ("late", "1", _("有逾期")),
        ("due", "24h", _("24 小时内到期")),
        ("open", "1", _("在办")),
        ("arrived", "today", _("今天登记")),
        ("closed", "today", _("今天了结")),
        ("mine", "1", _("我负责的")),
    )
    return [
        Quick(
            words,
            asked.link(**{key: ""}) if asked[key] == value else asked.link(**{**only, key: value}),
            asked[key] == value,
            counts.get(key),
            key == "late" and bool(counts.get(key)),
        )
        for key, value, words in said
    ]


def _counts(member: Member, asked: Asked) -> dict[str, int]:
    counted = tallies.last(member.organisation, member.now)
    if counted is None or not timedelta(0) <= member.now - counted.at <= FRESH:
        return {}
    units = set(reach_of(member.pack, member.directory, member.actor).units)
    if asked["unit"]:
        units &= set(member.directory.below(asked["unit"]))
    numbers = figures(member.desk, sorted(units))
    return {what: of_units(numbers.get(what, {}), units) for what in ("late", "due", "open", "arrived", "closed")}
