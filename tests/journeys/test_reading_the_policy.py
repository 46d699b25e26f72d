"""A long policy is read in the browser: parts off the screen are not laid out, and yet can be pointed to and found."""

import pytest
from tests.tour.visits import FULL, HEAD, NOW

from redress.people.packs import with_settings

pytestmark = pytest.mark.journey


def test_a_clause_far_down_is_pointed_to_and_found(walk):
    walk.found(FULL, NOW)
    walk.at(NOW)
    page, clauses = walk.person(HEAD), with_settings(FULL, {}).source.clauses
    far = clauses[len(clauses) * 3 // 4]
    walk.go(page, f"/policy#{far.id}")
    page.wait_for_function("scrollY > 0")
    place = page.locator(":target").bounding_box()
    assert place is not None and 0 <= place["y"] < 200
    page.evaluate("scrollTo(0, 0)")
    words = page.locator(f'[id="{clauses[-1].id}"] .said').text_content()
    assert page.evaluate("words => window.find(words)", words[:12])
    page.wait_for_function("scrollY > 2000")
