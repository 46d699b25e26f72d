"""A shop keeper adds a passkey and signs in with it, in a browser with an authenticator of its own (Chromium's virtual one)."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


def test_a_passkey_is_made_used_and_taken_away(walk, settings):
    settings.PACKS_DIR = PACKS
    found_teahouse()
    walk.at(MONDAY)
    page = walk.person("teahouse.chen")
    machine = page.context.new_cdp_session(page)
    machine.send("WebAuthn.enable")
    own = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    known = machine.send("WebAuthn.addVirtualAuthenticator", {"options": own})["authenticatorId"]

    def looked(name: str) -> None:
        walk.picture(page, f"passkey-{name}")
        found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert not found, f"{name}: {[(v['id'], v['nodes'][0]['html'][:200]) for v in found]}"

    walk.go(page, "/account")
    page.get_by_role("link", name="加通行密钥").click()
    if "/account/confirm" in page.url:
        page.get_by_label("密码").fill("secret-for-tests")
        page.get_by_role("button", name="继续").click()
    page.get_by_label("怎么称呼它").fill("柜台的电脑")
    looked("new")
    page.get_by_role("button", name="现在加上").click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert len(machine.send("WebAuthn.getCredentials", {"authenticatorId": known})["credentials"]) == 1
    page.get_by_role("link", name="已抄好").click()
    expect(page.locator(".passkeys li")).to_contain_text("柜台的电脑")
    expect(page.locator("#h-factor + .tag")).to_have_text("已启用")
    looked("mine")

    def with_the_password() -> None:
        page.evaluate("document.querySelector('form[action=\"/sign-out\"]').requestSubmit()")
        page.wait_for_url("**/sign-in")
        page.fill("#id_username", "teahouse.chen")
        page.fill("#id_password", "secret-for-tests")
        page.press("#id_password", "Enter")
        page.wait_for_url("**/sign-in/code")

    with_the_password()
    looked("asked")
    page.goto(walk.address + "/cases")
    page.wait_for_url("**/sign-in?next=**")  # the password alone opens nothing
    page.fill("#id_username", "teahouse.chen")
    page.fill("#id_password", "secret-for-tests")
    page.press("#id_password", "Enter")
    page.wait_for_url("**/sign-in/code")
    page.get_by_role("button", name="用通行密钥").click()
    page.wait_for_url(walk.address + "/cases")

    with_the_password()
    machine.send("WebAuthn.setUserVerified", {"authenticatorId": known, "isUserVerified": False})
    machine.send("WebAuthn.removeCredential", _only(machine, known))  # the machine has lost it
    page.get_by_role("button", name="用通行密钥").click()
    expect(page.locator("[data-key-failed]")).to_be_visible()
    expect(page.get_by_label("恢复码", exact=True)).to_be_visible()
    assert walk.troubles == []


def _only(machine, authenticator: str) -> dict[str, str]:
    found = machine.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    return {"authenticatorId": authenticator, "credentialId": found[0]["credentialId"]}
