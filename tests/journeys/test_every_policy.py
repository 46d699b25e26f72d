"""In the browser, under every shipped policy: a complaint of its own scenarios is walked to its end."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.journeys.played import Played

from redress.policy.scenarios.language import Scenario
from redress.policy.scenarios.runner import play
from redress.policy.scenarios.stage import Stage
from redress.policy.scenarios.suite import Suite

pytestmark = pytest.mark.journey
PACKS = sorted(file.parent for file in (Path(__file__).resolve().parents[2] / "packs").glob("*/pack.yaml"))
LONGEST = 60
"""Steps that a walk takes at the most; longer scenarios are played in memory only."""
ENDS = ("closed", "archived", "declined")


def ends_closed(suite: Suite, scenario: Scenario) -> bool:
    """Whether its first complaint is closed at the end, with nothing a page cannot know (other settings, standing duties)."""
    plain = not (
        scenario.standing
        or scenario.given.settings
        or scenario.given.seats
        or scenario.given.vacant
        or scenario.given.serials
    )
    if not plain or not 5 <= sum(bool(step.does) for step in scenario.steps) <= LONGEST:
        return False
    return play(suite.pack, suite.organisation, scenario).passed and _last_stage(suite, scenario) in ENDS


def _last_stage(suite: Suite, scenario: Scenario) -> str:
    from redress.policy.scenarios import runner

    kept: list[Stage] = []
    made = runner.Stage
    try:
        runner.Stage = lambda *given: kept.append(made(*given)) or kept[-1]  # type: ignore[assignment, misc, func-returns-value]
        play(suite.pack, suite.organisation, scenario)
    finally:
        runner.Stage = made  # type: ignore[misc]
    return kept[0].cases["A"].stage if kept and "A" in kept[0].cases else ""


@pytest.mark.parametrize("folder", PACKS, ids=[folder.name for folder in PACKS])
def test_a_complaint_of_each_policy_is_walked_to_its_end(walk, folder):
    suite = Suite.of(folder)
    walkable = [scenario for scenario in suite.scenarios if ends_closed(suite, scenario)]
    assert walkable, "no scenario of this pack takes one complaint to its end"
    # One complaint rather than several side by side, and of those the fullest story.
    alone = [scenario for scenario in walkable if {step.case for step in scenario.steps} == {"A"}]
    longest = max(alone or walkable, key=lambda scenario: (len(scenario.steps), scenario.scenario))
    played = Played(walk, suite, longest)
    played.to_the_end()
    assert played.stage_of() in ENDS
    # A page that is withheld is told by the console as well.
    assert [trouble for trouble in walk.troubles if "403" not in trouble] == []
