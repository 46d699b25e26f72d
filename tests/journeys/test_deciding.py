"""The keeper decides at the keyboard: one request is approved, the next refused with a reason; no mouse."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


def ask_for(content: str, amount: str, minute: int) -> None:
    from redress.cases import case_file
    from redress.policy.engine.commands import Perform, Register

    at = MONDAY + timedelta(minutes=minute)
    data = {"customer": "李四", "phone": "13812345678", "content": content, "level": "normal", "loss": "128.50"}
    case = case_file.register("teahouse", Register("east", data), "lin", at).case_id
    asked = {"amount": amount, "causes": ["tea"]}
    case_file.act(case, Perform("compensate", asked), "lin", at + timedelta(minutes=1))


def test_requests_are_decided_by_keyboard(walk, settings):
    settings.PACKS_DIR = PACKS
    found_teahouse()
    ask_for("茶里有异物，客人要求当面说明并赔偿", "300", 0)
    ask_for("等位一个小时没有人招呼", "200", 2)
    walk.at(MONDAY + timedelta(minutes=10))
    page = walk.person("teahouse.chen")
    walk.go(page, "/approvals")
    sheet = page.locator(".decision")
    expect(sheet).to_contain_text("¥300")
    page.keyboard.press("j")
    expect(sheet).to_contain_text("¥200")
    page.keyboard.press("k")
    expect(sheet).to_contain_text("¥300")
    walk.picture(page, "approvals")

    page.keyboard.press("a")
    expect(page.locator("button[value=approve]")).to_be_focused()
    page.keyboard.press("Enter")
    walk.done(page, "已批准")
    expect(sheet).to_contain_text("¥200")

    page.keyboard.press("r")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".answer")).to_contain_text("不批准须写明理由")
    page.locator("[name=reason]").press_sequentially("等位不属于赔付范围")
    page.keyboard.press("Control+Enter")
    walk.done(page, "不批准")
    expect(page.locator("main")).to_contain_text("没有等您答复的申请")
    assert walk.troubles == []
