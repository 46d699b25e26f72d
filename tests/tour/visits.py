"""Who visits which page, and in which state it is seen.

A place of the navigation is visited by itself as soon as it exists. What has an address of its own below a place stands here;
``NO_PAGES`` names the addresses that are no pages. A test holds that every address of the product is one or the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page

from redress.cases import case_file
from redress.cases.models import CaseDuty, CaseEvent, CaseLesson, CaseRecord, LedgerLine
from redress.cases.queries import glance
from redress.people import packs
from redress.people.directory import directory_of

from .earlier_version import keep_an_earlier_version
from .stories import lived_through

NOW = datetime(2026, 3, 18, 10, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
FULL, STRICT, EMPTY = "mall", "auto-service", "law-firm"
"""A house full of life, one whose policy fines, and one of its first day."""
HEAD, DESK, TOP = "mall.hou", "mall.mei", "mall.qin"
NEWCOMER = "law-firm"
NO_PAGES = {
    "sign-out", "appearance", "work-list", "pulse", "queue-export", "draft", "approval", "reveal", "file", "file-thumb", "uploads",
    "held-thumb", "notices", "sandbox-act", "sandbox-vote", "sandbox-clock", "sandbox-story", "sandbox-follow", "sandbox-undo",
    "sandbox-copy", "set_language", "health", "case-story", "case-news", "case-files", "file-withdrawal",
    "case-custody", "first-run-step", "first-run-table", "drill-act", "drill-draft", "drill-vote", "drill-clock", "drill-end",
    "desk-calls", "desk-earlier", "desk-hints", "callback-try", "callback-telephone", "ledger-table",
    "rounds-missed", "rounds-missed-undo", "policy-replay",
}  # fmt: skip
"""Fragments, downloads, and what is only ever posted to."""
PAGES_BELOW = {
    "account_login",
    "case",
    "case-proof",
    "act",
    "book",
    "document",
    "receipt",
    "setup-person",
    "sandbox",
    "sandbox-compare",
    "playbook",
    "drill",
    "policy-role",
    "policy-clause",
    "ledger-line",
    "lesson",
}
"""Pages whose address has a part to fill in, and the sign-in, which nobody signed in sees."""
BY_LINK = {
    "invitation", "openid_connect_login", "openid_connect_callback", "mfa_authenticate", "socialaccount_login_cancelled",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn",
}  # fmt: skip
"""Pages that only a secret link, a second factor or another house's answer opens; the tests of signing in look at them."""
ELSEWHERE = {"first-run"}
"""Pages of an installation that nobody lives in yet: the walk through the first run looks at them."""
COMPARING = ("policy-difference", "policy-behaviour")
"""Places that are shown with two versions to compare."""


@dataclass(frozen=True)
class Visit:
    """``address`` as ``person`` sees it ("" for somebody not signed in), after ``then`` has been done to the page."""

    name: str
    person: str
    address: str
    page: str = ""
    then: Callable[[Page], None] | None = None


def furnish(found: Callable[[str, datetime], None], now: datetime = NOW) -> None:
    """Founds the houses as of ``now``; ``found`` makes the organisation of a pack."""
    keep_an_earlier_version(FULL)
    for house in (FULL, STRICT):
        found(house, now - timedelta(days=14))
        lived_through(house, now)
    found(EMPTY, now - timedelta(days=1))


def visits(now: datetime = NOW) -> Iterator[Visit]:
    """All of them, person by person, so that nobody signs in twice."""
    yield Visit("sign-in", "", "/sign-in", "account_login")
    yield Visit("sign-in-wrong", "", "/sign-in", "account_login", _wrong_password)
    for person in (HEAD, DESK, TOP):
        yield from _of(person, now)
    yield from _of_the_strict_house(now)
    newcomer = _top_of(EMPTY)
    yield from (Visit(f"{name}-empty", newcomer, address, name) for name, address in _open_to(newcomer))


