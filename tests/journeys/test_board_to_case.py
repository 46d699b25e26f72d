"""A head opens the board, follows the late number to the queue, and a case from there, by keyboard; then the policy behind it."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


@pytest.fixture
def morning(walk, settings):
    from redress.cases import case_file
    from redress.policy.engine.commands import Register

    settings.PACKS_DIR = PACKS
    found_teahouse()
    for number, (level, text) in enumerate(
        [("major", "茶里有异物"), ("normal", "结账多收了钱"), ("major", "等位一个小时")]
    ):
        data = {"customer": "李四", "phone": f"1381234567{number}", "content": text, "level": level}
        case_file.register("teahouse", Register("east", data), "lin", MONDAY + timedelta(minutes=number))
    walk.at(MONDAY + timedelta(minutes=40))


def test_from_the_late_number_to_the_case(walk, morning):
    head = walk.person("teahouse.gao")
    walk.go(head, "/board")
    late = head.locator('[data-figure="late"]')
    expect(late.locator(".figure")).to_have_text("2")
    walk.picture(head, "board-1-head")
    _nothing_serious(head)
    late.click()
    expect(head.locator("h1")).to_have_text("案件")
    expect(head.locator(".quick .on")).to_contain_text("有逾期 2")
    expect(head.locator(".case-list li")).to_have_count(2)
    _nothing_serious(head)
    head.keyboard.press("j")
    head.keyboard.press("j")
    expect(head.locator(".case-list .title").nth(1)).to_be_focused()
    walk.picture(head, "board-2-queue")
    head.keyboard.press("k")
    head.keyboard.press("Enter")
    expect(head.locator("h1")).to_contain_text("等位一个小时")
    assert walk.troubles == []


def test_finding_a_clause_in_the_policy(walk, morning):
    clerk = walk.person("teahouse.lin", phone=True)
    walk.go(clerk, "/policy")
    clerk.fill("#in-policy", "饭点")
    expect(clerk.locator(".article:visible")).to_have_count(1)
    expect(clerk.locator("#found")).to_have_text("1 条")
    clerk.fill("#in-policy", "")
    clerk.locator('.statuses a[data-shows="shown"]').click()
    for article in clerk.locator(".article:visible").all():
        expect(article).to_have_attribute("data-status", "shown")
    clerk.locator('.statuses a[data-shows=""]').click()
    clerk.locator("#teahouse-2 .ref a").click()
    expect(clerk.locator("#bitten")).to_be_visible()
    for name in ("deadlines", "ladders", "authority", "calendar", "roles/front-desk", "versions"):
        walk.go(clerk, f"/policy/{name}")
        assert not clerk.evaluate("document.documentElement.scrollWidth > innerWidth"), name
        _nothing_serious(clerk)
    assert walk.troubles == []


def _nothing_serious(page) -> None:
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not found, [(v["id"], v["nodes"][0]["html"][:160]) for v in found]
