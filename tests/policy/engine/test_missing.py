"""A round that nobody did: once the next one has come somebody says why; it stays missed, and may be taken back by them."""

from datetime import timedelta

import pytest
from engine_stage import MONDAY_NINE, ORGANISATION, accepted, codes, pack_of

from redress.policy.engine.case import Case, fold
from redress.policy.engine.commands import Account, Command, OpenStanding, Perform, TakeBack, Tick
from redress.policy.engine.decide import decide
from redress.policy.engine.events import decode, encode
from redress.policy.engine.measures import _duties
from redress.policy.engine.world import CLOCK
from redress.policy.scenarios.language import Given
from redress.policy.scenarios.stage import Stage

RULES = """
- standing: walk
  clauses: [t-1]
  zh: 巡查
  en: walk the floor
  recurs: {every: day, at: "09:00"}
  unit kinds: shop
  who: manager
  within: 1 h
  if late:
    - fine: 20
- report: week
  zh: 周报
  en: weekly
  sections: [{zh: 写, field: level}]
- standing: write
  clauses: [t-1]
  zh: 写周报
  en: write the report
  recurs: {every: week, "on": mon, at: "09:00"}
  unit kinds: shop
  who: manager
  within: 1 h
  report: week
"""
DAY = timedelta(days=1)


class Missed:
    """One round, opened on Monday at nine and due at ten."""

    def __init__(self, standing: str = "walk") -> None:
        self.stage = Stage(pack_of(RULES), ORGANISATION, Given(), MONDAY_NINE, ())
        self.case, self.log = Case(id="W"), []
        self.give(OpenStanding("north", standing, "d", MONDAY_NINE.isoformat(), MONDAY_NINE.isoformat()), "", 0)

    def give(self, command: Command, who: str, minutes: float):
        at = MONDAY_NINE + timedelta(minutes=minutes)
        while (duty := self.case.next_tick()) is not None and duty.next <= at:
            self._take(decide(self.stage.pack, self.case, Tick(duty.key), CLOCK, duty.next, self.stage))
        actor = self.stage.actor(who) if who else CLOCK
        return self._take(decide(self.stage.pack, self.case, command, actor, at, self.stage))

    def _take(self, ruling):
        if hasattr(ruling, "case"):
            self.case, self.log = ruling.case, [*self.log, *ruling.events]
        return ruling


TOMORROW = 24 * 60 + 1


def test_it_stays_missed_with_who_said_why_and_what_followed_from_its_lateness() -> None:
    round_ = Missed()
    accepted(round_.give(Account("walk", " 停业装修 "), "bei", TOMORROW))
    duty = round_.case.duties["walk"]
    assert (duty.status, duty.missed_by, duty.missed_why) == ("missed", "bei", "停业装修")
    assert duty.late_at == MONDAY_NINE + timedelta(hours=1) and not duty.live and round_.case.stage == "closed"
    assert _duties(round_.case, "walk") == {"duties-late": 1, "duties-met": 0}
    assert [line.amount for line in round_.case.ledger.values()] == ["20.00"]
    assert fold("W", [decode(encode(event)) for event in round_.log]) == round_.case


@pytest.mark.parametrize(
    ("standing", "who", "minutes", "reason", "code"),
    [
        ("walk", "bei", 90, "忙", "not-missed"),
        ("walk", "nan", TOMORROW, "忙", "not-yours"),
        ("walk", "bei", TOMORROW, "  ", "reason"),
        ("write", "bei", 8 * 24 * 60, "忙", "still-owed"),
        ("elsewhere", "bei", TOMORROW, "忙", "no-such-duty"),
    ],
)
def test_what_can_still_be_done_is_not_explained_away(standing, who, minutes, reason, code) -> None:
    round_ = Missed("write" if standing == "write" else "walk")
    assert codes(round_.give(Account(standing, reason), who, minutes)) == [code]


def test_one_that_was_done_late_needs_no_account() -> None:
    round_ = Missed()
    accepted(round_.give(Perform("walk"), "bei", TOMORROW))
    assert codes(round_.give(Account("walk", "忙"), "bei", TOMORROW + 1)) == ["no-such-duty"]


def test_only_whoever_said_it_takes_it_back_and_then_it_is_owed_again() -> None:
    round_ = Missed()
    assert codes(round_.give(TakeBack("walk"), "bei", TOMORROW)) == ["not-yours"]
    accepted(round_.give(Account("walk", "忙"), "bei", TOMORROW + 1))
    assert codes(round_.give(TakeBack("walk"), "dai", TOMORROW + 2)) == ["not-yours"]
    accepted(round_.give(TakeBack("walk"), "bei", TOMORROW + 3))
    assert round_.case.duties["walk"].live and round_.case.is_open and round_.case.closed_at is None
    accepted(round_.give(Perform("walk"), "bei", TOMORROW + 9))
    assert round_.case.duties["walk"].status == "met" and round_.case.duties["walk"].late_by == TOMORROW + 9 - 60
