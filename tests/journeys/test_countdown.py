"""A countdown runs on by itself, by the server's time, and turns red when its moment comes."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


def test_a_countdown_runs_and_turns_late(walk, settings):
    from redress.cases import case_file
    from redress.policy.engine.commands import Register

    settings.PACKS_DIR = PACKS
    found_teahouse()
    data = {"customer": "李四", "content": "茶里有异物", "level": "major"}
    case_file.register("teahouse", Register("east", data), "lin", MONDAY)
    walk.at(MONDAY + timedelta(minutes=8))
    page = walk.person("teahouse.lin")
    page.clock.install()
    walk.go(page, "/")
    left = page.locator(".duty .count-down").first
    expect(left).to_contain_text("还剩")
    page.clock.run_for(61_000)
    expect(left).to_have_text("还剩0分59秒")
    page.clock.run_for(60_000)
    expect(left).to_contain_text("已逾期")
    expect(page.locator(".duty.late")).to_have_count(1)
    assert walk.troubles == []
