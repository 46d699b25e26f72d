"""A drill taken on a phone: registered, called in time, ended, reviewed clause by clause."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


def test_a_drill_is_taken_to_its_review_on_a_phone(walk, settings):
    settings.PACKS_DIR = PACKS
    found_teahouse()
    walk.at(MONDAY)
    page = walk.person("teahouse.lin", phone=True)
    walk.go(page, "/drills")
    walk.picture(page, "drills")
    page.get_by_role("button", name="开始演练 茶里有一根头发").click()
    form = page.locator("form.registers")
    expect(form.locator('[name="f-customer"]')).to_have_value("何女士")
    walk.picture(page, "drill-register")
    form.locator('label:has([name="f-level"][value="major"])').click()
    form.get_by_role("button", name="登记").click()
    left = page.locator("#drill-live .count-down .left").first
    before = left.inner_text()
    expect(left).not_to_have_text(before)  # the drill's clock runs in the browser
    walk.picture(page, "drill")
    page.locator("#drill-live .duty").get_by_role("link", name="联系客户", exact=True).click()
    slot = page.locator("#drill-form form")
    slot.locator('label:has([name="f-reached"][value="yes"])').click()
    slot.locator('[name="f-said"]').fill("已当面道歉，马上核实")
    slot.locator(".button.main:visible").click()
    expect(page.locator("#flashes")).to_contain_text("已完成：联系客户")
    walk.at(MONDAY + timedelta(minutes=1))
    page.get_by_role("button", name="结束并复盘").click()
    expect(page.locator(".verdict .grade")).to_have_text("稳妥")
    expect(page.locator(".reviewed")).to_contain_text("重大投诉10分钟内联系客户")
    walk.picture(page, "drill-review")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    serious = [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert serious == [] and walk.troubles == []
