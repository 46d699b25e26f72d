"""The steps up to the founding: organisation and policy, units, people. They fill a draft; nobody works in it yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.people import founding_drafts
from redress.people.models import FoundingDraft
from redress.people.packs import offered
from redress.policy.pack import Pack
from redress.web.clock import now
from redress.web.first_run import people_sheet, units_sheet
from redress.web.page import go
from redress.web.plain_words import names
from redress.web.set_up.kinds import kind_words

from .progress import next_step, pack_of, step_page


def organisation(request: HttpRequest, draft: FoundingDraft) -> HttpResponse:
    """The name of the organisation and the policy it lives by."""
    packs = offered()
    wrong: dict[str, str] = {}
    if request.method == "POST":
        zh, pack = request.POST.get("zh", "").strip(), request.POST.get("pack", "")
        if not zh:
            wrong["zh"] = _("请写机构名称")
        if pack not in {head.pack for head in packs}:
            wrong["pack"] = _("请选一份制度")
        if not wrong:
            written: dict[str, Any] = {"zh": zh, "en": request.POST.get("en", "").strip(), "pack": pack}
            if pack != draft.data.get("pack"):
                written["people"] = []  # their roles were another policy's
            founding_drafts.keep(draft, **written)
            return go(request, reverse("first-run-step", args=["units"]))
    return step_page(request, "organisation", draft, wrong, packs=packs, posted=request.POST)


def units(request: HttpRequest, draft: FoundingDraft) -> HttpResponse:
    """The tree of its units, from a table."""
    pack = pack_of(draft)
    if request.method == "POST":
        rows, sheet = units_sheet.read_units(pack, request.FILES.get("file"), request.POST.get("pasted", ""))
        if not sheet.mistakes:
            founding_drafts.keep(draft, units=rows)
            return go(request, reverse("first-run-step", args=["units"]))
        return step_page(
            request, "units", draft, {"sheet": sheet}, pack=pack, tree=[], pasted=request.POST.get("pasted", "")
        )
    return step_page(
        request, "units", draft, {}, pack=pack, tree=_tree(draft.data.get("units", [])), kinds=_kinds_wanted(pack)
    )


def people(request: HttpRequest, draft: FoundingDraft) -> HttpResponse:
    """Its people and their seats, from a table; then the organisation is founded."""
    pack, units = pack_of(draft), draft.data["units"]
    if request.method == "POST" and request.POST.get("do") == "found":
        if "people" not in draft.data:
            founding_drafts.keep(draft, people=[])
        today = now(request).astimezone(pack.zone()).date()
        founding_drafts.make_real(draft, now(request), today)
        draft.refresh_from_db()
        return go(request, reverse("first-run-step", args=[next_step(draft)]))
    if request.method == "POST":
        rows, sheet = people_sheet.read_people(pack, units, request.FILES.get("file"), request.POST.get("pasted", ""))
        if not sheet.mistakes:
            founding_drafts.keep(draft, people=rows)
            return go(request, reverse("first-run-step", args=["people"]))
        return step_page(request, "people", draft, {"sheet": sheet}, pack=pack, pasted=request.POST.get("pasted", ""))
    people = founding_drafts.with_administrator(draft.data) if draft.data.get("people") else []
    return step_page(
        request, "people", draft, {}, pack=pack, rows=[{**row, "seats_in_words": _seats(pack, row)} for row in people],
        vacant=_vacant(pack, units, people) if people else [], roles=[r for r in pack.roles.values() if r.found == "seat"],
    )  # fmt: skip


def _tree(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    depth: dict[str, int] = {}
    for row in rows:
        depth[row["zh"]] = depth[row["under"]] + 1 if row["under"] else 0
    return [{**row, "depth": min(depth[row["zh"]], 6), "kind_words": kind_words(row["kind"])} for row in rows]


def _kinds_wanted(pack: Pack) -> list[tuple[str, str, list[str]]]:
    """Which kinds the posts of the policy ask for: (id, words, the roles to fill there)."""
    wanted: dict[str, list[str]] = {}
    for post in pack.posts:
        for kind in post.unit_kinds:
            wanted.setdefault(kind, []).append(names.role(pack, post.role))
    return [(kind, kind_words(kind), roles) for kind, roles in wanted.items()]


def _seats(pack: Pack, row: dict[str, Any]) -> list[str]:
    return [f"{names.role(pack, role)} · {unit}" for role, unit in row["seats"]]


def _vacant(pack: Pack, units: list[dict[str, str]], people: list[dict[str, Any]]) -> list[str]:
    """Posts that these people would leave empty: role and unit, in words."""
    above = {row["zh"]: row["under"] for row in units}
    held = {(role, unit) for row in people for role, unit in row["seats"]}

    def filled(role: str, unit: str) -> bool:
        while unit:
            if (role, unit) in held:
                return True
            unit = above[unit]
        return False

    return [
        f"{names.role(pack, post.role)} · {row['zh']}"
        for post in pack.posts
        for row in units
        if (not post.unit_kinds or row["kind"] in post.unit_kinds) and not filled(post.role, row["zh"])
    ]
