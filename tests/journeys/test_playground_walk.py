"""The playground in a browser: the clock is wound until a fine appears, with the clause that demands it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


def test_the_clock_is_wound_until_a_fine_appears(walk, settings):
    settings.PACKS_DIR = PACKS
    found_teahouse()
    walk.at(MONDAY + timedelta(minutes=3))
    page = walk.person("teahouse.gao")
    walk.go(page, "/playground")
    walk.picture(page, "playground")
    page.get_by_role("button", name="没有按时联系客户").click()
    page.locator(".step.new").wait_for()
    walk.picture(page, "sandbox")
    course = page.locator(".course")
    expect(course).not_to_contain_text("罚款")
    for _moment in range(4):
        page.get_by_role("button", name="到下一个时刻").click()
        page.wait_for_load_state()
        if "罚款" in course.inner_text():
            break
    fine = course.locator("li.is-ledger").first
    expect(fine).to_contain_text("罚款 50 元")
    fine.locator(".clause").hover()
    expect(fine.locator(".tip")).to_be_visible()
    walk.picture(page, "sandbox-fine")
    page.get_by_role("button", name="退回一步").click()
    expect(course).not_to_contain_text("罚款 50 元")
    assert walk.troubles == []