def _of(person: str, now: datetime) -> Iterator[Visit]:
    """What one of the full house is shown: the places their work takes them to."""
    all_places = dict(_open_to(person))
    case = _fullest_case(person, now)
    if person == HEAD:
        yield from (
            Visit(name, person, address, name) for name, address in all_places.items() if not name.startswith("setup")
        )
        yield Visit("case", person, f"/cases/{case}", "case")
        yield Visit("case-form", person, f"/cases/{case}", "case", _open_a_form)
        yield Visit("queue-nothing", person, "/cases?q=鲲鹏展翅", "queue")
        yield Visit("search-found", person, "/search?q=电", "search")
        yield Visit("search-nothing", person, "/search?q=鲲鹏展翅", "search")
        yield Visit("work-form", person, "/", "work", _open_a_form)
        yield Visit("callbacks-call", person, "/callbacks", "callbacks", _take_a_call)
        yield Visit("forbidden", person, "/cases/00000000-0000-7000-8000-000000000000", "case")
        yield Visit("places", person, "/cases", "queue", _open_places)
        yield Visit("sandbox", person, "/playground", "sandbox", _start_a_sandbox)
        yield Visit("sandbox-compare", person, "/playground", "sandbox-compare", _try_a_step_later)
        yield Visit("drill", person, "/drills", "drill", _start_a_drill)
        yield Visit("drill-review", person, "/drills", "drill", _end_a_drill)
        yield from _below(person, case, now)
    elif person == DESK:
        yield Visit("desk", person, "/desk", "desk")
        yield Visit("desk-wrong", person, "/desk", "desk", _send_empty)
        yield Visit("desk-busy", person, "/desk", "desk", _tell_a_story)
        yield Visit("receipt", person, f"/cases/{case}/receipt", "receipt")
        yield Visit("work-desk", person, "/", "work")
        yield Visit("who", person, "/", "work", _open_menu)
    else:
        yield from (
            Visit(name, person, address, name) for name, address in all_places.items() if name.startswith("setup")
        )
        yield Visit("setup-person", person, "/setup/people/hou", "setup-person")


def _of_the_strict_house(now: datetime) -> Iterator[Visit]:
    """What the full house has none of: fines, and somebody who is asked to approve."""
    top = _top_of(STRICT)
    yield Visit("ledger-fines", top, "/ledger?period=all", "ledger")
    yield from _ledger_line(top, now)
    decides = next(
        (one for one in directory_of(STRICT).people if glance(case_file.desk(STRICT, one, now)).approvals), ""
    )
    if decides:
        yield Visit("approvals-waiting", f"{STRICT}.{decides}", "/approvals", "approvals")


def _below(person: str, case: str, now: datetime) -> Iterator[Visit]:
    """Pages below a place."""
    pack = packs.with_settings(FULL, {})
    act = next(iter(CaseDuty.objects.filter(case_id=case, live=True).values_list("rule", flat=True)), "")
    acts = [one for duty in (act,) if duty in pack.duties for one in pack.duties[duty].done_by] or list(pack.acts)
    yield Visit("act", person, f"/cases/{case}/acts/{acts[0]}", "act")
    yield Visit("policy-role", person, f"/policy/roles/{next(iter(pack.roles))}", "policy-role")
    yield Visit("policy-clause", person, f"/policy/clauses/{pack.source.clauses[0].id}", "policy-clause")
    yield from (Visit("book", person, f"/books/{book}", "book") for book in list(pack.books)[:1])
    yield from (
        Visit("playbook", person, f"/guidance/playbooks/{one.id}", "playbook") for one in pack.source.playbooks[:1]
    )
    for duty in CaseDuty.objects.filter(case_id=case, live=False, due__isnull=False)[:1]:
        yield Visit("case-proof", person, reverse("case-proof", args=[case, duty.key]), "case-proof")
    for lesson in CaseLesson.objects.filter(organisation=FULL).order_by("-at")[:1]:
        yield Visit("lesson", person, reverse("lesson", args=[lesson.case_id, lesson.key]), "lesson")
    newest, *_others, oldest = packs.versions_of(directory_of(FULL))
    for name in COMPARING:
        yield Visit(name, person, f"{reverse(name)}?old={oldest.hash}&new={newest.hash}", name)
    with_paper = _case_with_document(person, now)
    if with_paper:
        yield Visit("document", person, f"/cases/{with_paper[0]}/documents/{with_paper[1]}", "document")


def _ledger_line(person: str, now: datetime) -> Iterator[Visit]:
    readable = set(_readable(person, now))
    for line in LedgerLine.objects.filter(organisation=STRICT).values("case_id", "line"):
        if str(line["case_id"]) in readable:
            yield Visit(
                "ledger-line", person, reverse("ledger-line", args=[line["case_id"], line["line"]]), "ledger-line"
            )
            return


