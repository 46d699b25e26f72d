"""One import from file to figures: rows in the order they were registered, told as it goes, resumable at any point."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from redress.people import packs
from redress.people.directory import directory_of
from redress.policy.language.base import Text

from .carrying import Carried, carry_out, known_keys, settle, source_key
from .plans import Plan, Planner
from .reading import MappingFile, check_mapping, until_of
from .tables import open_table
from .tally import Line, duties_of, tally
from .wrong import WrongRow

SETTLE_EVERY = 5.0
"""Seconds after which what was done so far is made durable."""
TELL_EVERY = 0.5
"""Seconds between two words on how far it has come."""


@dataclass(frozen=True)
class Progress:
    """How far an import has come; ``per_second`` rows, ``left`` seconds as they look now."""

    done: int
    total: int
    per_second: float
    left: float


@dataclass
class Summary:
    """What an import came to. ``wrong``: rows refused, or registered with their replay stopped (``stopped_at``)."""

    rows: int = 0
    left_out: int = 0
    registered: int = 0
    here: int = 0
    refused: int = 0
    stopped: int = 0
    acts: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    wrong: list[Carried] = field(default_factory=list)
    clauses: list[Line] = field(default_factory=list)

    def add(self, carried: Carried) -> None:
        """Counts one row."""
        self.registered += carried.became == "registered"
        self.here += carried.became == "here"
        self.refused += carried.became == "refused"
        self.stopped += bool(carried.stopped_at)
        self.acts += carried.acts
        if carried.why is not None:
            self.wrong.append(carried)

    def reasons(self, stopped: bool, lang: str) -> list[tuple[str, str, int, int]]:
        """(act or "", reason, how many, the first line), the commonest first: of rows refused, or of replays stopped."""
        told = [row for row in self.wrong if bool(row.stopped_at) is stopped]
        counted = Counter((row.stopped_at, row.why.of(lang)) for row in told if row.why is not None)
        first = {(row.stopped_at, row.why.of(lang)): row.line for row in reversed(told) if row.why is not None}
        return [(act, why, count, first[act, why]) for (act, why), count in counted.most_common()]


def import_table(
    file: Path,
    written: MappingFile,
    organisation: str,
    now: datetime,
    *,
    keep: bool = True,
    tell: Callable[[Progress], None] = lambda progress: None,
    tell_wrong: Callable[[Carried], None] = lambda carried: None,
) -> Summary:
    """Brings a table's rows in. ``now`` rules which pack is asked whether the mapping fits, and how late open duties are.

    Raises ``PackErrors`` (the mapping does not fit), ``TableError``, ``NoSuchOrganisation``. Interrupted from the keyboard,
    it ends with the figures so far.
    """
    started = time.monotonic()
    directory = directory_of(organisation)
    pack = packs.pack_for(directory, now)
    mapping, summary = written.mapping, Summary()
    until = until_of(mapping, pack.zone())
    with open_table(file, encoding=mapping.encoding, sheet=mapping.sheet) as table:
        check_mapping(written, table.columns, pack, directory)
        try:
            plans = _plans(Planner(mapping, pack), table.rows, summary, tell_wrong)
            _carry_all(organisation, mapping.import_, plans, until, now, keep, summary, tell, tell_wrong)
        except KeyboardInterrupt:
            summary.interrupted = True
    if keep:
        settle()
        end = until or now
        summary.clauses = tally(duties_of(organisation, mapping.import_), end)
    summary.seconds = time.monotonic() - started
    return summary


def _plans(planner: Planner, rows, summary: Summary, tell_wrong: Callable[[Carried], None]) -> list[Plan]:  # type: ignore[no-untyped-def]
    plans: dict[str, Plan] = {}
    for row in rows:
        summary.rows += 1
        try:
            if row.wrong is None and not planner.wanted(row):
                summary.left_out += 1
                continue
            plan = planner.plan(row)
            if plan.key in plans:
                raise WrongRow(
                    f"“{plan.key}”与第 {plans[plan.key].line} 行重复",
                    f"'{plan.key}' is on line {plans[plan.key].line}, too",
                )
            plans[plan.key] = plan
        except WrongRow as wrong:
            carried = Carried(row.line, "refused", Text(zh=wrong.zh, en=wrong.en))
            summary.add(carried)
            tell_wrong(carried)
    # Rules that look at earlier complaints ("the second from this customer") need them in the order in which they came.
    return sorted(plans.values(), key=lambda plan: (plan.registered, plan.line))


def _carry_all(
    organisation: str,
    source: str,
    plans: list[Plan],
    until: datetime | None,
    now: datetime,
    keep: bool,
    summary: Summary,
    tell: Callable[[Progress], None],
    tell_wrong: Callable[[Carried], None],
) -> None:
    here = known_keys(organisation, [source_key(source, plan.key) for plan in plans])
    waiting = [plan for plan in plans if source_key(source, plan.key) not in here]
    summary.here += len(plans) - len(waiting)
    started = told = settled = time.monotonic()
    for number, plan in enumerate(waiting, 1):
        carried = carry_out(organisation, source, plan, until, now, keep=keep)
        summary.add(carried)
        if carried.why is not None:
            tell_wrong(carried)
        moment, last = time.monotonic(), number == len(waiting)
        if keep and moment - settled >= SETTLE_EVERY:
            settle()
            settled = moment
        if last or moment - told >= TELL_EVERY:
            rate = number / max(moment - started, 1e-6)
            tell(Progress(number, len(waiting), rate, (len(waiting) - number) / rate))
            told = moment
