"""A lift full of people: the property policy's minutes, from whoever takes the report to the board."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import fill

pytestmark = pytest.mark.journey
START = datetime(2026, 3, 6, 14, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_an_emergency_climbs_to_the_board_by_the_minute(walk):
    walk.found("property", START)
    desk = walk.person("property.wu-ping", phone=True)
    walk.go(desk, "/desk")
    walk.picture(desk, "ladder-1-desk")
    form = desk.locator("form.sheet")
    fill(form, "degree", "major")
    fill(form, "project", "jinsong-plaza")
    fill(form, "complained_at", "2026-03-06T14:00")
    for field, value in {"customer_name": "何先生", "phone": "13800000002", "address": "1座1801"}.items():
        fill(form, field, value)
    fill(form, "topic", "吊顶坠落")
    form.locator(".foot .button.main").click()
    expect(desk.locator(".flash.warning")).to_contain_text("记录太简短")
    fill(form, "topic", "大堂吊顶整片坠落，一名访客受伤，记者已到场")
    form.locator(".foot .button.main").click()
    expect(desk.locator("h1")).to_contain_text("大堂吊顶整片坠落")
    case = desk.url.removeprefix(walk.address)
    walk.picture(desk, "ladder-2-case")
    expect(desk.locator(".rungs .here")).to_contain_text("首问责任人")

    walk.at(START + timedelta(minutes=2))
    walk.go(desk, case)
    walk.does(desk, "alert", {"departments": "engineering"})
    walk.done(desk)

    # The office head hesitates: five minutes pass, the company leader is told, the case shows it.
    head = walk.person("property.he-yong")
    expect(head.locator("main")).to_contain_text("5分钟内报主管领导")
    walk.picture(head, "ladder-3-office-head")
    walk.at(START + timedelta(minutes=8))
    walk.go(head, "/")
    expect(head.locator(".duty.late").first).to_contain_text("5分钟内报主管领导")
    walk.go(head, case)
    walk.does(head, "report-to-leader", {"unresolved_reason": "有人受伤，媒体在场，超出管理处能力"})
    walk.done(head)

    leader = walk.person("property.gao-wei")
    walk.go(leader, case)
    walk.opens(leader, "report-to-board")
    walk.picture(leader, "ladder-4-leader-form")
    form = leader.locator(".slot form")
    values = {
        "report_mode": "message",
        "board_call_at": "2026-03-06T14:08",
        "board_person": "沈毅",
        "company_reason": "须董事定赔偿与停业",
    }
    for field, value in values.items():
        fill(form, field, value)
    form.locator(":scope > .buttons .button.main").click()
    expect(leader.locator(".slot .flash.error")).to_contain_text("报董事须打电话")
    expect(leader.locator(".slot .flash.error .clause").first).to_contain_text("7.2")
    fill(leader.locator(".slot form"), "report_mode", "phone")
    leader.locator(".slot form > .buttons .button.main").click()
    walk.done(leader)

    board = walk.person("property.shen-yi")
    walk.go(board, case)
    expect(board.locator(".rungs .here")).to_contain_text("董事")
    expect(board.locator(".rungs .reached")).to_have_count(3)
    walk.picture(board, "ladder-5-board")
    walk.does(board, "board-decision", {"board_decision": "停业一天，先行赔付，全面排查吊顶"})
    walk.done(board)
    walk.go(board, case)
    board.locator(".duty .why summary").first.click()
    walk.picture(board, "ladder-6-decided")
    expect(board.locator("main")).to_contain_text("48小时内向董事补交书面报告")
    assert walk.troubles == []
