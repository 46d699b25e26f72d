"""What a unit's board says: figures and lists for the unit chosen and those below it, each with the list it opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from redress.cases import tallies
from redress.cases.queries import Filters, QueueRow, queue, reach_of
from redress.cases.queries.tallied import Figures, Fired, figures, fired, of_units
from redress.cases.tallies import BEFORE, LATELY, RECENT, Round

from .access import Member
from .plain_words import names

LISTED = 8
"""Rows of a list on the board; the whole list is a page of its own."""
HOT = 8
"""Columns of the hot spots: the commonest values."""
HOURS = 24


@dataclass(frozen=True)
class Figure:
    """A number with the list it opens; ``usual`` is what it is at this time of the same weekday, as a rule."""

    number: int
    link: str
    usual: float | None = None


@dataclass(frozen=True)
class UnitRow:
    """A unit below the one chosen, with all below it; or the chosen one by itself."""

    unit: str
    board: str
    figures: dict[str, Figure]


@dataclass(frozen=True)
class Load:
    """What somebody holds."""

    person: str
    open: Figure
    late: Figure
    share: int


@dataclass(frozen=True)
class Spot:
    """How many cases of a kind a unit had in the last thirty days, how many in the thirty before; ``heat`` from 0 to 4."""

    figure: Figure
    before: int
    heat: int


@dataclass(frozen=True)
class Hour:
    """One of the next hours, and how many cases have their next deadline in it. ``height`` is of the highest, in percent."""

    number: int
    hour: int
    height: float
    left: float


@dataclass
class Board:
    """The board of ``unit``."""

    unit: str
    round: Round
    above: list[tuple[str, str]] = field(default_factory=list)
    top: dict[str, Figure] = field(default_factory=dict)
    units: list[UnitRow] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)
    loads_left: int = 0
    late: list[QueueRow] = field(default_factory=list)
    due: list[QueueRow] = field(default_factory=list)
    hours: list[Hour] = field(default_factory=list)
    facet: str = ""
    facets: list[tuple[str, str, str]] = field(default_factory=list)
    hot_names: list[str] = field(default_factory=list)
    hot: list[tuple[str, list[Spot]]] = field(default_factory=list)
    alike: list[tuple[str, str, int]] = field(default_factory=list)
    fired: list[Fired] = field(default_factory=list)


def board_of(member: Member, unit: str, facet: str) -> Board | None:
    """The board; None for a unit beyond the member's reach. ``unit`` "": the highest one they see."""
    units = reach_of(member.pack, member.directory, member.actor).units
    unit = unit or _first(member, units)
    if unit not in units:
        return None
    below = [slug for slug in member.directory.below(unit) if slug in set(units)]
    board = Board(unit, tallies.standing(member.organisation, member.now, member.zone))
    numbers = figures(member.desk, below)
    at = _Places(unit)
    board.above = [(slug, _board(slug)) for slug in reversed(member.directory.lineage(unit)[1:]) if slug in units]
    board.top = _figures(numbers, below, at, board.round.weeks)
    board.units = _units(member, numbers, unit, below)
    board.loads, board.loads_left = _loads(numbers, at)
    board.hours = _hours(numbers, member)
    now = member.now
    late = Filters(unit=unit, late=True, order="due", last=now)
    due = Filters(unit=unit, order="due", first=now, last=now + timedelta(days=1))
    board.late = queue(member.desk, late, limit=LISTED).rows if board.top["late"].number else []
    board.due = queue(member.desk, due, limit=LISTED).rows if board.top["due"].number else []
    _hot_spots(board, member, numbers, below, facet)
    lately = fired(member.desk, below, now - RECENT)
    board.fired = lately[:LISTED]
    counted: dict[str, int] = defaultdict(int)
    for one in lately:
        counted[one.pattern] += 1
    board.alike = [
        (pattern, _pattern_name(member, pattern), number)
        for pattern, number in sorted(counted.items(), key=lambda item: -item[1])
    ]
    return board


@dataclass(frozen=True)
class _Places:
    """The addresses of the lists behind a unit's figures."""

    unit: str
    alone: bool = False

    def cases(self, **asked: str) -> str:
        alone = {"alone": "1"} if self.alone else {}
        return f"{reverse('queue')}?{urlencode({'unit': self.unit, **alone, **asked})}"


def _board(unit: str) -> str:
    return f"{reverse('board')}?{urlencode({'unit': unit})}"


def _first(member: Member, units: Iterable[str]) -> str:
    """The highest unit within reach; of several, the one nearest to where the member sits."""
    found = sorted(units, key=lambda slug: (len(member.directory.lineage(slug)), slug != member.home, slug))
    return found[0] if found else ""


