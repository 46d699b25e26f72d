"""The comment book was not read for days: several times are accounted for in one go at the keyboard, and by thumb taken back."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey
DAYS = 6


def test_missed_rounds_are_accounted_for_together_and_taken_back(walk, settings):
    from redress.clocks import standing

    settings.PACKS_DIR = PACKS
    standing._seen.clear()
    found_teahouse()
    walk.at(MONDAY)
    for day in range(DAYS):
        walk.at(MONDAY + timedelta(days=day, hours=8, minutes=30))
    page = walk.person("teahouse.lin")
    walk.go(page, "/rounds")
    expect(page.locator("#account")).to_be_hidden()
    page.locator("details.missed > summary").last.press("Enter")
    page.locator("[data-all]").press("Space")
    expect(page.locator(".chosen")).to_have_text("已选 5 次")
    page.locator("[name=round]").nth(1).press("Space")
    expect(page.locator(".chosen")).to_have_text("已选 4 次")
    page.locator("#account-reason").press("Control+Enter")
    expect(page.locator("#account-wrong")).to_have_text("请写明为什么没有办")
    expect(page.locator(".chosen")).to_have_text("已选 4 次")
    page.locator("#account-reason").press_sequentially("装修停业，店里没有人")
    page.locator("#account-reason").press("Control+Enter")
    walk.done(page, "已记下 4 次没有办")
    expect(page.locator("#flashes .flash").last).to_be_in_viewport()
    expect(page.locator("#h-missed")).to_be_visible()
    expect(page.locator("[name=round][form=account]")).to_have_count(1)
    expect(page.locator("#account")).to_be_hidden()

    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="撤回说明").click()
    walk.done(page, "已撤回 4 次的说明")
    expect(page.locator("[name=round][form=account]")).to_have_count(5)
    page.locator("details.missed > summary").last.click()
    page.locator("label.tick:has([name=round])").nth(2).click()
    expect(page.locator("#account .main").last).to_be_in_viewport()
    page.locator("#account-reason").press("Escape")
    expect(page.locator("#account")).to_be_hidden()
    assert walk.troubles == []
