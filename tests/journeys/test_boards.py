"""A charge is appealed and ruled on; what a round found becomes a complaint. Every page on the way without a serious barrier."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


@pytest.fixture
def teahouse(walk, settings):
    settings.PACKS_DIR = PACKS
    found_teahouse()
    walk.at(MONDAY)
    return walk


def barriers(page: Page) -> list[str]:
    """What axe finds that is serious or critical."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in ("serious", "critical")
    ]


def test_a_charge_is_appealed_and_somebody_else_rules(teahouse):
    from redress.cases import case_file
    from redress.policy.engine.commands import Perform, Register

    walk = teahouse
    data = {"customer": "李四", "content": "茶里有异物", "level": "normal"}
    case = case_file.register("teahouse", Register("east", data), "lin", MONDAY).case_id
    case_file.act(case, Perform("charge-person", {"charged": "zhao", "charge": "30"}), "lin", MONDAY)
    walk.at(MONDAY + timedelta(minutes=5))
    zhao = walk.person("teahouse.zhao")
    walk.go(zhao, "/ledger")
    assert barriers(zhao) == []
    zhao.keyboard.press("j")
    zhao.keyboard.press("Enter")
    zhao.wait_for_url("**/ledger/*/L1")
    zhao.fill('[name="f-line_appeal_reason"]', "那天我不当班")
    assert barriers(zhao) == []
    zhao.click(".slot form > .buttons .button.main")
    expect(zhao.locator("h2", has_text="申诉").first).to_be_visible()
    expect(zhao.locator("main")).to_contain_text("等待裁定")
    chen = walk.person("teahouse.chen")
    walk.go(chen, f"/ledger/{case}/L1")
    chen.locator('label:has([value="change"])').click()
    chen.fill('[name="f-line_ruled_amount"]', "12.50")
    chen.fill('[name="f-line_ruling_reason"]', "只占一半")
    chen.click(".slot form > .buttons .button.main")
    expect(chen.locator("main")).to_contain_text("由 ¥30.00 改为 ¥12.50")
    walk.go(zhao, "/ledger")
    expect(zhao.locator(".entry .money")).to_contain_text("¥12.50")
    assert walk.troubles == []


def test_what_a_round_found_becomes_a_complaint(teahouse):
    walk = teahouse
    walk.at(MONDAY + timedelta(hours=8, minutes=5))
    lin = walk.person("teahouse.lin")
    walk.go(lin, "/rounds")
    assert barriers(lin) == []
    walk.does(lin, "comment-book", {"entries_found": "三号桌：茶凉了"})
    done = lin.locator(".done-rounds li").first
    expect(done).to_contain_text("三号桌：茶凉了")
    done.get_by_role("link", name="登记为投诉").click()
    expect(lin.locator('[name="f-content"]')).to_have_value("三号桌：茶凉了")
    lin.fill('[name="f-customer"]', "王五")
    lin.locator('label:has([name="f-level"][value="normal"])').click()
    lin.click(".foot .button.main")
    expect(lin.locator("main")).to_contain_text("例行中发现")
    walk.go(lin, "/rounds")
    expect(lin.locator(".done-rounds .finds")).to_contain_text("CG2026-0001")
    for address in ("/corrections", "/lessons"):
        walk.go(lin, address)
        assert barriers(lin) == [], address
    assert walk.troubles == []
