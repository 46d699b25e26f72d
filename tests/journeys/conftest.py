"""A real browser before the running product. The clock is a cookie that the walk sets; screenshots go to a temporary folder."""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

# Playwright's loop runs in this thread; what the walks ask the database is plain and synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 860}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "these tests need Chromium: make test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def walk(browser: Browser, transactional_db, live_server, settings, tmp_path) -> Iterator["Walk"]:
    settings.REDRESS_TEST_CLOCK = True
    walk = Walk(browser, live_server.url, Path(os.environ.get("SCREENSHOTS") or tmp_path))
    yield walk
    walk.close()


def fill(form: Locator, field: str, value: str) -> None:
    """Fills in a field as a person would: a chip is clicked, a list chosen from, a text typed."""
    inputs = form.locator(f'[name="f-{field}"]')
    kind = inputs.first.get_attribute("type")
    if kind in ("radio", "checkbox"):
        form.locator(f'label:has([name="f-{field}"][value="{value}"])').click()
    elif inputs.first.evaluate("one => one.tagName") == "SELECT":
        inputs.select_option(value)
    else:
        inputs.fill(value)


class Walk:
    """People at their browsers, each in a context of their own, under one clock."""

    def __init__(self, browser: Browser, address: str, pictures: Path) -> None:
        self.browser, self.address, self.pictures = browser, address, pictures
        self.contexts: dict[str, BrowserContext] = {}
        self.troubles: list[str] = []
        self.now: datetime | None = None

    def at(self, moment: datetime) -> None:
        """Sets everybody's clock, and lets the clock and the worker see to what has come due."""
        from redress.clocks.sweep import sweep
        from redress.letters.relay import relay

        self.now = moment
        for context in self.contexts.values():
            self._tell(context)
        sweep(moment)
        relay(moment)

    def person(
        self, username: str, *, phone: bool = False, language: str = "zh-hans", password: str = "secret-for-tests"
    ) -> Page:
        """The page of somebody signed in through the sign-in form."""
        if username not in self.contexts:
            context = self.browser.new_context(
                reduced_motion="reduce", viewport=PHONE if phone else WIDE, locale="zh-CN", timezone_id="Asia/Shanghai"
            )
            self.contexts[username] = context
            context.add_cookies([{"name": "django_language", "value": language, "url": self.address}])
            self._tell(context)
            page = context.new_page()
            page.on("pageerror", lambda error: self.troubles.append(str(error)))
            page.on("console", self._heard)
            page.goto(self.address + "/sign-in")
            page.fill("#id_username", username)
            page.fill("#id_password", password)
            page.press("#id_password", "Enter")
            page.wait_for_url(self.address + "/")
        return self.contexts[username].pages[0]

    def found(self, pack: str, at: datetime) -> None:
        """Founds the demo organisation of a shipped pack, its clocks at ``at``."""
        from django.contrib.auth.hashers import make_password

        from redress.people.founding import found
        from redress.people.packs import packs_folder, with_settings
        from redress.policy.scenarios.organisation import read_organisation

        written = read_organisation(packs_folder() / pack / "organisation.yaml")
        first_day = with_settings(pack, {}).head.effective.from_
        found(pack, pack, written, at, from_date=first_day, password_hash=make_password("secret-for-tests"))
        self.at(at)

    def does(self, page: Page, act: str, values: dict[str, str] | None = None) -> None:
        """Opens the act's form in place on the page, fills it in and submits it."""
        self.opens(page, act)
        form = page.locator(".slot form")
        for field, value in (values or {}).items():
            fill(form, field, value)
        form.locator(":scope > .buttons .button.main").click()

    def opens(self, page: Page, act: str) -> None:
        # What was said before is taken away, so that ``done`` waits for what this act is answered with.
        page.evaluate("document.querySelector('#flashes').replaceChildren()")
        page.locator(f'a.button[href*="/acts/{act}"]').first.click()
        page.locator(".slot form h3").wait_for()

    def done(self, page: Page, words: str = "已完成") -> None:
        """Waits until the page says that it is done."""
        expect(page.locator("#flashes .flash").last).to_contain_text(words)

    def go(self, page: Page, address: str) -> Response | None:
        """Opens the address; gives the server's answer, None where only the place on the page is another."""
        return page.goto(self.address + address)

    def picture(self, page: Page, name: str) -> None:
        # Hiding the caret would leave a style on every input, which the next answer in place may not take over (no inline style).
        page.screenshot(path=self.pictures / f"{name}.png", full_page=True, caret="initial")

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()

    def _heard(self, line: ConsoleMessage) -> None:
        """Keeps what the browser complains of; that a form was answered with 422 or 409 is no trouble.

        Nor is it that a page was left while it asked for something: of a request that fails the browser itself speaks as well.
        """
        left = re.match(r"htmx:(afterRequest|sendAbort|sendError)\b", line.text)
        if line.type == "error" and not left and not re.search(r"status of (409|422)", line.text):
            self.troubles.append(f"{line.text} at {line.location}")

    def _tell(self, context: BrowserContext) -> None:
        if self.now is not None:
            context.add_cookies([{"name": "redress-now", "value": self.now.isoformat(), "url": self.address}])
