"""Every page, by the people it is for, full and empty, with a form open, with something wrong in it, in three languages:

no accessibility violation that is serious, nothing wider than a phone, no complaint in the console, no request to another host.
"""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.tour.visits import BY_LINK, ELSEWHERE, NO_PAGES, NOW, PAGES_BELOW, Visit, furnish, places, visits

from redress.people.directory import directory_of
from redress.policy.language.traditional import traditional as in_traditional

pytestmark = pytest.mark.journey

PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
ENGLISH_LEFT = re.compile(r"msgid|%\(\w+\)s|\{\{|\{%")


def test_every_address_is_visited_or_is_no_page(db):
    from redress.config.urls import urlpatterns as top
    from redress.web.urls import urlpatterns

    names = {pattern.name for pattern in (*top, *urlpatterns) if getattr(pattern, "name", None)}
    visited = {name for name, _ in places()} | PAGES_BELOW
    assert names - NO_PAGES - BY_LINK - visited == set(), "add it to tests/tour/visits.py"


def test_every_page(walk):
    furnish(walk.found)
    walk.at(NOW)
    found = Tour(walk)
    for visit in visits():
        found.see(visit)
    unseen = {name for name, _ in places()} | PAGES_BELOW
    assert unseen - found.seen - ELSEWHERE == set(), "nobody on the tour may see them, or there is nothing to see"
    # That somebody is told "not for you" is an answer, which the browser notes in its console all the same.
    wrong = found.wrong + [trouble for trouble in walk.troubles if "status of 403" not in trouble]
    assert wrong == [], "\n".join(wrong)


class Tour:
    """Goes through the visits; keeps what is wrong."""

    def __init__(self, walk) -> None:
        self.walk, self.axe, self.wrong = walk, Axe(), []
        self.host = urlsplit(walk.address).netloc
        self.heard: set[int] = set()
        self.seen: set[str] = set()

    def see(self, visit: Visit) -> None:
        page = self.page_of(visit)
        for language, size, scheme in _ways(visit):
            where = f"{visit.name} ({visit.person or 'nobody'}, {language}, {size['width']})"
            page.context.add_cookies([{"name": "django_language", "value": language, "url": self.walk.address}])
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            answer = self.walk.go(page, visit.address)
            if answer and answer.ok:
                self.seen.add(visit.page)
            if visit.then:
                visit.then(page)
            if language != "en" or not visit.name.endswith("-empty"):
                self.check_access(page, where)
            self.check_words(page, where, language, visit)
            if size == PHONE and page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.wrong.append(f"{where}: wider than the screen")

    def page_of(self, visit: Visit):
        if visit.person:
            page = self.walk.person(visit.person)
        else:
            context = self.walk.contexts.setdefault("", self.walk.browser.new_context(locale="zh-CN"))
            page = context.pages[0] if context.pages else context.new_page()
        if id(page) not in self.heard:
            self.heard.add(id(page))
            page.on("request", self.check_host)
        return page

    def check_host(self, request) -> None:
        place = urlsplit(request.url)
        if place.scheme in ("http", "https", "ws", "wss") and place.netloc != self.host:
            self.wrong.append(f"a request left the house: {request.url}")

    def check_access(self, page, where: str) -> None:
        for violation in self.axe.run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                self.wrong.append(f"{where}: {violation['id']}: {violation['nodes'][0]['html'][:200]}")

    def check_words(self, page, where: str, language: str, visit: Visit) -> None:
        text = page.locator("body").inner_text()
        if ENGLISH_LEFT.search(text):
            self.wrong.append(f"{where}: something of the workshop is on the page: {ENGLISH_LEFT.search(text)[0]}")
        if visit.name.endswith("-empty"):
            for recorded in page.locator("[translate=no]").all_inner_texts():
                text = text.replace(recorded, "")
            self.wrong += [f"{where}: not in this language: {word}" for word in _foreign(text, language, visit.person)]
        shown = page.locator("html").get_attribute("lang")
        if shown.lower() != language:
            self.wrong.append(f"{where}: says that it is in {shown}")


def _ways(visit: Visit):
    """Wide and light in the first language, narrow and dark in the others. What an empty house shows are the product's and the
    policy's own words, so there they must all be in the reader's language."""
    wide, english, traditional = ("zh-hans", WIDE, "light"), ("en", PHONE, "dark"), ("zh-hant", PHONE, "light")
    if visit.name.endswith("-empty"):
        return [english, traditional]
    return [wide, english] if visit.then else [wide, english, traditional]


def _foreign(text: str, language: str, person: str) -> list[str]:
    """The words of another language or script, but for names and for what the languages are called in themselves."""
    directory = directory_of(person.partition(".")[0])
    names = [directory.text.zh, *(p.text.zh for p in directory.people.values())]
    names += [unit.text.zh for unit in directory.units.values() if not unit.under]
    for name in (*names, "简体中文", "繁體中文", "闻过", *(name[:1] for name in names)):
        text = text.replace(name, "")
    words = dict.fromkeys(CHINESE.findall(text))
    return [word for word in words if language == "en" or in_traditional(word) != word]
