"""What a page costs whoever opens it for the first time: bytes, jumps while it loads, the wait until it answers, queries.

A real Chromium without a cache before the real server, in a house full of life (tests/tour). Reported, not asserted.
"""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from .arena import PASSWORD, Arena, found_house
from .figures import Figure, at_most
from .pages import counted
from .visitors import Visitors

PART = "budget"
KILOBYTES, MILLISECONDS = 100, 200
TIMES = 5
"""So often each page is asked for to know the server's part."""
_WATCH = """
    window.shifted = 0;
    new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value; })
        .observe({ type: "layout-shift", buffered: true });
"""
# Scripts are modules: they have run when the content is said to be loaded, and from then on a key or a tap is answered.
_READ = """() => {
    const told = performance.getEntriesByType("navigation")[0];
    return [window.shifted, told.domContentLoadedEventEnd - told.responseStart];
}"""


@dataclass(frozen=True)
class Cost:
    """Kilobytes without pictures, layout shift, milliseconds from the first byte to interactive, queries, server's milliseconds."""

    page: str
    kilobytes: float
    requests: int
    shift: float
    interactive: float
    queries: int
    server: float


def measure(arena: Arena) -> Iterator[Figure]:
    """The worst of each, after a table of all pages."""
    from tests.tour.visits import furnish, visits

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        print("no Chromium: the budget of the pages is not measured (make test installs it)")
        return
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    furnish(lambda pack, at: _found(arena, pack, at), now)
    looked_at = [visit for visit in visits(now) if visit.person and visit.then is None]
    with Visitors(arena, 1) as server:
        costs = list(_costs(program, f"http://localhost:{server.port}", looked_at))
    print(table(costs))
    yield from _worst(costs)


def table(costs: list[Cost]) -> str:
    """All pages, the heaviest first."""
    lines = [
        f"{'page':24} {'KB':>7} {'requests':>8} {'shift':>7} {'interactive ms':>14} {'queries':>7} {'server ms':>9}"
    ]
    for cost in sorted(costs, key=lambda cost: -cost.kilobytes):
        lines.append(
            f"{cost.page:24} {cost.kilobytes:7.1f} {cost.requests:8} {cost.shift:7.4f} {cost.interactive:14.0f} {cost.queries:7} {cost.server:9.1f}"
        )
    return "\n".join(lines)


def _worst(costs: list[Cost]) -> Iterator[Figure]:
    heavy = max(costs, key=lambda cost: cost.kilobytes)
    yield Figure(PART, f"heaviest page, first view without pictures ({heavy.page})", heavy.kilobytes, "KB",
                 **at_most(heavy.kilobytes, KILOBYTES, f"< {KILOBYTES} KB"))  # type: ignore[arg-type]  # fmt: skip
    restless = max(costs, key=lambda cost: cost.shift)
    yield Figure(
        PART, f"largest layout shift ({restless.page})", restless.shift, "", **at_most(restless.shift, 0, "none")
    )  # type: ignore[arg-type]
    slow = max(costs, key=lambda cost: cost.interactive)
    yield Figure(PART, f"longest from the first byte to interactive ({slow.page})", slow.interactive, "ms",
                 **at_most(slow.interactive, MILLISECONDS, f"< {MILLISECONDS} ms"))  # type: ignore[arg-type]  # fmt: skip
    asking = max(costs, key=lambda cost: cost.queries)
    yield Figure(PART, f"most queries ({asking.page})", asking.queries, "queries")
    yield Figure(PART, "median of the pages, transferred", statistics.median(cost.kilobytes for cost in costs), "KB")
    yield Figure(PART, "median of the pages, interactive", statistics.median(cost.interactive for cost in costs), "ms")


def _costs(program: str, address: str, looked_at: list[Any]) -> Iterator[Cost]:
    from playwright.sync_api import sync_playwright
    from tests.journeys.conftest import FLAGS

    queries = {visit: _server(visit) for visit in looked_at}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=FLAGS)
        signed_in: dict[str, Any] = {}
        for visit in looked_at:
            if visit.person not in signed_in:
                signed_in[visit.person] = _sign_in(browser, address, visit.person)
            kilobytes, requests, shift, interactive = _first_view(signed_in[visit.person], address + visit.address)
            yield Cost(visit.name, kilobytes, requests, shift, interactive, *queries[visit])
        browser.close()


def _sign_in(browser: Any, address: str, person: str) -> Any:
    page = browser.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN").new_page()
    page.add_init_script(_WATCH)
    page.goto(address + "/sign-in")
    page.fill("#id_username", person)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(address + "/")
    return page


def _first_view(page: Any, address: str) -> tuple[float, int, float, float]:
    talk = page.context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    talk.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    talk.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    talk.send("Network.enable")
    talk.send("Network.clearBrowserCache")
    page.goto(address, wait_until="networkidle")
    shift, interactive = page.evaluate(_READ)
    talk.detach()
    counted_in = [size for request, size in sizes.items() if kinds.get(request) not in ("Image", "EventSource")]
    return sum(counted_in) / 1000, len(sizes), shift, interactive


def _server(visit: Any) -> tuple[int, float]:
    """(queries, median milliseconds) of the page, asked for in this process."""
    from urllib.parse import quote

    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.get(username=visit.person))
    address = quote(visit.address, safe="/?=&-")
    client.get(address)
    client.get(address)
    with counted() as count:
        client.get(address)
    spent = []
    for _ in range(TIMES):
        started = time.perf_counter()
        client.get(address)
        spent.append((time.perf_counter() - started) * 1000)
    return count[0], statistics.median(spent)


def _found(arena: Arena, pack: str, at: datetime) -> None:
    found_house(arena.pack.parent / pack, pack, at)
