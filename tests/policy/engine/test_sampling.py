"""A duty that is owed on a sample of its occasions: the first of each month, then one in so many."""

from datetime import datetime

import pytest
from engine_stage import MONDAY_NINE, SHANGHAI, Play, accepted, pack_of

from redress.policy.engine.commands import Register

CHECK = """
- duty: check
  clauses: [t-1]
  after: register
  who: boss
  sample: {one in: $one-in}
- parameter: one-in
  value: 5
"""


def drawn(count: int, *starts: datetime) -> list[int]:
    """Which of ``count`` cases, registered on each of the days, are drawn (numbered from 1, through all days)."""
    play = Play(CHECK)
    for start in starts:
        play.stage.pass_time(start)
        for _ in range(count):
            label = str(len(play.stage.cases) + 1)
            accepted(play.stage.do(label, Register("north", {"shop": "north", "level": "high"}), play.actor("zhao")))
    return [int(label) for label, case in play.stage.cases.items() if "check" in case.duties]


def test_the_first_of_a_month_is_drawn_however_few_there_are() -> None:
    april = datetime(2026, 4, 1, 9, tzinfo=SHANGHAI)
    assert drawn(1, MONDAY_NINE, april) == [1, 2]


def test_of_those_that_follow_one_in_each_run_is_drawn() -> None:
    chosen = drawn(21, MONDAY_NINE)
    assert chosen[0] == 1
    assert [(number - 2) // 5 for number in chosen[1:]] == [0, 1, 2, 3]


def test_the_same_occasions_are_drawn_whenever_it_is_asked() -> None:
    assert drawn(21, MONDAY_NINE) == drawn(21, MONDAY_NINE)


def test_a_sample_of_none_is_refused() -> None:
    with pytest.raises(Exception, match="one in"):
        pack_of(CHECK.replace("$one-in", "0"))
