"""At the desk: registered without a mouse, help called with one key, and nothing typed is lost, whatever gives way."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.journeys.conftest import fill
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey
STORY = "茶里有异物，客人很生气，要求当面说明"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('kept:'))"


@pytest.fixture
def lin(walk, settings) -> Page:
    """Somebody of the teahouse's front desk, signed in, before the empty form."""
    settings.PACKS_DIR = PACKS
    found_teahouse()
    walk.at(MONDAY)
    page = walk.person("teahouse.lin")
    page.keyboard.press("Alt+Digit2")
    expect(page.locator("#desk-form")).to_be_visible()
    return page


def tell(page: Page) -> None:
    """Types the complaint, without a mouse: name, telephone, story; the level is the one that the story suggests."""
    expect(page.locator("#f-customer")).to_be_focused()
    page.keyboard.type("李四")
    page.keyboard.press("Enter")
    page.keyboard.type("13812345678")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(STORY)
    expect(page.locator(".suggestion").first).to_contain_text("重大")
    page.keyboard.press("Alt+Enter")
    expect(page.locator('[name="f-level"][value="major"]')).to_be_checked()


def registered(page: Page) -> None:
    expect(page.locator("h1")).to_contain_text(STORY)
    expect(page.locator("#flashes")).to_contain_text("已登记")
    page.wait_for_load_state()  # the keys of a page work once its scripts have come


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in ("serious", "critical")]


def test_a_complaint_is_registered_without_a_mouse_and_known_again(walk, lin):
    tell(lin)
    expect(lin.locator(".suggestions")).to_have_count(0)
    expect(lin.locator("#ahead")).to_contain_text("联系客户")
    lin.keyboard.press("Control+Enter")
    registered(lin)
    lin.keyboard.press("Alt+Digit2")
    lin.locator("#f-content").focus()
    lin.keyboard.insert_text("还是茶里有异物，没有人说明")
    lin.locator("#f-phone").focus()
    lin.keyboard.type("5678")
    expect(lin.locator("#earlier .same")).to_contain_text("像是同一件事")
    walk.picture(lin, "desk-known-again")
    assert violations(lin) == []
    assert walk.troubles == []


def test_help_is_called_with_one_key_and_stands_on_the_case(walk):
    walk.found("mall", MONDAY)
    mei = walk.person("mall.mei")
    walk.go(mei, "/desk")
    mei.keyboard.press("Alt+a")
    expect(mei.locator(".dial")).to_be_focused()
    assert mei.locator(".dial").get_attribute("href") == "tel:120"
    expect(mei.locator("#f-key_points")).to_be_hidden()
    walk.picture(mei, "desk-call")
    assert violations(mei) == []
    for field, value in {"category": "injury", "channel": "on-site"}.items():
        fill(mei.locator("#desk-form"), field, value)
    mei.keyboard.press("Control+Enter")
    expect(mei.locator("#flashes")).to_contain_text("已登记")
    expect(mei.locator("main")).to_contain_text("尽快送正规医院诊治")
    assert walk.troubles == []


def test_a_lost_connection_loses_nothing(walk, lin):
    tell(lin)
    lin.context.set_offline(True)
    lin.keyboard.press("Control+Enter")
    expect(lin.locator(".saved")).to_contain_text("没有网络")
    assert lin.input_value("#f-content") == STORY
    lin.context.set_offline(False)
    expect(lin.locator(".saved")).to_contain_text("网络已恢复")
    lin.keyboard.press("Control+Enter")
    registered(lin)
    assert lin.evaluate(KEPT) == []


def test_an_answer_that_never_arrives_makes_no_second_complaint(walk, lin):
    from redress.cases.models import CaseRecord

    tell(lin)
    lin.route("**/desk", lambda route: (route.fetch(), route.abort()))
    lin.keyboard.press("Control+Enter")
    expect(lin.locator(".saved")).to_contain_text("没有网络")
    assert CaseRecord.objects.count() == 1
    lin.unroute("**/desk")
    lin.reload()
    expect(lin.locator("#f-content")).to_have_value(STORY)
    lin.keyboard.press("Control+Enter")
    registered(lin)
    assert CaseRecord.objects.count() == 1


def test_after_an_expired_sign_in_everything_typed_is_there_again(walk, lin):
    tell(lin)
    lin.context.clear_cookies(name="sessionid")
    lin.keyboard.press("Control+Enter")
    lin.fill("#id_username", "teahouse.lin")
    lin.fill("#id_password", "secret-for-tests")
    lin.press("#id_password", "Enter")
    expect(lin.locator("#f-content")).to_have_value(STORY)
    expect(lin.locator('[name="f-level"][value="major"]')).to_be_checked()
    lin.locator("#f-content").press("Control+Enter")
    registered(lin)


def test_a_closed_tab_is_taken_up_again_and_signing_out_forgets_it(walk, lin):
    tell(lin)
    context = lin.context
    lin.close()
    page = context.new_page()
    walk.go(page, "/desk")
    expect(page.locator("[data-kept]")).to_contain_text("有一份没有交出的内容")
    page.keyboard.press("Alt+r")
    expect(page.locator("#f-content")).to_have_value(STORY)
    walk.picture(page, "desk-taken-up")
    assert page.evaluate(KEPT) == ["kept:teahouse/lin:desk"]
    page.locator('form[action$="/sign-out"]').evaluate("form => form.requestSubmit()")
    expect(page.locator("#id_username")).to_be_visible()
    assert page.evaluate(KEPT) == []
