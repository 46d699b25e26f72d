"""An invented complaint step by step: what was done, and what each step brought."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redress.people.directory import Directory
from redress.policy.engine import events as ev
from redress.policy.engine.commands import Decide, Perform
from redress.policy.engine.decide import Accepted, Refused
from redress.policy.errors import Refusal
from redress.policy.pack import Pack
from redress.policy.sandbox.moves import Move
from redress.policy.sandbox.sandbox import Brought, Sandbox, Taken
from redress.policy.scenarios.language import Step
from redress.policy.scenarios.stage import Stage

from ..plain_words import names
from ..story import Entry, entry_of

MOST_LINES = 60
"""So many lines of one step are shown; what more there are is counted."""

SORTS: dict[type, str] = {
    ev.ActDone: "person", ev.ApprovalVoted: "person", ev.DutyOpened: "duty", ev.DutyStarted: "duty", ev.DutyMoved: "duty",
    ev.DutyReminded: "notice", ev.DutyLate: "late", ev.DutyMet: "done", ev.DutyCancelled: "rule", ev.NoticeRaised: "notice",
    ev.LedgerEntered: "ledger", ev.LedgerConfirmed: "ledger", ev.LedgerWaived: "ledger", ev.LadderEntered: "rung",
    ev.RungReached: "rung", ev.LadderEnded: "rung", ev.ApprovalAsked: "approval", ev.ApprovalSettled: "approval",
    ev.ApprovalWithdrawn: "approval", ev.ClockPaused: "hold", ev.ClockResumed: "hold",
}  # fmt: skip
SORT_WORDS = {
    "person": gettext_lazy("操作"), "duty": gettext_lazy("义务"), "late": gettext_lazy("逾期"), "done": gettext_lazy("完成"),
    "notice": gettext_lazy("通知"), "ledger": gettext_lazy("台账"), "rung": gettext_lazy("上报"), "approval": gettext_lazy("审批"),
    "hold": gettext_lazy("停表"), "rule": gettext_lazy("规则"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One thing that happened. ``sort`` is a key of ``SORT_WORDS``; ``label`` the case it happened on."""

    entry: Entry
    sort: str
    label: str

    @property
    def word(self) -> str:
        return str(SORT_WORDS[self.sort])


@dataclass
class StepView:
    """One move and what it brought: ``lines`` on complaints, ``standing`` on standing duties (each cut at ``MOST_LINES``)."""

    number: int
    title: str
    who: str
    at: datetime
    waited: bool
    accepted: bool
    refusals: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...]
    lines: list[Line] = field(default_factory=list)
    standing: list[Line] = field(default_factory=list)
    more: int = 0
    more_standing: int = 0
    late: int = 0
    notices: int = 0
    fined: Decimal = Decimal(0)

    @property
    def movable(self) -> bool:
        """Whether it is something somebody did, so that one can ask what if it had been done later."""
        return not self.waited and self.accepted


def steps_of(sandbox: Sandbox, directory: Directory) -> list[StepView]:
    """What was done and what it brought, oldest first."""
    return [_step(sandbox, directory, number, taken) for number, taken in enumerate(sandbox.taken, 1)]


def _step(sandbox: Sandbox, directory: Directory, number: int, taken: Taken) -> StepView:
    ruling = taken.ruling
    view = StepView(
        number,
        move_words(sandbox, taken.move),
        directory.person_text(taken.move.who).of(names.language()) if taken.move.who else "",
        taken.brought[-1].events[-1].at
        if ruling and taken.brought and taken.accepted
        else max(taken.move.at, taken.since),
        ruling is None,
        taken.accepted,
        ruling.refusals if isinstance(ruling, Refused) else (),
        ruling.warnings if isinstance(ruling, Accepted) else (),
    )
    for brought in taken.brought:
        _add(view, sandbox, directory, brought)
    return view


def _add(view: StepView, sandbox: Sandbox, directory: Directory, brought: Brought) -> None:
    standing = brought.case.kind == "standing"
    for event in brought.events:
        if isinstance(event, ev.Registered) and event.kind == "complaint":
            continue  # the registration act that follows says the same
        view.late += isinstance(event, ev.DutyLate)
        view.notices += isinstance(event, ev.NoticeRaised)
        if isinstance(event, ev.LedgerEntered) and event.kind == "fine" and event.amount:
            view.fined += Decimal(event.amount)
        kept = view.standing if standing else view.lines
        if len(kept) < MOST_LINES:
            entry = entry_of(sandbox.pack, directory, brought.case, event)
            kept.append(Line(entry, SORTS.get(type(event), "rule"), brought.label))
        elif standing:
            view.more_standing += 1
        else:
            view.more += 1


def move_words(sandbox: Stage, move: Move) -> str:
    """What was done, in a few words."""
    command = move.command
    if command is None:
        return _("时间走到这里")
    if isinstance(command, Decide):
        approval = sandbox.pack.approvals.get(command.request.split("#")[0])
        words = names.quoted(names.said(approval.text)) if approval else command.request
        return (_("批准%(what)s") if command.approve else _("不批准%(what)s")) % {"what": words}
    return names.act(sandbox.pack, command.act if isinstance(command, Perform) else "register")


def step_words(pack: Pack, step: Step) -> str:
    """What a step of a story is about, in a few words."""
    if step.does:
        return names.act(pack, step.does)
    approval = pack.approvals.get(step.approves or step.refuses)
    if approval is None:
        return _("时间走到这里")
    what = names.quoted(names.said(approval.text))
    return (_("批准%(what)s") if step.approves else _("不批准%(what)s")) % {"what": what}
