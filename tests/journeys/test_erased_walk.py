"""A case whose personal data was erased, in a browser: no broken picture, nothing of it kept in the browser, readable for everybody."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.journeys.conftest import Walk
from tests.web.conftest import MONDAY, PACKS, found_teahouse
from tests.web.test_erasure import MONTH, erase, lived_and_archived

from redress.cases.models import Attachment

pytestmark = pytest.mark.journey


def test_what_was_erased_is_shown_as_gone_and_the_browser_keeps_nothing_of_it(walk: Walk, settings) -> None:
    settings.PACKS_DIR = PACKS
    found_teahouse()
    case = lived_and_archived()
    walk.at(MONDAY + timedelta(minutes=MONTH))
    page = walk.person("teahouse.chen")
    page.goto(walk.address + case)
    expect(page.locator("#evidence .files img")).to_have_count(3)
    kept = {"mine": f"kept:teahouse/chen:{case}/acts/note", "other": "kept:teahouse/chen:desk"}
    page.evaluate(
        "keys => keys.forEach(key => localStorage.setItem(key, JSON.stringify({at: Date.now(), values: {}})))",
        list(kept.values()),
    )

    assert erase(case).status_code == 303
    walk.at(MONDAY + timedelta(minutes=MONTH + 5))
    page.reload()
    expect(page.locator("#evidence .files.gone li")).to_have_count(4)
    expect(page.locator("#evidence img")).to_have_count(0)
    page.wait_for_function("key => localStorage.getItem(key) === null", arg=kept["mine"])
    assert page.evaluate("key => localStorage.getItem(key)", kept["other"])
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    file = Attachment.objects.first()
    answer = page.goto(f"{walk.address}{case}/files/{file.pk}")
    assert answer is not None and answer.status == 410
    expect(page.locator("h1")).to_have_text("文件已删除")
    walk.troubles.clear()  # a browser says by itself that an answer was 410
