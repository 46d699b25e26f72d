"""The five policies that differ most, each by the story that is its own, in the browser."""

from pathlib import Path

import pytest
from tests.journeys.played import Played

from redress.policy.scenarios.suite import Suite

pytestmark = pytest.mark.journey
PACKS = Path(__file__).resolve().parents[2] / "packs"
STORIES = {
    "mall": "a slip on a wet floor, from the advance to the settlement",
    "restaurant": "a foreign object is collected, put in a clean container, frozen and handed over on record",
    "freight": "invalid because the complainant caused the dispute",
    "brand-retail": "fifteen days, five, seven and two inside, and whose time it was",
    "power-grid": "no-way-to-close-while-one-thing-is-missing",
}


@pytest.mark.parametrize("pack", STORIES)
def test_the_story_that_is_this_policys_own(walk, pack):
    suite = Suite.of(PACKS / pack)
    story = next(scenario for scenario in suite.scenarios if scenario.scenario == STORIES[pack])
    played = Played(walk, suite, story)
    played.to_the_end()
    page = next(iter(walk.contexts.values())).pages[0]
    walk.picture(page, f"story-{pack}")
    assert [trouble for trouble in walk.troubles if "403" not in trouble] == []
