"""At the counter of a bank: registered by keyboard, answered within three days, signed by the head of the outlet."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
START = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_the_reply_within_three_days_and_the_signature_of_the_outlet_head(walk):
    walk.found("bank-branch", START)
    clerk = walk.person("bank-branch.lin-yue")
    case = _registered_by_keyboard(clerk)
    walk.picture(clerk, "bank-1-case")
    walk.does(clerk, "hand-over", {"handover_reason": "须查汇路"})
    walk.done(clerk)

    walk.at(START + timedelta(minutes=10))
    manager = walk.person("bank-branch.xu-meiling")
    expect(manager.locator("main")).to_contain_text("接手")
    walk.go(manager, case)
    walk.does(manager, "take-over")
    walk.done(manager)
    walk.does(manager, "agree-reply-time", {"agreed_reply_by": "2026-03-04T10:00"})
    walk.done(manager)
    walk.does(manager, "ask-instruction", {"question": "拟催对方行，每日向客户回告"})
    walk.done(manager)

    head = walk.person("bank-branch.fang-jianguo")
    request = head.locator(".task", has_text="批准：")
    walk.picture(head, "bank-2-outlet-head")
    request.get_by_role("link", name="答复", exact=True).click()
    request.locator('[name="f-instruction"]').fill("同意，务必按约回复")
    request.locator("button[value=approve]").click()
    walk.done(head, "已批准")

    walk.go(manager, case)
    walk.does(manager, "investigate", {"verified": "partly", "facts": "对方行退汇", "investigation": "查汇路与回执"})
    walk.done(manager)
    walk.does(manager, "conclude", {"cause": "system", "liability": "bank-not-liable"})
    walk.done(manager)

    walk.at(START + timedelta(days=2, minutes=-30))
    walk.go(manager, case)
    expect(manager.locator(".duty", has_text="把处理结果回复客户").locator(".count-down.soon")).to_contain_text("还剩")
    answer = {
        "reply": "款项已退回账户",
        "reply_means": "phone",
        "customer_reaction": "accepts",
        "explanation": "对方行系统原因退汇",
    }
    walk.does(manager, "reply", answer)
    walk.done(manager)
    manager.locator("details.refused summary").first.click()
    expect(manager.locator(".no-list", has_text="须由网点负责人签字").first).to_be_visible()
    walk.picture(manager, "bank-3-not-yet-signed")
    walk.does(manager, "complete-entry", {"handling": "查汇路、催退汇，款项退回"})
    walk.done(manager)

    walk.at(START + timedelta(days=2, hours=5))
    walk.go(head, case)
    walk.opens(head, "sign-register")
    expect(head.locator(".slot form")).to_contain_text("提交即以您的名义签字")
    head.locator(".slot form > .buttons .button.main").click()
    walk.done(head)
    walk.go(head, "/books/opinion-register")
    expect(head.locator("tbody tr").first).to_contain_text("已签认")
    walk.picture(head, "bank-4-register")

    walk.go(manager, case)
    walk.does(manager, "close")
    walk.done(manager)
    expect(manager.locator(".life .here")).to_contain_text("已了结")
    walk.picture(manager, "bank-5-closed")
    assert walk.troubles == []


def _registered_by_keyboard(clerk) -> str:
    """The whole registration without a mouse; gives the address of the case."""
    clerk.keyboard.press("Alt+Digit2")
    expect(clerk.locator("h1")).to_contain_text("登记投诉")
    for field, keys in (
        ("channel", "1"),
        ("content", "汇款三天没有到账，柜台两次说再等等，要求今天给出明确答复"),
        ("readback", "1"),
        ("customer_name", "王女士"),
        ("contact", "13900000003"),
    ):
        clerk.locator(f'[name="f-{field}"]').first.focus()
        clerk.keyboard.type(keys)
    clerk.locator('[name="f-outlet"]').focus()
    clerk.locator('[name="f-outlet"]').select_option("jiefang")
    clerk.keyboard.press("Control+Enter")
    expect(clerk.locator("h1")).to_contain_text("汇款三天没有到账")
    return clerk.url.split("://", 1)[1].partition("/")[2].join(["/", ""])
