"""Comparing what a scenario expects with how things stand. Each check yields a sentence for what does not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from redress.calendars import Span
from redress.policy.engine import events as ev
from redress.policy.engine.case import Case, DutyState, LedgerLine
from redress.policy.engine.facts import Facts
from redress.policy.engine.holders import by_holder
from redress.policy.engine.measures import report
from redress.policy.engine.offers import guidance_for
from redress.policy.engine.permissions import permission
from redress.policy.engine.standing_of import may_read
from redress.policy.engine.worksheet import worksheet
from redress.policy.engine.world import CLOCK

from .language import (
    ActSaid,
    DutySaid,
    Expect,
    GuidanceSaid,
    HeldSaid,
    LineSaid,
    NoticeSaid,
    PaperSaid,
    ReportSaid,
    SignedSaid,
    WorthSaid,
)
from .stage import Stage
from .times import moment

Said = Iterable[Any] | None
STATES: dict[str, Callable[[DutyState], bool]] = {
    "open": lambda d: d.status == "open",
    "late": lambda d: d.live and d.late_at is not None,
    "waiting": lambda d: d.status == "waiting",
    "done": lambda d: d.status == "met",
    "done late": lambda d: d.status == "met" and d.late_at is not None,
    "cancelled": lambda d: d.status == "cancelled",
    "paused": lambda d: d.live and d.paused,
    "running": lambda d: d.status == "open" and not d.paused and d.late_at is None,
}


class Check:
    """One ``expect`` against the stage at this moment, about the case called ``label``."""

    def __init__(self, stage: Stage, label: str, start: datetime) -> None:
        self.stage, self.label, self.start = stage, label, start
        self.case = stage.cases.get(label, Case(id=label))
        self.log = stage.logs[label]

    def problems(self, expect: Expect) -> Iterator[str]:
        """A sentence for everything that does not hold."""
        for state in STATES:
            yield from self._duties(state, getattr(expect, state.replace(" ", "_")))
        for duty in expect.absent or ():
            if any(d.live for d in self.case.duties.values() if self._is(d, duty, strict=False)):
                yield f"{duty.duty} should not stand open"
        yield from self._lines("fined", expect.fined, [x for x in self.case.ledger.values() if x.kind == "fine"])
        yield from self._lines("entered", expect.entered, list(self.case.ledger.values()))
        yield from self._notices(expect)
        for said in expect.allowed or ():
            yield from self._act(said, allowed=True)
        for said in expect.blocked or ():
            yield from self._act(said, allowed=False)
        for words in expect.shown or ():
            yield from self._guidance(words, shown=True)
        for words in expect.not_shown or ():
            yield from self._guidance(words, shown=False)
        for signed in expect.signed or ():
            yield from self._signed(signed)
        yield from self._readers(expect)
        yield from self._posts(expect)
        for wanted in expect.reported or ():
            yield from self._report(wanted)
        for sheet in expect.worth or ():
            yield from self._worth(sheet)
        for share in expect.held or ():
            yield from self._held(share)
        yield from self._papers(expect)
        yield from self._plain(expect)

    # --- duties ----------------------------------------------------------------------------------------------------

    def _duties(self, state: str, said: Said) -> Iterator[str]:
        if said is None:
            return
        in_state = [duty for duty in self.case.duties.values() if STATES[state](duty)]
        items: list[DutySaid] = list(said)
        if not items and in_state:
            yield f"nothing should be {state}, but {', '.join(duty.key for duty in in_state)} is"
        for item in items:
            found = [duty for duty in in_state if self._is(duty, item, strict=True)]
            if item.count is not None and len(found) != item.count:
                yield f"{item.count} of {_show(item)} should be {state}, found {len(found)}; {self._known(item.duty)}"
            elif item.count is None and not found:
                yield f"{_show(item)} should be {state}; {self._known(item.duty)}"

    def _is(self, duty: DutyState, said: DutySaid, *, strict: bool) -> bool:
        if said.duty not in (duty.rule, duty.key) or (said.unit and said.unit != duty.unit):
            return False
        if not strict:
            return True
        tests = (
            not said.who or said.who in duty.roles,
            set(said.clause) <= set(duty.clauses),
            not said.due or (duty.due is not None and duty.due == self._moment(said.due)),
            not said.within or str(Span.parse(said.within)) == duty.span,
            not said.by or duty.met_by == self.stage.actor(said.by, self.label).id,
            not said.late_by or duty.late_by == _minutes(said.late_by),
            not said.person or duty.person == self.stage.actor(said.person, self.label).id,
            said.provisional is None or duty.provisional is said.provisional,
        )
        return all(tests)

    def _known(self, rule: str) -> str:
        mine = [duty for duty in self.case.duties.values() if duty.rule == rule or duty.key == rule]
        told = [
            f"{d.key} is {d.status}{' late' if d.late_at else ''}{' paused' if d.paused else ''} for {'/'.join(d.roles)}@{d.unit}"
            f" due {d.due:%m-%d %H:%M}" + f" late by {d.late_by} citing {' '.join(d.clauses)}"
            if d.due else f"{d.key} is {d.status} for {'/'.join(d.roles)}@{d.unit}, no limit, citing {' '.join(d.clauses)}"
            for d in mine
        ]  # fmt: skip
        live = ", ".join(d.key for d in self.case.live_duties()) or "nothing"
        return "; ".join(told) or f"there is no such duty (open: {live})"

    # --- ledger and notices -------------------------------------------------------------------------------------------

    def _lines(self, word: str, said: Said, lines: list[LedgerLine]) -> Iterator[str]:
        if said is None:
            return
        items: list[LineSaid] = list(said)
        if not items and lines:
            yield f"nothing should be {word}, but there is {', '.join(f'{x.kind} {x.amount} on {x.role}' for x in lines)}"
        for item in items:
            found = [line for line in lines if _line_is(line, item)]
            wanted = item.count if item.count is not None else None
            if (wanted is None and not found) or (wanted is not None and len(found) != wanted):
                have = (
                    "; ".join(f"{x.kind} {x.amount} on {x.role} {x.status} citing {' '.join(x.clauses)}" for x in lines)
                    or "no line"
                )
                yield f"{_show(item)} should be {word}; the ledger has {have}"

    def _notices(self, expect: Expect) -> Iterator[str]:
        raised = [event for event in self.log if isinstance(event, ev.NoticeRaised)]
        for said in expect.notified or ():
            found = [event for event in raised if _notice_is(event, said)]
            if not found or (said.count is not None and len(found) != said.count):
                have = ", ".join(f"{e.roles[0]} by {e.rule} citing {' '.join(e.clauses)}" for e in raised) or "nobody"
                yield f"{_show(said)} should be notified{f' {said.count} times' if said.count else ''}; notified: {have}"
        for said in expect.not_notified or ():
            if any(_notice_is(event, said) for event in raised):
                yield f"{said.role} should not be notified"

    # --- acts, words, papers -------------------------------------------------------------------------------------------

    def _act(self, said: ActSaid, *, allowed: bool) -> Iterator[str]:
        actor = self.stage.actor(said.who, self.label)
        answer = permission(
            self.stage.pack,
            self.case,
            said.act,
            actor,
            self.stage.now,
            self.stage,
            said.with_,
            said.unit,
            form=bool(said.with_),
        )
        if allowed and not answer.granted:
            yield f"{said.who} should be allowed to {said.act}, but: {answer.refusals[0].en}"
        if not allowed:
            fitting = [r for r in answer.refusals if set(said.clause) <= set(r.clauses) and said.code in ("", r.code)]
            if not fitting:
                have = (
                    "; ".join(f"{r.code}: {r.en} ({' '.join(r.clauses)})" for r in answer.refusals) or "it is allowed"
                )
                yield f"{said.who} should be blocked from {said.act} by {' '.join(said.clause) or said.code or 'a rule'}; {have}"

    def _guidance(self, said: GuidanceSaid, *, shown: bool) -> Iterator[str]:
        actor = self.stage.actor(said.who, self.label) if said.who else self.stage.actor("staff", self.label)
        written = next((words for words in self.stage.pack.guidance if words.id == said.guidance), None)
        if written is None:
            yield f"there is no guidance {said.guidance}"
            return
        at = said.at or written.at[0]
        found = guidance_for(self.stage.pack, self.case, at, actor, self.stage.now, self.stage)
        visible = any(words.id == said.guidance and set(said.clause) <= set(words.clauses) for words in found)
        if visible is not shown:
            yield f"{said.guidance} should {'' if shown else 'not '}be shown at {at} to {said.who or 'staff'}"

    def _signed(self, said: SignedSaid) -> Iterator[str]:
        acts = [event for event in self.log if isinstance(event, ev.ActDone) and event.act == said.act and event.signed]
        fitting = [
            event for event in acts
            if (not said.by or event.by == self.stage.actor(said.by, self.label).id) and set(said.clause) <= set(event.clauses)
            and said.for_ in ("", event.stands_in_for)
        ]  # fmt: skip
        if not fitting:
            yield f"{said.act} should be signed{f' by {said.by}' if said.by else ''}"

    def _readers(self, expect: Expect) -> Iterator[str]:
        for said, wanted in [
            *((s, True) for s in expect.readable or ()),
            *((s, False) for s in expect.hidden or ()),
        ]:
            seen = may_read(self.stage.pack, self.case, self.stage.actor(said.who, self.label), self.stage)
            if seen is not wanted:
                yield f"{said.who} should {'' if wanted else 'not '}be able to see the case"

    def _posts(self, expect: Expect) -> Iterator[str]:
        if expect.unfilled is None:
            return
        empty = self.stage.unfilled()
        for said in expect.unfilled:
            if not any(p == said.post and said.unit in ("", u) and set(said.clause) <= set(c) for p, u, c in empty):
                yield f"the post {said.post} should be unfilled; unfilled: {[p for p, _, _ in empty]}"
        if not expect.unfilled and empty:
            yield f"every post should be filled; unfilled: {[p for p, _, _ in empty]}"

    def _report(self, said: ReportSaid) -> Iterator[str]:
        rule = self.stage.pack.reports.get(said.report)
        if rule is None:
            yield f"there is no report {said.report}"
            return
        sections = report(self.stage.pack, said.report, list(self.stage.cases.values()), self.stage.now, self.stage)
        figures = {name: value for part in sections for name, value in part.figures.items()}
        for name, wanted in said.figures.items():
            if name not in figures or not _same_figure(figures[name], wanted):
                yield f"{said.report}: {name} should be {wanted}, is {figures.get(name, 'not in the report')}"
        if not set(said.to) <= set(rule.to):
            yield f"{said.report} should go to {' '.join(said.to)}, goes to {' '.join(rule.to)}"
        parts = {part.section.en or part.section.zh for part in sections} | {part.section.zh for part in sections}
        yield from (f"{said.report} should have the part {part}" for part in said.parts if part not in parts)
        cited = {
            *rule.own_clauses(),
            *(c for name in figures for c in self.stage.pack.measures[name].own_clauses()),
        }
        if not set(said.clause) <= cited:
            yield f"{said.report} should cite {' '.join(said.clause)}"

    def _worth(self, said: WorthSaid) -> Iterator[str]:
        pack = self.stage.pack
        facts = Facts(pack, self.case, self.stage.now, self.stage, CLOCK)
        sheet = worksheet(pack, pack.compensations[said.worksheet], facts)
        lines = {line.item.item: line for line in sheet.lines}
        for name, wanted in (("total", said.total), ("own", said.own)):
            if wanted is not None and Decimal(str(wanted)) != getattr(sheet, name):
                yield f"{said.worksheet}: {name} should be {wanted}, is {getattr(sheet, name)}"
        for name, wanted in said.lines.items():
            have = lines[name].amount if name in lines else None
            if have is None or have != Decimal(str(wanted)):
                missing = "; ".join(r.en for r in lines[name].missing) if name in lines else "no such line applies"
                yield f"{said.worksheet}: {name} should be {wanted}, is {have} {missing}"
        for name, payer in said.payers.items():
            have_payer = lines[name].payer if name in lines else "nobody"
            if have_payer != payer:
                yield f"{said.worksheet}: {name} should be paid by {payer}, is paid by {have_payer}"
        for name in said.locked:
            if name not in lines or lines[name].amount is not None:
                yield f"{said.worksheet}: {name} should be locked"
        cited = set(pack.compensations[said.worksheet].clauses)
        for line in (lines[name] for name in (*said.lines, *said.locked, *said.payers) if name in lines):
            cited.update(line.clauses, line.item.clauses, *(refusal.clauses for refusal in line.missing))
        if not set(said.clause) <= cited:
            yield f"{said.worksheet} should cite {' '.join(said.clause)}; cites {' '.join(sorted(cited))}"

    def _held(self, said: HeldSaid) -> Iterator[str]:
        held = by_holder(self.case, self.stage.now)
        mine = [t.total_seconds() for (who, unit), t in held.items() if who == said.who and said.unit in ("", unit)]
        if sum(mine) / 60 != said.minutes:
            told = ", ".join(f"{who}@{unit} {t.total_seconds() / 60:g}" for (who, unit), t in held.items())
            yield f"{said.who} should have held {said.minutes} minutes, held {sum(mine) / 60:g}; {told}"

    def _papers(self, expect: Expect) -> Iterator[str]:
        case = self.case
        held: dict[str, Callable[[PaperSaid], bool]] = {
            "marked": lambda p: p.id in case.marks and self._cites(p, ev.Marked, "mark"),
            "asked": lambda p: any(r.approval == p.id and r.status == "asked" for r in case.requests.values()) and self._cites(p, ev.ApprovalAsked, "approval"),
            "approved": lambda p: any(r.approval == p.id and r.status == "approved" for r in case.requests.values()) and self._cites(p, ev.ApprovalSettled, "approval"),
            "refused": lambda p: any(r.approval == p.id and r.status == "refused" for r in case.requests.values()) and self._cites(p, ev.ApprovalSettled, "approval"),
            "documents": self._document,
            "books": lambda p: p.id in case.books and p.locked in (None, case.books[p.id]) and self._cites(p, ev.BookEntered, "book"),
            "numbers": self._number,
            "rungs": self._rung,
            "linked": lambda p: p.id in case.links and set(p.cases) <= set(case.links[p.id]) and self._cites(p, ev.Linked, "pattern"),
        }  # fmt: skip
        for word, test in held.items():
            said: tuple[PaperSaid, ...] | None = getattr(expect, word)
            for paper in said or ():
                if not test(paper):
                    yield f"{_show(paper)} should be {word}"
            if said == () and self._any(word):
                yield f"nothing should be {word}"
        there: dict[str, Iterable[str]] = {"marked": case.marks, "in the books": case.books, "issued": case.documents}
        for word, said in zip(there, (expect.not_marked, expect.not_books, expect.not_documents), strict=True):
            yield from (f"{paper.id} should not be {word}" for paper in said or () if paper.id in there[word])

    def _any(self, word: str) -> bool:
        case = self.case
        requests = [r for r in case.requests.values() if r.status == word]
        return bool(
            {
                "marked": case.marks,
                "documents": case.documents,
                "books": case.books,
                "linked": case.links,
                "rungs": case.climbs,
                "numbers": case.numbers,
            }.get(word, requests)
        )

    def _document(self, said: PaperSaid) -> bool:
        rule = self.stage.pack.documents.get(said.id)
        if rule is None or said.id not in self.case.documents:
            return False
        return (
            set(said.clause) <= set(rule.own_clauses())
            and said.copies in (None, len(rule.copies))
            and set(said.to) <= {copy.to for copy in rule.copies}
            and said.customer in (None, rule.for_customer)
        )

    def _number(self, said: PaperSaid) -> bool:
        given, rule = self.case.numbers.get(said.id), self.stage.pack.numbers.get(said.id)
        return (
            given is not None
            and rule is not None
            and re.fullmatch(said.is_ or ".*", given) is not None
            and said.gap_free in (None, rule.gap_free)
            and self._cites(said, ev.NumberGiven, "series")
        )

    def _rung(self, said: PaperSaid) -> bool:
        reached = {f"{climb.ladder}.{rung}": at for climb in self.case.climbs.values() for rung, at in climb.rungs}
        at = reached.get(said.id)
        return (
            at is not None
            and (not said.is_ or at == self._moment(said.is_))
            and self._cites(said, ev.RungReached, "rung", said.id.split(".")[-1])
        )

    def _cites(self, said: PaperSaid, kind: type[ev.Event], key: str, value: str = "") -> bool:
        events = [e for e in self.log if isinstance(e, kind) and getattr(e, key) == (value or said.id)]
        return any(set(said.clause) <= set(e.clauses) for e in events)

    def _plain(self, expect: Expect) -> Iterator[str]:
        case = self.case
        for word in ("stage", "round", "version"):
            wanted = getattr(expect, word)
            if wanted is not None and wanted != getattr(case, word):
                yield f"{word} should be {wanted}, is {getattr(case, word)}"
        if expect.status is not None and expect.status != self.stage.pack.head.effective.status:
            yield f"the policy's status should be {expect.status}, is {self.stage.pack.head.effective.status}"
        for name, value in expect.fields.items():
            if str(case.fields.get(name, "")) != str("" if value is None else value) and case.fields.get(name) != value:
                yield f"{name} should be {value!r}, is {case.fields.get(name)!r}"
        for slot, who in expect.people.items():
            if case.people.get(slot, "") != (self.stage.actor(who, self.label).id if who else ""):
                yield f"{slot} should be {who}, is {case.people.get(slot, 'nobody')}"

    def _moment(self, text: str) -> datetime:
        return moment(text, self.stage.now, self.start, self.stage.pack.zone())


def _line_is(line: LedgerLine, said: LineSaid) -> bool:
    tests = (
        said.kind == line.kind,
        said.amount is None or (line.amount != "" and Decimal(line.amount) == Decimal(str(said.amount))),
        said.on in ("", line.role, line.person),
        said.unit in ("", line.unit),
        not said.duty or line.duty.split("#")[0].split("@")[0].split(":")[0] == said.duty,
        set(said.clause) <= set(line.clauses),
        said.status in ("", line.status) and (said.status or line.status != "waived"),
    )
    return all(tests)


def _notice_is(event: ev.NoticeRaised, said: NoticeSaid) -> bool:
    return (
        said.role in (*event.roles, event.person)
        and said.rule in ("", event.rule)
        and said.unit in ("", event.unit)
        and set(said.clause) <= set(event.clauses)
    )


def _same_figure(have: Any, wanted: Any) -> bool:
    if isinstance(have, dict) and isinstance(wanted, dict):
        return {k: str(v) for k, v in have.items()} == {str(k): str(v) for k, v in wanted.items()}
    if have is None or wanted is None:
        return have is wanted
    return Decimal(str(have)) == Decimal(str(wanted))


def _minutes(text: str) -> int:
    return int(text) if str(text).isdigit() else Span.parse(text).rough_minutes()


def _show(said: Any) -> str:
    told = said.model_dump(exclude_defaults=True, by_alias=True)
    return ", ".join(
        f"{key} {' '.join(value) if isinstance(value, (list, tuple)) else value}" for key, value in told.items()
    )
