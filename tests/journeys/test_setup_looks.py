"""Administration as it looks: every page wide and on a phone, without a violation and nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.web.conftest import MONDAY

pytestmark = pytest.mark.journey
PAGES = [
    "",
    "/units?unit=qinghe-garden",
    "/people",
    "/people/sun-li",
    "/absences",
    "/calendars",
    "/policy?look=mall",
    "/assumptions",
    "/accounts",
    "/log",
]


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_every_page_of_administration(walk, width):
    walk.found("property", MONDAY)
    page = walk.person("property.shen-yi")
    page.set_viewport_size({"width": width, "height": 900})
    _something_to_see(walk, page)
    wrong = []
    for address in PAGES:
        walk.go(page, "/setup" + address)
        name = address.strip("/").replace("/", "-").split("?")[0] or "overview"
        walk.picture(page, f"setup-{name}-{width}")
        found = Axe().run(page).response["violations"]
        wrong += [
            f"{name}: {v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in ("serious", "critical")
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{name}: wider than the screen")
    assert not wrong, "\n".join(wrong)
    assert walk.troubles == []


def _something_to_see(walk, page) -> None:
    """Somebody is away with a deputy, somebody without one, and a value is confirmed: all through the pages' own forms."""
    walk.go(page, "/setup/absences")
    for person, deputy, last in (("sun-li", "guo-tao", "2026-03-13"), ("wang-jun", "", "2026-03-04")):
        page.select_option("#person", person)
        page.fill("#from", "2026-03-02")
        page.fill("#to", last)
        page.fill("#reason", "年休假")
        page.select_option("#deputy", deputy)
        page.click("button[value=add]")
    walk.go(page, "/setup/calendars")
    page.fill("#date", "2026-03-16")
    page.fill("#zh", "公司年会")
    page.click("button[value=add]")
    walk.go(page, "/setup/assumptions")
    page.locator("#p-report-limit button[value=confirm]").click()
