"""My work without a mouse, and while it is watched: what is done goes, what arrives appears, what is urgent is not missed."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Route, expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


@pytest.fixture
def teahouse(walk, settings) -> str:
    settings.PACKS_DIR = PACKS
    return found_teahouse()


def complain(content: str, level: str, minute: int = 0) -> str:
    from redress.cases import case_file
    from redress.policy.engine.commands import Register

    data = {"customer": "李四", "phone": "13812345678", "content": content, "level": level, "channel": "counter"}
    done = case_file.register("teahouse", Register("east", data), "wang", MONDAY + timedelta(minutes=minute))
    return str(done.case_id)


def test_three_duties_are_done_by_keyboard_alone(walk, teahouse):
    for text in ("茶里有异物", "等位一个小时", "多收了两壶茶钱"):
        complain(text, "normal")
    walk.at(MONDAY + timedelta(minutes=5))
    page = walk.person("teahouse.lin")
    expect(page.locator(".task")).to_have_count(3)
    expect(page.locator("[data-keys]")).to_be_visible()
    page.keyboard.press("j")
    for left in (2, 1, 0):
        expect(page.locator(".task:focus")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.locator(".slot form [name=f-reached]").first).to_be_focused()
        page.keyboard.press("2")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#flashes")).to_contain_text("已完成：联系客户")
        expect(page.locator(".task")).to_have_count(left)
    expect(page.locator("[data-empty]")).to_be_visible()
    assert walk.troubles == []


def test_what_arrives_appears_and_what_is_urgent_is_told_once(walk, teahouse):
    complain("等位一个小时", "normal")
    walk.at(MONDAY + timedelta(minutes=1))
    page = walk.person("teahouse.lin")
    page.clock.install()
    walk.go(page, "/")
    expect(page.locator("[data-count=work]").last).to_have_text("1")
    page.locator(".task .button").first.click()
    page.locator(".slot [name=f-said]").fill("已经打过一次")

    complain("茶里有异物", "major", 1)
    walk.at(MONDAY + timedelta(minutes=2))
    page.clock.run_for(13_000)
    expect(page.locator(".nearness.soon .task")).to_contain_text("茶里有异物")
    expect(page).to_have_title(re.compile(r"^\(1\) ⚠ 我的待办"))
    expect(page.locator("#urgent")).to_contain_text("联系客户")
    # What is being typed is left alone.
    expect(page.locator(".slot [name=f-said]")).to_have_value("已经打过一次")
    expect(page.locator(".slot [name=f-said]")).to_be_focused()
    page.locator("#urgent").get_by_role("link", name="去办").click()
    expect(page.locator(".nearness.soon .task")).to_be_focused()
    expect(page).to_have_title(re.compile("^我的待办"))
    walk.go(page, "/cases")
    page.clock.run_for(13_000)
    expect(page.locator("#urgent")).to_have_count(0)

    # Ten minutes on it is late, without anybody loading the page anew.
    walk.go(page, "/")
    expect(page.locator("[data-count=work]").last).to_have_text("2")
    page.clock.run_for(601_000)
    expect(page.locator(".nearness.late .task")).to_contain_text("茶里有异物")
    assert walk.troubles == []


def test_what_happens_between_the_page_and_its_first_pulse_is_not_missed(walk, teahouse):
    complain("等位一个小时", "normal")
    walk.at(MONDAY + timedelta(minutes=1))
    page, asked = walk.person("teahouse.lin"), []
    page.on("request", lambda request: asked.append(request.url) if "/duties" in request.url else None)

    with page.expect_response("**/pulse?*"):
        page.reload()
    expect(page.locator("[data-count=work]").last).to_have_text("1")
    assert asked == []  # what the page shows is all there is: nothing is asked for a second time

    held: list[Route] = []
    page.route("**/pulse?*", lambda route: held.append(route), times=1)
    with page.expect_request("**/pulse?*"):
        page.reload()
    expect(page.locator(".task")).to_have_count(1)
    complain("茶里有异物", "normal", 1)
    held.pop().continue_()
    expect(page.locator(".task").filter(has_text="茶里有异物")).to_be_visible()
    expect(page.locator(".task")).to_have_count(2)
    assert walk.troubles == []


def test_a_list_that_knows_of_the_deed_before_its_doer_takes_nothing_away(walk, teahouse):
    for text in ("茶里有异物", "等位一个小时"):
        complain(text, "normal")
    walk.at(MONDAY + timedelta(minutes=5))
    page = walk.person("teahouse.lin")
    expect(page.locator("[data-keys]")).to_be_visible()
    held = []

    def hold(route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        held.append((route, route.fetch()))

    page.route("**/acts/contact*", hold)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".slot form [name=f-reached]").first).to_be_focused()
    page.keyboard.press("2")
    with page.expect_response("**/duties"):
        with page.expect_request(lambda request: request.method == "POST"):
            page.keyboard.press("Control+Enter")
        for _ in range(500):
            if not held:
                page.wait_for_timeout(10)
        page.evaluate("document.dispatchEvent(new Event('pulse'))")
    expect(page.locator(".nearness .count:visible")).to_have_text("2")
    route, answer = held.pop()
    route.fulfill(response=answer)
    expect(page.locator(".task")).to_have_count(1)
    expect(page.locator(".task:focus")).to_have_count(1)
    expect(page.locator("#flashes")).to_contain_text("已完成：联系客户")


def test_what_somebody_else_has_done_hands_the_focus_on(walk, teahouse):
    from redress.cases import case_file
    from redress.policy.engine.commands import Perform

    one, _other = complain("茶里有异物", "normal"), complain("等位一个小时", "normal", 1)
    walk.at(MONDAY + timedelta(minutes=5))
    page = walk.person("teahouse.lin")
    expect(page.locator("[data-keys]")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".task:focus")).to_contain_text("茶里有异物")
    case_file.act(one, Perform("contact", {"reached": False}), "lin", MONDAY + timedelta(minutes=5))
    page.evaluate("document.dispatchEvent(new Event('pulse'))")
    expect(page.locator(".task")).to_have_count(1)
    expect(page.locator(".task:focus")).to_contain_text("等位一个小时")
