"""A shop keeper sets up the second factor, signs out, and comes back with password and code; an administrator invites somebody."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


def test_password_and_code(walk, settings):
    settings.PACKS_DIR = PACKS
    found_teahouse()
    walk.at(MONDAY)
    page = walk.person("teahouse.chen")

    def looked(name: str) -> None:
        walk.picture(page, f"account-{name}")
        found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert not found, f"{name}: {[(v['id'], v['nodes'][0]['html'][:200]) for v in found]}"

    walk.go(page, "/account")
    looked("mine")
    page.get_by_role("link", name="设两步验证").click()
    looked("confirm")
    page.get_by_label("密码").fill("secret-for-tests")
    page.get_by_role("button", name="继续").click()
    page.get_by_text("扫不了").click()
    secret = page.locator(".secret").inner_text()
    looked("set-up")
    page.get_by_label("验证码").fill(_code(secret, 0))
    page.get_by_role("button", name="启用两步验证").click()
    expect(page.locator(".codes li")).to_have_count(10)
    looked("recovery-codes")
    page.get_by_role("link", name="已抄好").click()
    expect(page.locator("#h-factor + .tag")).to_have_text("已启用")

    page.evaluate("document.querySelector('form[action=\"/sign-out\"]').requestSubmit()")
    page.wait_for_url("**/sign-in")
    page.fill("#id_username", "teahouse.chen")
    page.fill("#id_password", "secret-for-tests")
    page.press("#id_password", "Enter")
    page.wait_for_url("**/sign-in/code")
    looked("code")
    page.get_by_label("验证码或恢复码").fill(_code(secret, 1))
    page.get_by_role("button", name="继续").click()
    page.wait_for_url(walk.address + "/")

    page = walk.person("teahouse.gao")
    walk.go(page, "/setup/people")
    page.locator("#zh").fill("周平")
    page.get_by_role("button", name="新增").click()
    page.get_by_role("button", name="发邀请").click()
    link = page.locator(".link").inner_text()
    looked("invitation-link")
    walk.go(page, "/setup/accounts")
    looked("accounts")
    page.context.clear_cookies()
    page.goto(link)
    page.get_by_label("密码", exact=True).fill("tea-leaves-9")
    page.get_by_label("再输一次密码").fill("tea-leaves-9")
    looked("invitation")
    page.get_by_role("button", name="设好并登录").click()
    page.wait_for_url(walk.address + "/")
    assert walk.troubles == []


def _code(secret: str, steps: int) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
