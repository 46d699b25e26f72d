"""Corrective actions: what is to be decided, in hand, to be verified, done; and what came again after it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from redress.cases.queries.gathered import MOST_AGAIN, again, done_since, to_be_done
from redress.policy.engine.chains import awaits_approval, chain_of, last_ones
from redress.web.access import Member, member_only
from redress.web.gathering import Item, fields_of, items_of, recorded
from redress.web.page import page
from redress.web.plain_words import names
from redress.web.units import units_in_reach

MOST = 120
DAYS = (90, 365)
"""How far back what was done is shown: first the shorter, then the longer."""


@dataclass(frozen=True)
class Card:
    """An action where it now stands. ``history``: what was written down on the way; ``again``: cases alike since it was done."""

    item: Item
    column: str
    history: tuple[tuple[str, str], ...]
    again: tuple[tuple[UUID, str], ...] = ()

    @property
    def many(self) -> bool:
        return len(self.again) >= MOST_AGAIN


@member_only
def corrections(request: HttpRequest, member: Member) -> HttpResponse:
    """The board, or the same as a table."""
    asked = {name: request.GET.get(name, "") for name in ("unit", "person", "late", "column", "view", "days")}
    unit = asked["unit"] if asked["unit"] in member.directory.units else ""
    person = member.person if asked["person"] == "me" else asked["person"]
    days = DAYS[1] if asked["days"] == str(DAYS[1]) else DAYS[0]
    live = to_be_done(member.desk, "correction", unit, person, MOST)
    done = done_since(member.desk, "correction", member.now - timedelta(days=days), unit, person, MOST)
    cards = _cards(member, items_of(member, [*live, *done], "corrections"))
    people = _people(member, cards)
    if asked["late"]:
        cards = [card for card in cards if card.item.late or (card.column == "done" and card.item.state.late_by)]
    columns = [(id, name, what, [card for card in cards if card.column == id]) for id, name, what in _columns()]
    shown = [column for column in columns if asked["column"] in ("", column[0])]
    return page(
        request,
        "web/corrections.html",
        member,
        asked=asked,
        keep=urlencode({name: value for name, value in asked.items() if value and name != "column"}),
        columns=columns,
        shown=shown,
        table=asked["view"] == "table",
        days=days,
        longer=DAYS[1],
        total=len(cards),
        late=sum(card.item.late for card in cards),
        again=sum(bool(card.again) for card in cards),
        cut=len(live) >= MOST or len(done) >= MOST,
        narrowed=any(asked[name] for name in ("unit", "person", "late", "column")),
        units=units_in_reach(member),
        people=people,
        in_policy=bool(chain_of(member.pack, "correction")),
    )


def _columns() -> tuple[tuple[str, str, str], ...]:
    return (
        ("decide", _("待定措施"), _("还没有定下怎么改")),
        ("do", _("落实中"), _("正在改，或等着改")),
        ("verify", _("待验证"), _("改完了，等着看成效或批准")),
        ("done", _("已完成"), _("做完并留有记录")),
    )


def _cards(member: Member, items: list[Item]) -> list[Card]:
    """One card per chain of a case: the action at which it now stands."""
    found: list[Card] = []
    for item in items:
        if item.state in last_ones(item.pack, item.file.case, "correction"):
            found.append(Card(item, _column(item), tuple(_history(item))))
    return _with_again(member, found)


def _column(item: Item) -> str:
    if item.state.live:
        return chain_of(item.pack, "correction")[item.row.rule].step
    return "verify" if awaits_approval(item.file.case, item.state) else "done"


def _history(item: Item) -> Any:
    """What was written down with this action and those of its kind before it on the case."""
    mine = [
        rule
        for rule in chain_of(item.pack, "correction")
        if any(d.rule == rule for d in item.file.case.duties.values())
    ]
    fields = dict.fromkeys(field for rule in mine for field in fields_of(item.pack, rule))
    return recorded(item.file, fields)


def _with_again(member: Member, cards: list[Card]) -> list[Card]:
    done = [
        (
            card.item.row.case_id,
            card.item.row.key,
            card.item.row.case_unit,
            card.item.row.category,
            card.item.state.met_at,
        )
        for card in cards
        if card.column == "done" and card.item.state.met_at is not None and card.item.row.category
    ]
    found = again(member.desk, done)
    return [
        Card(card.item, card.column, card.history, tuple(found.get((card.item.row.case_id, card.item.row.key), ())))
        for card in cards
    ]


def _people(member: Member, cards: list[Card]) -> list[tuple[str, str]]:
    """Those whom an action on the board names, but for the reader."""
    found = {card.item.state.person or card.item.state.met_by for card in cards} - {"", member.person}
    return sorted(((one, member.directory.person_text(one).of(names.language())) for one in found), key=lambda p: p[1])
