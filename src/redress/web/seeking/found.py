"""Everything a search finds for one reader, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from redress.cases.queries import Filters, QueueRow, by_id, earlier, numbered, queue
from redress.cases.queries.earlier import WHOLE_NUMBER
from redress.cases.queries.states import cases_of
from redress.people import packs
from redress.policy.engine.case import Case
from redress.policy.pack import Pack
from redress.web.access import Member, open_case
from redress.web.case_sheet import title_of
from redress.web.forms.shown import masked, shown
from redress.web.plain_words import names

from . import house
from .asked import Asked
from .house import Line
from .marking import holds_any, marked, plain

CASES = 10
LONGEST = 80


@dataclass(frozen=True)
class CaseHit:
    """A case the reader may see. ``beside`` says where else a word was found: (field, its words or their mask, masked)."""

    row: QueueRow
    pack: Pack
    number: SafeString
    title: SafeString
    customer: str
    beside: tuple[tuple[str, SafeString | str, bool], ...]


@dataclass
class Group:
    """Hits of one sort; ``more`` says how many are not shown."""

    words: str | Promise
    icon: str
    lines: list[Line]
    more: int = 0


@dataclass
class Found:
    """``exact`` bears the number that was typed; ``elsewhere``: (number, unit) of one that is outside the reader's reach."""

    asked: Asked
    exact: list[CaseHit] = field(default_factory=list)
    elsewhere: list[tuple[str, str]] = field(default_factory=list)
    cases: list[CaseHit] = field(default_factory=list)
    more: bool = False
    groups: list[Group] = field(default_factory=list)

    @property
    def all_cases(self) -> str:
        """Where the list of cases goes on with the same words."""
        return f"{reverse('queue')}?{urlencode({'q': self.asked.ways[0]})}"

    @property
    def count(self) -> int:
        shown = len(self.exact) + len(self.elsewhere) + len(self.cases)
        return shown + sum(len(group.lines) for group in self.groups)


def seek(member: Member, typed: str, mentions: bool = False) -> Found:
    """What is found; where a case bears the very number, others that mention it are looked for only on request."""
    asked = Asked.of(typed)
    found = Found(asked)
    if not asked.pieces:
        return found
    found.exact = _hits(member, _exact(member, found), asked)
    if mentions or not found.exact:
        known = {hit.row.case_id for hit in found.exact}
        found.cases = _hits(member, [row for row in _rows(member, found) if row.case_id not in known], asked)
    found.groups = [group for group in _groups(member, asked) if group.lines]
    return found


def _exact(member: Member, found: Found) -> list[QueueRow]:
    """The cases with this number; of one outside the reader's reach it is only said that it exists, and whose it is."""
    exact = []
    for row in numbered(member.desk, found.asked.text):
        if open_case(member, str(row.case_id)):
            exact.append(row)
        else:
            found.elsewhere.append((row.number, names.said(member.directory.unit_text(row.unit))))
    return exact


def _rows(member: Member, found: Found) -> list[QueueRow]:
    """The cases of whoever has this telephone number, else those in which the words occur."""
    asked = found.asked
    callers = earlier(member.desk, asked.phone, "", CASES) if asked.phone else []
    rows = by_id(member.desk, [caller.case_id for caller in callers])
    if len(asked.phone) >= WHOLE_NUMBER and rows:
        return rows
    for text in asked.ways:
        page = queue(member.desk, Filters(kind="", text=text), None, CASES, whole_number=False)
        found.more = page.older is not None
        if page.rows:
            return [*rows, *(row for row in page.rows if row not in rows)]
    return rows


def _hits(member: Member, rows: Sequence[QueueRow], asked: Asked) -> list[CaseHit]:
    cases = cases_of(member.organisation, [row.case_id for row in rows]) if rows else {}
    return [_hit(member, row, cases[row.case_id], asked) for row in rows if row.case_id in cases]


def _hit(member: Member, row: QueueRow, case: Case, asked: Asked) -> CaseHit:
    pack = packs.pinned(row.pack_hash)
    title = title_of(pack, case) or row.number
    return CaseHit(
        row,
        pack,
        marked(row.number, asked.pieces),
        marked(title, asked.pieces, LONGEST),
        masked(row.customer) if row.customer else "",
        tuple(_beside(member, pack, case, title, asked))[:2],
    )


def _beside(
    member: Member, pack: Pack, case: Case, title: str, asked: Asked
) -> list[tuple[str, SafeString | str, bool]]:
    """The fields in which a word stands that the title does not show; personal ones keep their mask."""
    found: list[tuple[str, SafeString | str, bool]] = []
    for name, value in case.fields.items():
        rule = pack.fields.get(name)
        words = _recorded(rule, value) if value not in (None, "", []) else ""
        if not words or words == title or not holds_any(words, asked.pieces):
            continue
        if rule is not None and (rule.personal or rule.confidential):
            found.append((names.field(pack, name), masked(value), True))
        elif not all(piece in plain(title) for piece in asked.pieces):
            text = shown(rule, value, member.directory, member.zone, names.language())
            found.append((names.field(pack, name), marked(text, asked.pieces, LONGEST), False))
    return found


def _recorded(rule: Any, value: Any) -> str:
    """A value as it can be found."""
    if rule is not None and rule.type in ("choice", "choices"):
        items = value if isinstance(value, (list, tuple)) else [value]
        return " ".join(option.text.zh for option in rule.options if option.id in items)
    digits = "".join(filter(str.isdigit, str(value))) if rule is not None and rule.type == "phone" else ""
    return f"{value} {digits}" if digits and digits != value else str(value)


def _groups(member: Member, asked: Asked) -> list[Group]:
    """What is found outside the cases; a telephone number is in none of it."""
    if asked.phone and len(asked.phone) > 4:
        return []
    sorts = [
        Group(_("页面"), "next", house.places(member, asked)),
        Group(_("人员"), "person", house.people(member, asked)),
        Group(_("单位"), "board", house.units(member, asked)),
        Group(_("条款"), "policy", house.clauses(member, asked)),
        Group(_("指引"), "guidance", house.guidance(member, asked)),
    ]
    for group in sorts:
        group.more = max(0, len(group.lines) - house.MOST)
        group.lines = group.lines[: house.MOST]
    return sorts