def _open_to(person: str) -> Iterator[tuple[str, str]]:
    """The places that the person may see: what is told to everybody else is told once, at ``forbidden``."""
    reader = Client(SERVER_NAME="localhost")
    reader.force_login(get_user_model().objects.get(username=person), backend=settings.AUTHENTICATION_BACKENDS[0])
    yield from ((name, address) for name, address in places() if reader.get(address).status_code != 403)


def places() -> Iterator[tuple[str, str]]:
    """Every address without a part to fill in, that is a page."""
    from redress.web.urls import urlpatterns

    for pattern in urlpatterns:
        name = pattern.name or ""
        if name in NO_PAGES | PAGES_BELOW | BY_LINK:
            continue
        try:
            yield name, reverse(name)
        except NoReverseMatch:
            continue


def _readable(person: str, now: datetime) -> Iterator[str]:
    """The open cases that the person may read, those with the most history first."""
    from django.db.models import Count

    organisation, _dot, slug = person.partition(".")
    most = CaseEvent.objects.filter(organisation=organisation).values("case_id").annotate(n=Count("seq")).order_by("-n")
    still = set(CaseRecord.objects.filter(organisation=organisation, is_open=True).values_list("id", flat=True))
    for row in most:
        if row["case_id"] in still:
            try:
                case_file.read(row["case_id"], slug, now)
            except case_file.Forbidden:
                continue
            yield str(row["case_id"])


def _fullest_case(person: str, now: datetime) -> str:
    return next(_readable(person, now))


def _case_with_document(person: str, now: datetime) -> tuple[str, str] | None:
    for case in _readable(person, now):
        papers = case_file.read(case, person.partition(".")[2], now).case.documents
        if papers:
            return case, next(iter(papers))
    return None


def _top_of(organisation: str) -> str:
    directory = directory_of(organisation)
    top = next(unit.slug for unit in directory.units.values() if not unit.under)
    return f"{organisation}.{next(held.person for held in directory.held if held.unit == top)}"


# --- states ---------------------------------------------------------------------------------------------------------


def _wrong_password(page: Page) -> None:
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "wrong")
    page.press("#id_password", "Enter")
    page.locator(".flash.error").wait_for()


def _tell_a_story(page: Page) -> None:
    """Words that suggest something, a call for help under way."""
    page.locator("#desk-form textarea").first.fill("客人在扶梯口滑倒摔伤，脚踝肿了")
    page.locator(".suggestion").first.wait_for()
    page.locator("[data-call]").last.click()
    page.locator(".dial").wait_for()


def _send_empty(page: Page) -> None:
    page.locator("form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true })")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(".foot .button.main").first.click()
    page.locator(".wrong, .flash").first.wait_for()


def _open_a_form(page: Page) -> None:
    link = page.locator('a.button[hx-get*="/acts/"]').first
    if link.count():
        link.click()
        page.locator(".slot form").first.wait_for()


def _take_a_call(page: Page) -> None:
    call = page.locator(".calling [data-call]").first
    if call.count():
        call.click()
        page.locator(".sheet-of-call").wait_for()


def _start_a_sandbox(page: Page) -> None:
    with page.expect_navigation():
        page.locator('main form[method="post"] button').first.click()


def _try_a_step_later(page: Page) -> None:
    _start_a_sandbox(page)
    for _ in range(3):  # the first steps of a story may be such that nobody could have taken them later
        if page.locator(".compare-link").count():
            break
        with page.expect_navigation():
            page.locator('form[action*="/story"] button').first.click()
    page.locator(".compare-link").first.click()
    page.locator(".compare").wait_for()


def _start_a_drill(page: Page) -> None:
    with page.expect_navigation():
        page.locator('main form[method="post"] button').first.click()


def _end_a_drill(page: Page) -> None:
    _start_a_drill(page)
    with page.expect_navigation():
        page.locator("form.ends button").click()


def _open_menu(page: Page) -> None:
    page.locator(".person").click()


def _open_places(page: Page) -> None:
    more = page.locator('[popovertarget="all-places"]')
    if more.is_visible():
        more.click()
