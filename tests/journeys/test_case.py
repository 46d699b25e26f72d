"""In the shop, on a phone: a photo goes onto the case, the cup into the fridge, and what the keeper did meanwhile is told."""

import io
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect
from tests.tour.stories import told
from tests.tour.visits import NOW
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


def test_evidence_from_the_phone_and_news_from_the_keeper(walk, settings):
    from redress.cases import case_file
    from redress.policy.engine.commands import Perform, Register

    settings.PACKS_DIR = PACKS
    found_teahouse()
    data = {"customer": "李四", "phone": "13812345678", "content": "茶里有异物，客人很生气", "level": "major"}
    case = str(case_file.register("teahouse", Register("east", data), "lin", MONDAY).case_id)
    walk.at(MONDAY + timedelta(minutes=2))
    page = walk.person("teahouse.lin", phone=True)
    walk.go(page, f"/cases/{case}")

    page.locator("#evidence summary", has_text="添加证据").click()
    kept = io.BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(kept, "JPEG")
    picked = {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}
    page.locator('#evidence input[type="file"]').last.set_input_files([picked])
    expect(page.locator("#evidence .held")).to_contain_text("image.jpg")
    page.locator('#evidence input[type="file"]').last.set_input_files(
        [{"name": "virus.jpg", "mimeType": "image/jpeg", "buffer": b"MZ\0\0"}]
    )
    expect(page.locator("#evidence .wrong")).to_contain_text("不收这种文件")
    expect(page.locator("#evidence .held")).to_contain_text("image.jpg")
    page.fill("#ev-note", "茶杯里的异物")
    page.get_by_role("button", name="收入本案").click()
    walk.done(page, "已收入证据")
    picture = page.locator("#evidence .files img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 320)

    page.locator("#evidence summary", has_text="交接物证").click()
    page.fill("#ev-item", "茶杯")
    page.fill("#ev-to", "陈诚")
    page.get_by_role("button", name="记录交接").click()
    walk.done(page, "已记录交接")
    expect(page.locator("#evidence .hands")).to_contain_text("林悦 → 陈诚")

    page.locator("#story .picks a", has_text="证据").click()
    expect(page.locator("#story .line > li")).to_have_count(2)

    walk.opens(page, "contact")
    page.locator(".slot form textarea").first.fill("我正在写")
    note = Perform("note", {"note": "客人已到店，在二号桌"})
    case_file.act(case, note, "chen", MONDAY + timedelta(minutes=2))
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("#changed")).to_contain_text("陈诚")
    expect(page.locator(".slot form textarea").first).to_have_value("我正在写")
    assert Axe().run(page).response["violations"] == []
    assert walk.troubles == []


def test_an_act_among_many_is_found_by_typing_and_opens_in_place(walk):
    walk.found("restaurant", NOW - timedelta(days=1))
    case = told("restaurant", "twelve guests, three portions, and the manager charges one", NOW)[0]
    walk.at(NOW)
    page = walk.person("restaurant.tan")
    walk.go(page, f"/cases/{case}")
    acts = page.locator("#can [data-act] a.button:visible")
    expect(page.locator("#can .more-acts")).not_to_have_attribute("open", "")
    before = acts.count()
    keys = page.keyboard

    page.locator("body").press("f")
    expect(page.locator("#find-act")).to_be_focused()
    keys.type("决定")
    expect(page.locator(".found-acts")).to_contain_text("找到")
    expect(acts).to_have_count(1)
    keys.press("ArrowDown")
    expect(acts.first).to_be_focused()
    keys.press("ArrowUp")
    expect(page.locator("#find-act")).to_be_focused()
    keys.press("Enter")
    form = page.locator("#can .slot form")
    expect(form).to_have_count(1)
    expect(form.locator("input:not([type=hidden]), select, textarea").first).to_be_focused()
    keys.type("f")  # a letter in a field is a letter
    expect(form).to_have_count(1)
    keys.press("Escape")
    expect(form).to_have_count(0)
    expect(acts.first).to_be_focused()
    keys.press("Escape")
    expect(page.locator("#find-act")).to_have_value("")
    expect(acts).to_have_count(before)

    keys.type("了结")  # what is forbidden is found too, with its clause, and opens nothing
    expect(page.locator("#can details.refused[open]")).to_contain_text("五步还没有走完")
    expect(acts).to_have_count(0)
    assert Axe().run(page).response["violations"] == []
    assert walk.troubles == []


def test_without_a_script_all_acts_stand_in_the_page(walk):
    walk.found("restaurant", NOW - timedelta(days=1))
    case = told("restaurant", "twelve guests, three portions, and the manager charges one", NOW)[0]
    walk.at(NOW)
    walk.person("restaurant.tan")
    plain = walk.browser.new_context(
        java_script_enabled=False, storage_state=walk.contexts["restaurant.tan"].storage_state()
    )
    page = plain.new_page()
    page.goto(f"{walk.address}/cases/{case}")
    expect(page.locator("#find-act")).to_be_hidden()
    page.locator(".more-acts > summary").click()
    page.locator('#can a[href*="/acts/decide-remedy"]').click()
    expect(page.locator("form textarea, form input[type=text]").first).to_be_visible()
    plain.close()
