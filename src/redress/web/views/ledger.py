"""The ledger: fines, rewards and costs with the lines behind every sum; and one line with its appeal and the ruling on it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.cases import case_file
from redress.cases.case_file import Done, Forbidden, NoSuchCase, OpenFile, Stale
from redress.cases.queries import ledger as queries
from redress.cases.queries.ledger import Place
from redress.people.directory import NoSuchPerson
from redress.policy.engine.appeals import LINE, may, open_until
from redress.policy.engine.case import LedgerLine
from redress.policy.engine.commands import Perform
from redress.policy.engine.facts import Facts
from redress.policy.engine.standing_of import may_read
from redress.policy.implied import APPEALING
from redress.policy.language.acts import Act
from redress.web import case_sheet as sheet
from redress.web import ledger_sheet
from redress.web.access import Member, forbidden, member_only
from redress.web.asking import Asked, ask, typed
from redress.web.given import whole_number
from redress.web.ledger_table import workbook
from redress.web.page import go, in_place, page, say
from redress.web.paging import place_in, written_place
from redress.web.plain_words import names
from redress.web.story import story
from redress.web.units import units_in_reach
from redress.web.uploads import begun, gathered

ROWS = 60
MOST = 20_000
"""Lines that one spreadsheet holds; the page says so where there are more."""
KEPT = ("period", "by", "mine", *ledger_sheet.NARROWING)


@member_only
def ledger(request: HttpRequest, member: Member) -> HttpResponse:
    """The sums, grouped, and beneath them the lines they are made of."""
    asked, period, by = ledger_sheet.asked_for(request.GET, member)
    keep = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    sums = queries.sums(member.desk, asked, by)
    kinds, rows, totals = ledger_sheet.table(member, sums, by, asked, keep)
    place = place_in(request.GET.get("after", ""))
    found = queries.lines(member.desk, asked, Place(*place) if place else None, ROWS + 1)
    shown = found[:ROWS]
    return page(
        request,
        "web/ledger.html",
        member,
        asked=asked,
        period=period,
        by=by,
        keep=keep,
        kinds=[(kind, names.entry_kind(member.pack, kind)) for kind in kinds],
        rows=rows,
        totals=totals,
        count=sum(one.lines for one in sums),
        appealed=sum(one.lines for one in sums if one.status == "appealed"),
        waived=sum(one.lines for one in sums if one.status == "waived"),
        lines=[ledger_sheet.line_view(member, line) for line in shown],
        older=_older(keep, shown[-1]) if len(found) > ROWS else "",
        later=bool(request.GET.get("after")),
        narrowed=any(getattr(asked, name) for name in ledger_sheet.NARROWING) or asked.mine,
        periods=ledger_sheet.period_names(),
        groups=[(group, name, "?" + urlencode({**keep, "by": group})) for group, name in ledger_sheet.group_names()],
        states=ledger_sheet.state_names(),
        units=units_in_reach(member),
        chosen=_chosen(member, asked, keep),
        export=f"{reverse('ledger-table')}?{urlencode(keep)}",
        most=MOST,
    )


@member_only
def ledger_table(request: HttpRequest, member: Member) -> HttpResponse:
    """What the page shows, as a spreadsheet."""
    asked, _period, by = ledger_sheet.asked_for(request.GET, member)
    kinds, rows, totals = ledger_sheet.table(member, queries.sums(member.desk, asked, by), by, asked, {})
    lines = (ledger_sheet.line_view(member, line) for line in queries.lines(member.desk, asked, None, MOST))
    named = dict(ledger_sheet.group_names())[by]
    answer = HttpResponse(
        workbook(member, lines, named, kinds, rows, [cell.total for cell in totals]),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = f'attachment; filename="ledger-{member.today:%Y%m%d}.xlsx"'
    return answer


@member_only
def ledger_line(request: HttpRequest, member: Member, case_id: UUID, line: str) -> HttpResponse:
    """One line: what it is, why, what was objected and ruled; posted, the appeal or the ruling."""
    file = _open(member, case_id, line)
    if file is None:
        return forbidden(request, member)
    act = _act(file, file.case.ledger[line])
    if request.method != "POST" or act is None:
        asked = ask(file, act, file.case, **begun().shown(), **_form(file, line)) if act else None
        return _show(request, member, file, line, asked)
    files = gathered(request, member)
    raw, values = typed(file, act, request.POST, file.case)
    values[LINE] = line
    more: dict[str, Any] = {**files.shown(), **_form(file, line)}
    if files.wrong or "let-go" in request.POST:
        return _show(request, member, file, line, ask(file, act, file.case, raw=raw, refusals=files.wrong, **more), 422)
    expected = whole_number(request.POST.get("seq", ""), file.case.seq)
    command = Perform(act.id, values, "", files.files)
    outcome = case_file.act(file.case_id, command, member.person, member.now, expected_seq=expected)
    if isinstance(outcome, Done):
        say(request, _("申诉已提出。") if act.ledger == "appeal" else _("已裁定。"))
        return go(request, reverse("ledger-line", args=[case_id, line]))
    if isinstance(outcome, Stale):
        changes = story(file.pack, file.directory, outcome.case, outcome.events)
        asked = ask(file, act, outcome.case, raw=raw, changes=changes, **{**more, "seq": outcome.actual})
        return _show(request, member, file, line, asked, 409)
    return _show(
        request, member, file, line, ask(file, act, file.case, raw=raw, refusals=outcome.refusals, **more), 422
    )


def _open(member: Member, case_id: UUID, line: str) -> OpenFile | None:
    try:
        file = case_file.read_line(case_id, line, member.person, member.now)
    except (NoSuchCase, Forbidden, NoSuchPerson):
        return None
    return file if file.directory.slug == member.organisation else None


def _act(file: OpenFile, line: LedgerLine) -> Act | None:
    """What the reader may do about the line now: appeal it, rule on it, or nothing."""
    facts = Facts(file.pack, file.case, file.now, file.world, file.actor)
    acts = (act for act in file.pack.acts.values() if act.ledger and may(facts, line, file.actor, act.ledger))
    act = next(acts, None)
    # The line is the page's own; the form asks for the rest.
    return act.model_copy(update={"form": tuple(i for i in act.form if i.field != LINE)}) if act else None


def _form(file: OpenFile, line: str) -> dict[str, Any]:
    return {"seq": file.case.seq, "origin": "ledger", "address": reverse("ledger-line", args=[file.case_id, line])}


def _show(
    request: HttpRequest, member: Member, file: OpenFile, line: str, asked: Asked | None, status: int = 200
) -> HttpResponse:
    fragment = in_place(request) and asked is not None
    if fragment:
        return page(request, "web/parts/act_form.html", member, status, asked=asked, pack=file.pack, case=file.case)
    found = file.case.ledger[line]
    readable = may_read(file.pack, file.case, file.actor, file.world)
    facts = Facts(file.pack, file.case, file.now, file.world, file.actor)
    duty = next((d for d in file.case.live_duties() if d.cause == line and d.rule.startswith(APPEALING)), None)
    return page(
        request,
        "web/ledger_line.html",
        member,
        status,
        line=found,
        file=file,
        pack=file.pack,
        case=file.case,
        asked=asked,
        kind=names.entry_kind(file.pack, found.kind),
        number=next(iter(file.case.numbers.values()), ""),
        title=sheet.title_of(file.pack, file.case) if readable else "",
        readable=readable,
        cause=_cause(file, found),
        late=file.case.duties.get(found.duty),
        clauses=[file.pack.clauses[one] for one in found.clauses if one in file.pack.clauses],
        ruling_duty=duty,
        rules=sheet.who_has(file, duty) if duty else "",
        until=open_until(facts, found) if found.appeal is None and found.stands else None,
        ruled=dict(uphold=_("维持"), waive=_("免除"), change=_("改变金额")),
    )


def _cause(file: OpenFile, line: LedgerLine) -> str:
    if line.duty in file.case.duties:
        return names.duty(file.pack, file.case.duties[line.duty].rule)
    rule = file.pack.rule(line.rule)
    return names.said(rule.text) if rule else line.rule


def _chosen(member: Member, asked: queries.Asked, keep: dict[str, str]) -> list[tuple[str, str]]:
    """(what the list is narrowed to, the address without it) for every narrowing that no select shows."""
    said = {
        "person": member.directory.person_text(asked.person).of(names.language()) if asked.person else "",
        "role": names.role(member.pack, asked.role) if asked.role else "",
        "kind": names.entry_kind(member.pack, asked.kind) if asked.kind else "",
        "month": asked.month,
    }
    return [
        (text, "?" + urlencode({k: v for k, v in keep.items() if k != name})) for name, text in said.items() if text
    ]


def _older(keep: dict[str, str], last: queries.Line) -> str:
    return "?" + urlencode({**keep, "after": written_place(last.at, last.case_id, last.line)}) + "#lines"
