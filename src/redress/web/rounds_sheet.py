"""Rounds as their page shows them: one row for a round however often it was missed, and what was said about missed ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from redress.cases.queries.finds import Find, finds
from redress.policy.engine.missing import accountable, may_take_back
from redress.policy.errors import Refusal

from .access import Member
from .gathering import Item
from .plain_words import names

NEVER = datetime.max.replace(tzinfo=UTC)
"""After every due time: rounds without one come last."""


@dataclass(frozen=True)
class Account:
    """What somebody just said about missed rounds: ``picked`` of them with the state each was seen in, and why.

    ``refused``: the rounds of which it was not taken, with the words; ``wrong`` is about what was typed.
    """

    picked: Mapping[UUID, int] = field(default_factory=dict)
    reason: str = ""
    refused: Mapping[UUID, tuple[Refusal, ...]] = field(default_factory=dict)
    wrong: tuple[Refusal, ...] = ()
    done: int = 0


@dataclass(frozen=True)
class Round:
    """A round with the complaints that came of it. ``finds_things``: it looks for complaints, rather than reports on them.

    ``accountable``: the reader may say now why it was not done; ``picked``: they have chosen it, and ``refused`` says what
    became of that.
    """

    item: Item
    finds: tuple[Find, ...]
    finds_things: bool
    accountable: bool = False
    picked: bool = False
    refused: tuple[Refusal, ...] = ()

    @property
    def value(self) -> str:
        """The round as a form names it, with the state in which it was seen."""
        return f"{self.item.row.case_id}.{self.item.file.case.seq}"

    @property
    def late_for(self) -> int:
        """Minutes since it was due."""
        due = self.item.state.due
        return max(0, int((self.item.file.now - due).total_seconds() // 60)) if due else 0


@dataclass(frozen=True)
class Gathered:
    """A round that is to be done, and the times before on which the same one in the same unit was not done."""

    last: Round
    missed: tuple[Round, ...]

    @property
    def accountable(self) -> int:
        return sum(one.accountable for one in self.missed)

    @property
    def open(self) -> bool:
        """Whether the missed times are to lie open: some of them are chosen."""
        return any(one.picked or one.refused for one in self.missed)


@dataclass(frozen=True)
class Accounted:
    """Rounds that were accounted for in one go: by one person, at one time, with one reason."""

    rounds: tuple[Round, ...]
    mine: bool

    @property
    def item(self) -> Item:
        return self.rounds[0].item

    @property
    def by(self) -> str:
        return self.item.file.directory.person_text(self.item.state.missed_by).of(names.language())

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """(what was to be done, how often it was missed)."""
        counted: dict[str, int] = {}
        for one in self.rounds:
            counted[one.item.must] = counted.get(one.item.must, 0) + 1
        return list(counted.items())

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clause for one in self.rounds for clause in one.item.state.clauses))


def rounds_of(member: Member, items: list[Item], said: Account) -> list[Round]:
    """The items with what came of them (one query) and what may be said about them."""
    found = finds(member.desk, {case for item in items for case in item.file.case.finds})
    return [
        Round(
            item,
            tuple(found[case] for case in item.file.case.finds if case in found),
            _finds_things(item),
            _accountable(item),
            item.row.case_id in said.picked,
            tuple(said.refused.get(item.row.case_id, ())),
        )
        for item in items
    ]


def gathered(rounds: Iterable[Round]) -> list[Gathered]:
    """One row for a round however often it was left undone, those whose last time is due first. ``rounds``: earliest first."""
    alike: dict[tuple[str, str], list[Round]] = {}
    for one in rounds:
        alike.setdefault((one.item.file.case.subject, one.item.row.unit), []).append(one)
    found = [Gathered(times[-1], tuple(reversed(times[:-1]))) for times in alike.values()]
    return sorted(found, key=lambda one: one.last.item.state.due or NEVER)


def accounted(member: Member, rounds: Iterable[Round]) -> list[Accounted]:
    """Those that were missed and accounted for, by the deeds in which they were."""
    deeds: dict[tuple[datetime | None, str, str], list[Round]] = {}
    for one in rounds:
        state = one.item.state
        deeds.setdefault((state.ended_at, state.missed_by, state.missed_why), []).append(one)
    return [
        Accounted(tuple(alike), all(may_take_back(one.item.file.case, one.item.state, member.actor) for one in alike))
        for alike in deeds.values()
    ]


def parted(rounds: list[Round], now: datetime) -> tuple[list[Round], list[Round]]:
    """Those due by the end of the day (or without a due time), and the later ones."""
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    today = [one for one in rounds if one.item.state.due is None or one.item.state.due <= midnight]
    return today, [one for one in rounds if one not in today]


def _accountable(item: Item) -> bool:
    file = item.file
    return item.late and accountable(file.pack, file.case, item.state, file.actor, file.now, file.world).granted


def _finds_things(item: Item) -> bool:
    rule = item.pack.standing.get(item.file.case.subject)
    return rule is not None and not rule.report
