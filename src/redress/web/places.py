"""The places of the product, in the order in which the navigation names them, and who is shown which.

What is shown is a matter of convenience alone: every page asks for itself whether the reader may see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from redress.cases.queries import reach_of

from .access import Member


def _everybody(_member: Member) -> bool:
    return True


def _heads(member: Member) -> bool:
    """Whoever reads the cases of a unit, not only those they have a part in."""
    return bool(reach_of(member.pack, member.directory, member.actor).units)


POLICY_PAGES = (
    "policy-deadlines", "policy-ladders", "policy-authority", "policy-calendar", "policy-roles", "policy-role",
    "policy-clause", "policy-versions", "policy-difference", "policy-behaviour",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A page of the navigation. ``key`` is the digit that Alt goes there with; ``count`` the figure the pulse shows beside it.

    ``pages`` are the names of further addresses that belong to it; ``first`` places stand under the thumb on a phone.
    """

    name: str
    words: str | Promise
    key: str = ""
    count: str = ""
    pages: tuple[str, ...] = ()
    first: bool = False
    shown: Callable[[Member], bool] = _everybody

    @property
    def address(self) -> str:
        return reverse(self.name)

    def holds(self, page: str) -> bool:
        return page == self.name or page in self.pages


GROUPS: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    (
        _("办事"),
        (
            Place("work", _("我的待办"), "1", "work", first=True),
            Place("desk", _("登记"), "2", first=True),
            Place("queue", _("案件"), "3", pages=("case", "act", "approval", "document", "receipt"), first=True),
            Place("approvals", _("审批"), "4", "approvals", first=True),
            Place("callbacks", _("回访"), "5", "callbacks"),
            Place("rounds", _("例行"), "6"),
        ),
    ),
    (
        _("改进"),
        (
            Place("corrections", _("纠正预防"), "7"),
            Place("ledger", _("责任台账")),
            Place("lessons", _("案例"), pages=("lesson",)),
            Place("guidance", _("指引库"), "8", pages=("playbook",)),
            Place("drills", _("演练"), pages=("drill",)),
        ),
    ),
    (
        _("看全局"),
        (
            Place("board", _("单位看板"), "9", shown=_heads),
            Place("reports", _("报表")),
            Place("books", _("登记簿"), pages=("book",)),
            Place("policy", _("制度"), pages=POLICY_PAGES),
            Place("playground", _("推演"), pages=("sandbox",)),
            Place("setup", _("设置"), shown=lambda member: member.administers),
        ),
    ),
)


def groups_for(member: Member) -> Iterator[tuple[str | Promise, list[Place]]]:
    """The groups with the places that the member is shown."""
    for words, places in GROUPS:
        shown = [place for place in places if place.shown(member)]
        if shown:
            yield words, shown
