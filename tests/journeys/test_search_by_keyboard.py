"""Search by keyboard alone: a slash from any page, results while typing, arrows and Enter to open, Esc to go back."""

import pytest
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

from redress.cases import case_file
from redress.policy.engine.commands import Register

pytestmark = pytest.mark.journey


def test_a_complaint_is_found_and_opened_without_a_mouse(walk, settings):
    settings.PACKS_DIR = PACKS
    found_teahouse()
    said = {"customer": "王小明", "phone": "13812345678", "level": "major", "channel": "counter"}
    texts = ("红烧鱼里有鱼刺，卡了喉咙", "茶凉了，等了一个小时")
    for text in texts:
        case_file.register("teahouse", Register("east", {**said, "content": text}), "lin", MONDAY)
    walk.at(MONDAY)
    page = walk.person("teahouse.lin")
    page.keyboard.press("/")
    page.keyboard.type("茶凉")
    page.keyboard.press("Enter")
    box, hits = page.locator("#find"), page.locator("#found a.title")
    expect(hits.first).to_contain_text("茶凉了")
    page.wait_for_load_state()  # what is found is read before the page knows its keys
    page.keyboard.press("/")
    page.keyboard.type("鱼刺")
    expect(page.locator("#found mark").first).to_have_text("鱼刺")
    expect(page).to_have_url(f"{walk.address}/search?q=%E9%B1%BC%E5%88%BA")
    page.keyboard.press("ArrowDown")
    expect(hits.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(page.locator("#found")).to_contain_text("末四位")
    page.keyboard.type("5678")
    expect(hits).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    title = hits.first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*")
    expect(page.locator("h1")).to_contain_text(title[:6])
    assert walk.troubles == []
