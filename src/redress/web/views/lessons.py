"""Lessons: cases written up for others, searched and read; and which closed case could be written up."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from redress.cases.queries import lessons as queries
from redress.cases.queries.lessons import Asked, LessonRow, Place
from redress.cases.queries.states import cases_of
from redress.cases.store.lessons import lessons_of
from redress.people import packs
from redress.policy.engine.standing_of import may_read
from redress.web.access import Member, forbidden, member_only
from redress.web.case_sheet import act_address
from redress.web.given import whole_number
from redress.web.page import page
from redress.web.paging import place_in, written_place
from redress.web.plain_words import names

ROWS = 30
YEARS = 6


@member_only
def lessons(request: HttpRequest, member: Member) -> HttpResponse:
    """The list, the latest first; ``after`` goes on from where the page before ended."""
    given = {
        name: request.GET.get(name, "").replace("\0", "")[:200] for name in ("q", "category", "level", "unit", "year")
    }
    asked = _asked(member, given)
    place = place_in(request.GET.get("after", ""))
    found = queries.lessons(member.desk, asked, Place(*place) if place else None, ROWS + 1)
    act = next((act for act in member.pack.acts.values() if act.work == "lesson"), None)
    closed = queries.to_write_up(member.desk) if act else []
    return page(
        request,
        "web/lessons.html",
        member,
        asked=given,
        rows=[(row, packs.pinned(row.pack_hash), _first_sentence(row.title)) for row in found[:ROWS]],
        older=_older(given, found[ROWS - 1]) if len(found) > ROWS else "",
        later=bool(request.GET.get("after")),
        narrowed=any(given.values()),
        categories=_options(member, "category"),
        levels=_options(member, "level"),
        units=[(unit.slug, unit.text.of(names.language())) for unit in member.directory.units.values()],
        years=[(str(year), str(year)) for year in range(member.today.year, member.today.year - YEARS, -1)],
        closed=[(case, act_address(case.case_id, act.id, "", "lessons")) for case in closed] if act else [],
        demanded=any(duty.work == "lesson" for duty in member.pack.duties.values()),
    )


@member_only
def lesson(request: HttpRequest, member: Member, case_id: UUID, key: str) -> HttpResponse:
    """One lesson to read: the texts as they were written, with nobody's name in them."""
    row = queries.lesson(member.desk, case_id, key)
    case = cases_of(member.organisation, [case_id]).get(case_id) if row else None
    pack = packs.pinned(row.pack_hash) if row else None
    found = next((one for one in lessons_of(pack, case) if one.key == key), None) if pack and case else None
    if row is None or pack is None or case is None or found is None:
        return forbidden(request, member)
    rule = pack.duties.get(found.rule) or pack.acts.get(found.rule)
    return page(
        request,
        "web/lesson.html",
        member,
        row=row,
        pack=pack,
        parts=[(names.field(pack, name), text) for name, text in found.texts],
        title=_first_sentence(row.title),
        what=names.said(rule.text) if rule else "",
        clauses=rule.clauses if rule else (),
        readable=may_read(pack, case, member.actor, member.desk.world),
        number=next(iter(case.numbers.values()), ""),
        case_id=case_id,
    )


def _first_sentence(text: str) -> str:
    """What a lesson is called: its first sentence, or as much as goes in a heading."""
    ends = [place for mark in "。！？；\n" if (place := text.find(mark)) > 0]
    return text[: min([*ends, 60])].strip()


def _asked(member: Member, given: dict[str, str]) -> Asked:
    unit = given["unit"] if given["unit"] in member.directory.units else ""
    year = whole_number(given["year"], 0) if len(given["year"]) == 4 else 0
    since = datetime(year, 1, 1, tzinfo=member.zone) if year else None
    until = datetime(year + 1, 1, 1, tzinfo=member.zone) if 0 < year < 9999 else None
    return Asked(given["q"], given["category"], given["level"], unit, since if until else None, until)


def _options(member: Member, field: str) -> list[tuple[str, str]]:
    rule = member.pack.fields.get(field)
    return [(option.id, option.text.of(names.language())) for option in rule.options] if rule else []


def _older(given: dict[str, str], last: LessonRow) -> str:
    kept = {name: value for name, value in given.items() if value}
    return "?" + urlencode({**kept, "after": written_place(last.at, last.case_id, last.key)})
