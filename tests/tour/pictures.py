"""Pictures of every page at three widths, light and dark, with one sheet to look them over. ``make screenshots`` runs this."""

from __future__ import annotations

import html
import os
from pathlib import Path

import pytest
from tests.journeys.conftest import browser, walk  # noqa: F401 - the fixtures of the walks
from tests.tour.visits import NOW, Visit, furnish, visits

FOLDER = Path(os.environ.get("SCREENSHOTS") or Path(__file__).resolve().parents[2] / "screenshots")
ONLY = os.environ.get("ONLY", "")
LANGUAGE = os.environ.get("IN", "zh-hans")
WIDTHS = {1440: 900, 1024: 768, 390: 844}
SCHEMES = ("light", "dark")
pytestmark = pytest.mark.journey


def test_pictures(walk):  # noqa: F811
    furnish(walk.found)
    walk.at(NOW)
    FOLDER.mkdir(parents=True, exist_ok=True)
    seen: list[Visit] = []
    for visit in visits():
        if ONLY in visit.name:
            _pictures_of(walk, visit)
            seen.append(visit)
    (FOLDER / "index.html").write_text(_sheet(seen), encoding="utf-8")
    print(f"\n{len(seen) * len(WIDTHS) * len(SCHEMES)} pictures: {FOLDER / 'index.html'}")


def _pictures_of(walk, visit: Visit) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    page = _page(walk, visit)
    page.context.add_cookies([{"name": "django_language", "value": LANGUAGE, "url": walk.address}])
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        walk.go(page, visit.address)
        if visit.then:
            visit.then(page)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            # What floats over a page is taken with the screen; a page is taken whole.
            page.screenshot(path=FOLDER / _file(visit, width, scheme), full_page=visit.name not in ("places", "who"))


def _page(walk, visit: Visit):  # type: ignore[no-untyped-def]  # noqa: F811
    if visit.person:
        return walk.person(visit.person)
    context = walk.contexts.setdefault("", walk.browser.new_context(locale="zh-CN"))
    return context.pages[0] if context.pages else context.new_page()


def _file(visit: Visit, width: int, scheme: str) -> str:
    return f"{visit.name}-{width}-{scheme}.png"


def _sheet(seen: list[Visit]) -> str:
    rows = []
    for visit in seen:
        shots = "".join(
            f'<a href="{_file(visit, w, s)}"><img loading="lazy" alt="{w} {s}" src="{_file(visit, w, s)}" style="width:{w // 5}px"></a>'
            for w in WIDTHS
            for s in SCHEMES
        )
        rows.append(f"<h2>{html.escape(visit.name)} <small>{html.escape(visit.address)}</small></h2><div>{shots}</div>")
    style = "body{font:14px system-ui;margin:2rem;background:#ddd}div{display:flex;gap:8px;align-items:start;flex-wrap:wrap}img{max-height:420px;object-fit:cover;object-position:top}small{font-weight:400;color:#555}"
    return f"<!doctype html><meta charset=utf-8><title>Redress</title><style>{style}</style>{''.join(rows)}"
