"""The stage a scenario is played on: an organisation in memory, cases in memory, a clock that only the timeline moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from redress.policy.engine.case import Case
from redress.policy.engine.commands import Command, Join, OpenStanding, Tick
from redress.policy.engine.decide import Accepted, Ruling, decide
from redress.policy.engine.events import Event, Linked
from redress.policy.engine.patterns import keys_of
from redress.policy.engine.world import CLOCK, Actor, Seat
from redress.policy.pack import Pack

from .language import Given
from .organisation import OrganisationFile, PersonRow


class Stage:
    """Cases by label, their logs, and the world they live in. Implements the engine's ``World``."""

    def __init__(
        self,
        pack: Pack,
        organisation: OrganisationFile,
        given: Given,
        start: datetime,
        standing: Sequence[str],
    ) -> None:
        self.pack, self.given, self.now = pack, given, start
        self.units = {row.unit: row for row in organisation.units}
        self.people = [_with(row, given) for row in organisation.people]
        self.cases: dict[str, Case] = {}
        self.logs: dict[str, list[Event]] = defaultdict(list)
        self.series: dict[str, int] = defaultdict(int)
        self.upcoming = {
            (rule, unit): pack.recurrence(pack.standing[rule]).next_after(start, pack.calendar(pack.standing[rule].calendar))
            for rule in standing if rule in pack.standing
            for unit in self._standing_units(rule)
        }  # fmt: skip

    # --- World ---------------------------------------------------------------------------------------------------

    def lineage(self, unit: str) -> Sequence[str]:
        line: list[str] = []
        while unit in self.units and unit not in line:
            line.append(unit)
            unit = self.units[unit].under
        return line

    def unit_kind(self, unit: str) -> str:
        return self.units[unit].kind if unit in self.units else ""

    def roles_of(self, person: str, at: datetime) -> Sequence[str]:
        return [role for row in self.people if row.person == person for role, _ in row.seats]

    def serial(self, series: str) -> int:
        self.series[series] += 1
        return self.series[series] + self.given.serials.get(series.split(":")[0], 0)

    def alike(self, pattern: str, key: str, since: datetime) -> Sequence[str]:
        return [
            label for label, case in self.cases.items()
            if case.registered_at and since <= case.registered_at and keys_of(self.pack, case).get(pattern) == key
        ]  # fmt: skip

    def different(self, cases: Sequence[str], pattern: str, key: str) -> int:
        return len({keys_of(self.pack, self.cases[label]).get(pattern, label) for label in cases} - {key})

    # --- playing -------------------------------------------------------------------------------------------------

    def committed(self, pattern: str, key: str, since: datetime, authority: str, but: str) -> Decimal:
        alike = [label for label in self.alike(pattern, key, since) if label != but]
        return sum((Decimal(self.cases[label].committed.get(authority, "0")) for label in alike), Decimal(0))

    def do(self, label: str, command: Command, actor: Actor) -> Ruling:
        """Carries out a command now; what it gives is kept."""
        ruling = decide(self.pack, self.cases.get(label, Case(id=label)), command, actor, self.now, self)
        self._keep(label, ruling)
        return ruling

    def pass_time(self, until: datetime) -> None:
        """Moves the clock on: everything that comes due on the way happens at its own time, in order."""
        while True:
            tick = self._next_tick()
            moment, what = min([*tick, *self._next_standing()], default=(None, None), key=lambda item: item[0])
            if moment is None or what is None or moment > until:
                break
            self.now = moment
            if what[0] == "tick":
                self._keep(what[1], decide(self.pack, self.cases[what[1]], Tick(what[2]), CLOCK, moment, self))
            else:
                self._come_round(what[1], what[2], moment)
        self.now = max(self.now, until)

    def _next_tick(self) -> list[tuple[datetime, tuple[str, str, str]]]:
        found = []
        for label, case in self.cases.items():
            duty = case.next_tick()
            if duty is not None and duty.next is not None:
                found.append((duty.next, ("tick", label, duty.key)))
        return found

    def _next_standing(self) -> list[tuple[datetime, tuple[str, str, str]]]:
        return [(moment, ("standing", rule, unit)) for (rule, unit), moment in self.upcoming.items()]

    def _come_round(self, rule: str, unit: str, moment: datetime) -> None:
        standing = self.pack.standing[rule]
        calendar = self.pack.calendar(standing.calendar)
        start, end, label = self.pack.recurrence(standing).period_of(moment, calendar)
        name = rule if len(self._standing_units(rule)) == 1 else f"{rule}@{unit}"
        self.cases.pop(name, None)
        self.logs.pop(name, None)
        command = OpenStanding(unit=unit, standing=rule, label=label, start=start.isoformat(), end=end.isoformat())
        self._keep(name, decide(self.pack, Case(id=name), command, CLOCK, moment, self))
        self.upcoming[rule, unit] = self.pack.recurrence(standing).next_after(moment, calendar)

    def _keep(self, label: str, ruling: Ruling) -> None:
        if isinstance(ruling, Accepted):
            self.cases[label] = ruling.case
            self.logs[label] += ruling.events
            self._join(label, ruling.events)

    def _join(self, label: str, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, Linked) and self.pack.patterns[event.pattern].joins:
                for other in event.cases:
                    command = Join(event.pattern, (label, *event.cases))
                    self._keep(other, decide(self.pack, self.cases[other], command, CLOCK, self.now, self))

    def _standing_units(self, rule: str) -> list[str]:
        kinds = self.pack.standing[rule].unit_kinds if rule in self.pack.standing else ()
        if kinds:
            return [row.unit for row in self.units.values() if row.kind in kinds]
        return [next(iter(self.units))]

    # --- who -----------------------------------------------------------------------------------------------------

    def actor(self, who: str, label: str = "A") -> Actor:
        """A person by id, by role (``dept-manager``, ``dept-manager@sales``), or by their part in the case (``first-contact``).

        Raises ``KeyError`` where nobody fits.
        """
        role, _, unit = who.partition("@")
        by_id = next((row for row in self.people if row.person == who), None)
        slot = self.cases.get(label, Case()).people.get(role, "")
        by_slot = next((row for row in self.people if row.person == slot), None) if slot else None
        seated = next((row for row in self.people if any(r == role and unit in ("", u) for r, u in row.seats)), None)
        anyone = role in self.pack.roles and self.pack.roles[role].found == "everyone"
        plain = next((row for row in self.people if not row.seats), self.people[0]) if anyone else None
        row = by_id or by_slot or seated or plain
        if row is None:
            raise KeyError(who)
        return Actor(row.person, frozenset(Seat(role, unit) for role, unit in row.seats))

    def unfilled(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """(post, unit, clauses) of every post without enough people."""
        return unfilled(
            self.pack,
            {u.unit: u.kind for u in self.units.values()},
            [seat for row in self.people for seat in row.seats],
        )


def unfilled(
    pack: Pack, kinds: dict[str, str], seats: Sequence[tuple[str, str]]
) -> list[tuple[str, str, tuple[str, ...]]]:
    """(post, unit, clauses) of every post with fewer seats than the pack wants. ``kinds`` maps a unit to its kind."""
    return [
        (post.id, unit, post.own_clauses())
        for post in pack.posts
        for unit, kind in kinds.items()
        if kind in post.unit_kinds and sum(1 for seat in seats if seat == (post.role, unit)) < post.at_least
    ]


def _with(row: PersonRow, given: Given) -> PersonRow:
    extra = tuple(tuple(item.split("@", 1)) for item in given.seats.get(row.person, ()))
    kept = tuple(seat for seat in row.seats if seat[0] not in given.vacant and "@".join(seat) not in given.vacant)
    return row.model_copy(update={"seats": (*kept, *extra)})
