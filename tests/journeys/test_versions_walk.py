"""Two versions of the policy compared: the difference narrowed by kind; a long replay is the worker's, watched and found again."""

import shutil
from datetime import timedelta
from threading import Thread

import pytest
from playwright.sync_api import expect
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


def third_version(folder) -> None:
    shutil.copytree(PACKS, folder)
    for name, old, new in (
        ("pack.yaml", 'version: "2"', 'version: "3"'),
        ("pack.yaml", "from: 2026-01-01", "from: 2026-03-01"),
        ("rules/teahouse.yaml", "within: {major: 10 min,", "within: {major: 3 min,"),
        ("rules/teahouse.yaml", "  value: 50\n", "  value: 80\n"),
    ):
        path = folder / "teahouse" / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def work() -> None:
    """What the worker does with the job that waits, beside the browser."""
    from django.db import connections
    from procrastinate.contrib.django.models import ProcrastinateJob

    from redress.replays.tasks import replay

    job = ProcrastinateJob.objects.filter(task_name=replay.name).latest("id")
    replay(**job.args)
    connections.close_all()


def test_a_difference_is_narrowed_and_a_long_replay_is_the_workers(walk, settings, tmp_path, monkeypatch):
    from redress.people import packs
    from redress.replays import asking

    settings.PACKS_DIR = PACKS
    found_teahouse()
    walk.at(MONDAY)
    page = walk.person("teahouse.lin")
    walk.go(page, "/policy")
    third_version(tmp_path / "packs")
    settings.PACKS_DIR = tmp_path / "packs"
    packs.forget()
    walk.at(MONDAY + timedelta(minutes=5))
    walk.go(page, "/policy/versions")
    page.get_by_role("button", name="比较").click()
    expect(page.locator(".differing")).to_contain_text("改了时间")
    page.locator(".differing").get_by_role("link", name="改了时间").click()
    expect(page.locator(".changes .label").first).to_have_text("联系客户")
    expect(page.locator(".changes .after ins").first).to_have_text("3")
    page.locator(".kinds").get_by_role("link", name="可设参数").click()
    expect(page.locator(".changes .label")).to_have_text(["逾期罚款"])

    monkeypatch.setattr(asking, "QUICK", -1)
    page.get_by_role("link", name="行为：用情景").click()
    expect(page.locator("#replay")).to_contain_text("已交给后台")
    page.get_by_role("button", name="停下").click()
    expect(page.locator("#replayed")).to_contain_text("已停下")
    page.get_by_role("button", name="再走一遍").click()
    expect(page.locator("#replay")).to_be_visible()
    walk.picture(page, "replay-waiting")
    worker = Thread(target=work)
    worker.start()
    expect(page.locator("#replayed .figures")).to_contain_text("逾期的义务", timeout=15_000)
    worker.join()
    walk.picture(page, "replay-done")
    walk.go(page, "/policy")
    page.go_back()
    expect(page.locator("#replayed")).to_contain_text("结果截至")
    packs.forget()
    assert walk.troubles == []
