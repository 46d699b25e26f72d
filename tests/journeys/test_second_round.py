"""A customer of the workshop is not satisfied: the manager was late, the flow runs again, and the fine waits for a person."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import fill

pytestmark = pytest.mark.journey
START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_an_unsatisfied_customer_starts_a_second_round_and_lateness_its_fine(walk):
    walk.found("auto-service", START)
    specialist = walk.person("auto-service.su")
    walk.go(specialist, "/desk")
    form = specialist.locator("form.sheet")
    values = {
        "opinion_kind": "complaint",
        "channel": "phone",
        "customer_opinion": "保养之后刹车仍有异响，已经是第二次了，要求当天解决",
        "complained_dept": "mechanics",
        "level": "major",
        "route": "work-order",
        "customer_phone": "13800000001",
    }
    for field, value in values.items():
        fill(form, field, value)
    walk.picture(specialist, "round-1-desk")
    form.locator(".foot .button.main").click()
    expect(specialist.locator("h1")).to_contain_text("刹车仍有异响")
    case = specialist.url.removeprefix(walk.address)
    walk.does(specialist, "submit-work-order")
    walk.done(specialist)

    # Ten minutes pass; the manager calls in the eleventh.
    walk.at(START + timedelta(minutes=11))
    manager = walk.person("auto-service.ma")
    expect(manager.locator(".duty.late").first).to_be_visible()
    walk.picture(manager, "round-2-manager")
    walk.go(manager, case)
    walk.does(manager, "contact-customer", {"contact_mode": "phone", "contact_note": "致歉，约客户下午到店"})
    walk.done(manager)
    expect(manager.locator("main")).to_contain_text("罚款 50 元")
    walk.does(manager, "propose-solution", {"solution": "免费拆检，更换刹车片"})
    walk.done(manager)
    walk.does(manager, "assign-team", {"fixer": "tang"})
    walk.done(manager)

    walk.at(START + timedelta(hours=2))
    mechanic = walk.person("auto-service.tang", phone=True)
    walk.does(mechanic, "carry-out-fix", {"fix_done": "已更换刹车片并路试"})
    walk.done(mechanic)
    walk.picture(mechanic, "round-3-mechanic")
    walk.go(manager, case)
    walk.does(manager, "return-work-order", {"result": "已更换刹车片，路试正常"})
    walk.done(manager)

    walk.at(START + timedelta(hours=5))
    walk.go(specialist, case)
    walk.does(specialist, "talk-again", {"conversation": "客户说异响还在"})
    walk.done(specialist)
    walk.does(specialist, "judge-handling", {"verdict": "failure", "evaluation": "没有解决"})
    walk.done(specialist)
    expect(specialist.locator(".head")).to_contain_text("第 2 轮")
    walk.picture(specialist, "round-4-second-round")

    # The fine is only proposed: the general manager decides it, in place.
    manager_general = walk.person("auto-service.luo")
    request = manager_general.locator(".task", has_text="批准：")
    expect(request).to_contain_text("50")
    walk.picture(manager_general, "round-5-general-manager")
    request.get_by_role("link", name="答复", exact=True).click()
    request.locator("button[value=approve]").click()
    walk.done(manager_general, "已批准")
    walk.go(manager_general, case)
    expect(manager_general.locator("main")).to_contain_text("已确认")

    walk.go(manager, "/")
    expect(manager.locator("a.button[href*=propose-solution]").first).to_be_visible()
    assert walk.troubles == []