LISTS = {
    "late": {"late": "1"},
    "due": {"due": "24h"},
    "open": {"open": "1"},
    "arrived": {"arrived": "today"},
    "closed": {"closed": "today"},
    "rounds-late": {"kind": "standing", "late": "1"},
    "rounds": {"kind": "standing", "open": "1"},
}
"""What opens which list."""


def _figures(numbers: Figures, units: Iterable[str], at: _Places, weeks: int = 0) -> dict[str, Figure]:
    wanted = set(units)
    found = {}
    for what, asked in LISTS.items():
        usual = of_units(numbers.get(f"usual-{what}", {}), wanted) / weeks if weeks else None
        shown = usual if what in ("arrived", "closed") else None
        found[what.replace("-", "_")] = Figure(of_units(numbers.get(what, {}), wanted), at.cases(**asked), shown)
    found["late_duties"] = Figure(of_units(numbers.get("late-duties", {}), wanted), at.cases(late="1"))
    return found


def _units(member: Member, numbers: Figures, unit: str, below: list[str]) -> list[UnitRow]:
    children = [slug for slug in below if member.directory.units[slug].under == unit]
    if not children:
        return []
    rows = [
        UnitRow(slug, _board(slug), _figures(numbers, member.directory.below(slug), _Places(slug))) for slug in children
    ]
    rows.sort(key=lambda row: (-row.figures["late"].number, -row.figures["open"].number))
    alone = UnitRow(unit, "", _figures(numbers, [unit], _Places(unit, alone=True)))
    return [*rows, alone] if any(figure.number for figure in alone.figures.values()) else rows


def _loads(numbers: Figures, at: _Places) -> tuple[list[Load], int]:
    held: dict[str, int] = defaultdict(int)
    late: dict[str, int] = defaultdict(int)
    for what, found in (("owner", held), ("owner-late", late)):
        for (_unit, owner), number in numbers.get(what, {}).items():
            found[owner] += number
    order = sorted(held, key=lambda owner: (-held[owner], -late[owner], owner))
    most = max(held.values(), default=1) or 1
    loads = [
        Load(
            owner,
            Figure(held[owner], at.cases(open="1", owner=owner)),
            Figure(late[owner], at.cases(late="1", open="1", owner=owner)),
            round(100 * held[owner] / most),
        )
        for owner in order
        if owner and held[owner] > 0
    ]
    return loads[:12], max(len(loads) - 12, 0)


def _hours(numbers: Figures, member: Member) -> list[Hour]:
    by_hour: dict[int, int] = defaultdict(int)
    for (_unit, hour), number in numbers.get("due-hour", {}).items():
        by_hour[int(hour)] += number
    most = max(by_hour.values(), default=0) or 1
    first = member.now.astimezone(member.zone).hour
    return [
        Hour(by_hour[n], (first + n) % 24, round(100 * by_hour[n] / most, 1), round(100 * n / HOURS, 3))
        for n in range(HOURS)
    ]


def _hot_spots(board: Board, member: Member, numbers: Figures, below: list[str], facet: str) -> None:
    there = [name for name in tallies.FACETS if name in member.pack.fields and numbers.get(LATELY + name)]
    board.facet = facet if facet in there else there[0] if there else ""
    board.facets = [(name, names.field(member.pack, name), f"{_board(board.unit)}&by={name}#hot") for name in there]
    if not board.facet:
        return
    lately, before = numbers[LATELY + board.facet], numbers.get(BEFORE + board.facet, {})
    totals: dict[str, int] = defaultdict(int)
    for (_unit, of), number in lately.items():
        totals[of] += number
    values = sorted(totals, key=lambda of: (-totals[of], of))[:HOT]
    board.hot_names = [names.option(member.pack, board.facet, value) for value in values]
    children = [slug for slug in below if member.directory.units[slug].under == board.unit]
    rows = [(slug, list(member.directory.below(slug)), _Places(slug)) for slug in children]
    rows.append((board.unit, [board.unit] if children else below, _Places(board.unit, alone=bool(children))))
    most = max((_both(lately, units, value) for _slug, units, _at in rows for value in values), default=1) or 1
    for slug, units, at in rows:
        spots = []
        for value in values:
            number = _both(lately, units, value)
            link = at.cases(arrived="30d", **{board.facet: value})
            spots.append(Spot(Figure(number, link), _both(before, units, value), -(-4 * number // most)))
        if any(spot.figure.number for spot in spots) or len(rows) == 1:
            board.hot.append((slug, spots))


def _both(numbers: dict[tuple[str, str], int], units: Iterable[str], of: str) -> int:
    return sum(numbers.get((unit, of), 0) for unit in units)


def _pattern_name(member: Member, pattern: str) -> str:
    rule = member.pack.patterns.get(pattern)
    return names.said(rule.text) if rule else _("同类案件")
