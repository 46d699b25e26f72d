"""The tree of units: added, renamed, moved, retired and brought back. Nothing is deleted: cases lie in it."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from ..models import Appointment, Unit
from .log import Hand, record
from .refused import NotPossible


@transaction.atomic
def add(hand: Hand, zh: str, en: str, kind: str, under: str) -> Unit:
    """A new unit under another."""
    zh = named(zh)
    if not kind:
        raise NotPossible("请选类别", "choose what sort of unit it is", "kind")
    parent = of(hand, under, "under")
    if not parent.active:
        raise NotPossible("上级单位已停用", "the unit above it is retired", "under")
    unit = Unit.objects.create(
        organisation_id=hand.organisation, slug=free_slug(hand.organisation, en), parent=parent, kind=kind, zh=zh, en=en
    )
    record(hand, "unit.added", unit.slug, None, {"zh": zh, "en": en, "kind": kind, "under": parent.slug})
    return unit


@transaction.atomic
def change(hand: Hand, slug: str, zh: str, en: str, kind: str) -> None:
    """Another name or kind."""
    unit = of(hand, slug)
    before = {"zh": unit.zh, "en": unit.en, "kind": unit.kind}
    unit.zh, unit.en, unit.kind = named(zh), en, kind or unit.kind
    unit.save(update_fields=["zh", "en", "kind"])
    record(hand, "unit.changed", slug, before, {"zh": unit.zh, "en": unit.en, "kind": unit.kind})


@transaction.atomic
def move(hand: Hand, slug: str, under: str) -> None:
    """To another place in the tree: never below itself, and the top stays the top."""
    unit, parent = of(hand, slug), of(hand, under, "under")
    if unit.parent is None:
        raise NotPossible("最上级单位不能移动", "the unit at the top cannot be moved", "under")
    above: Unit | None = parent
    while above is not None:
        if above.pk == unit.pk:
            raise NotPossible("不能移到自己或自己的下级之下", "a unit cannot be moved below itself", "under")
        above = above.parent
    before = {"under": unit.parent.slug}
    unit.parent = parent
    unit.save(update_fields=["parent"])
    record(hand, "unit.moved", slug, before, {"under": parent.slug})


@transaction.atomic
def retire(hand: Hand, slug: str) -> None:
    """It takes no new cases from now on; whoever holds a seat there, or any unit below it, must be seen to first."""
    unit = of(hand, slug)
    if unit.parent is None:
        raise NotPossible("最上级单位不能停用", "the unit at the top cannot be retired")
    below = unit.below.filter(active=True).values_list("zh", flat=True)
    if below:
        raise NotPossible(
            f"请先停用或移走下级单位：{'、'.join(below)}", f"first retire or move what is below: {', '.join(below)}"
        )
    held = Appointment.objects.filter(unit=unit, to_date__isnull=True).select_related("person")
    names = list(dict.fromkeys(seat.person.zh for seat in held))
    if names:
        raise NotPossible(
            f"请先免去或调走在此任职的人员：{'、'.join(names)}", f"first end the seats held here by: {', '.join(names)}"
        )
    unit.active = False
    unit.save(update_fields=["active"])
    record(hand, "unit.retired", slug, {"active": True}, {"active": False})


@transaction.atomic
def bring_back(hand: Hand, slug: str) -> None:
    """A retired unit takes cases again."""
    unit = of(hand, slug)
    if unit.parent is not None and not unit.parent.active:
        raise NotPossible("上级单位已停用，请先恢复上级", "the unit above it is retired: bring that back first")
    unit.active = True
    unit.save(update_fields=["active"])
    record(hand, "unit.back", slug, {"active": False}, {"active": True})


def of(hand: Hand, slug: str, field: str = "") -> Unit:
    """The unit of that id, held until the change is done."""
    unit = Unit.objects.select_for_update(of=("self",)).filter(organisation_id=hand.organisation, slug=slug).first()
    if unit is None:
        raise NotPossible("请选单位", "choose a unit", field)
    return unit


def named(zh: str) -> str:
    if not zh.strip():
        raise NotPossible("请写名称", "write the name", "zh")
    return zh.strip()


def free_slug(organisation: str, en: str) -> str:
    taken = set(Unit.objects.filter(organisation_id=organisation).values_list("slug", flat=True))
    return first_free(slugify(en)[:60], "unit", taken)


def first_free(wish: str, word: str, taken: set[str]) -> str:
    """An id that nobody has yet: as wished, else with a number."""
    if wish and wish not in taken:
        return wish
    stem, number = wish or word, 2 if wish else len(taken) + 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
