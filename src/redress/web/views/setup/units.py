"""The tree of units: add, rename, move, retire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.people.changes import Hand, units
from redress.web.access import Member
from redress.web.plain_words.names import language
from redress.web.set_up.kinds import kind_words, kinds_known

from .admitted import administrators_only, answer


@administrators_only
def tree(request: HttpRequest, member: Member) -> HttpResponse:
    """The tree, and the form of the unit chosen (``?unit=``), or of a new one."""
    here = reverse("setup-units")
    chosen = request.GET.get("unit", "")
    chosen = chosen if chosen in member.directory.units else ""
    return answer(
        request,
        member,
        "web/setup/units.html",
        CHANGES,
        lambda: _shown(member, chosen),
        lambda: f"{here}?unit={chosen}" if chosen and request.POST["do"] not in ("retire", "back") else here,
        {"retire": _("已停用，不再受理新案件。"), "back": _("已恢复。")},
    )


def _shown(member: Member, chosen: str) -> dict[str, Any]:
    directory = member.directory
    return {
        "rows": list(rows(member)),
        "retired": [unit for unit in directory.units.values() if not unit.active],
        "chosen": directory.units.get(chosen),
        "places": [
            (unit.slug, "　" * depth + unit.text.of(language()))
            for unit, depth in in_order(member)
            if chosen not in directory.lineage(unit.slug)
        ],
        "kinds": [(kind, kind_words(kind)) for kind in kinds_known(member.pack, directory)],
        "top": member.top,
    }


def in_order(member: Member) -> Iterator[tuple[Any, int]]:
    """The open units with their depth, each below the one above it."""
    below: dict[str, list[Any]] = {}
    for unit in member.directory.open_units:
        below.setdefault(unit.under, []).append(unit)
    waiting = [(unit, 0) for unit in reversed(below.get("", []))]
    while waiting:
        unit, depth = waiting.pop()
        yield unit, depth
        waiting += [(child, depth + 1) for child in reversed(below.get(unit.slug, []))]


def rows(member: Member) -> Iterator[dict[str, Any]]:
    seated: dict[str, set[str]] = {}
    for held in member.directory.held:
        if held.on(member.today) and member.directory.people[held.person].active:
            seated.setdefault(held.unit, set()).add(held.person)
    for unit, depth in in_order(member):
        yield {
            "unit": unit, "depth": min(depth, 6), "kind": kind_words(unit.kind), "people": len(seated.get(unit.slug, ())),
        }  # fmt: skip


def _add(hand: Hand, form: Any) -> None:
    units.add(hand, form.get("zh", ""), form.get("en", ""), form.get("kind", ""), form.get("under", ""))


def _change(hand: Hand, form: Any) -> None:
    slug = form.get("unit", "")
    units.change(hand, slug, form.get("zh", ""), form.get("en", ""), form.get("kind", ""))
    under = form.get("under", "")
    if under:
        units.move(hand, slug, under)


CHANGES = {
    "add": _add,
    "change": _change,
    "retire": lambda hand, form: units.retire(hand, form.get("unit", "")),
    "back": lambda hand, form: units.bring_back(hand, form.get("unit", "")),
}
