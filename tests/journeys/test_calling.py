"""The specialist calls from a phone: three taps from the queue to the recorded outcome; a call that reached nobody stays."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


def compensated(content: str, minute: int) -> None:
    from redress.cases import case_file
    from redress.policy.engine.commands import Decide, Perform, Register

    at = MONDAY + timedelta(minutes=minute)
    data = {"customer": "李四", "phone": "13812345678", "content": content, "level": "normal"}
    case = case_file.register("teahouse", Register("east", data), "lin", at).case_id
    case_file.act(case, Perform("compensate", {"amount": "800", "causes": ["tea"]}), "lin", at)
    case_file.act(case, Decide("compensation#1", True), "gao", at)


def test_three_taps_record_how_a_call_ended(walk, settings):
    settings.PACKS_DIR = PACKS
    found_teahouse()
    compensated("茶里有异物，客人要求当面说明", 0)
    compensated("等位一个小时没有人招呼", 2)
    walk.at(MONDAY + timedelta(minutes=10))
    page = walk.person("teahouse.chen", phone=True)
    walk.go(page, "/callbacks")
    walk.picture(page, "callbacks-queue-phone")

    page.locator("[data-call]").first.click()
    expect(page.locator(".customer-words")).to_contain_text("茶里有异物")
    walk.picture(page, "callbacks-call-phone")
    page.locator(".ended .chip", has_text="不满意").click()
    page.locator("form[data-outcome] .button.main").click()
    walk.done(page)
    expect(page.locator("[data-call]")).to_have_count(1)

    # The next one does not answer: that is three taps as well, and the call stays in the queue.
    page.locator("[data-call]").first.click()
    page.locator("[data-unreached][aria-controls]").click()
    page.locator("#unreached .button.main").click()
    walk.done(page, "没有联系上")
    expect(page.locator("[data-call]")).to_contain_text("试过 1 次")
    assert walk.troubles == []
