"""Duties as My work shows them: each with the acts that would fulfil it, in groups by how near its due time is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redress.cases.case_file import OpenFile
from redress.cases.queries import WorkItem
from redress.people import packs
from redress.policy.engine.case import Case, DutyState
from redress.policy.engine.permissions import permission
from redress.policy.engine.standing_of import acting_role
from redress.policy.errors import Refusal
from redress.policy.implied import APPROVING

from . import case_sheet as sheet
from .access import Member
from .plain_words import names

SOON = timedelta(minutes=30)
"""What is due within this time, or was given no more than this, is urgent."""
GROUPS = {
    "late": gettext_lazy("已逾期"),
    "soon": gettext_lazy("30 分钟内"),
    "today": gettext_lazy("今天"),
    "later": gettext_lazy("以后"),
}


@dataclass(frozen=True)
class Task:
    """A duty of the reader's: with the acts that would fulfil it, or, where none may be done yet, why not.

    ``for_whom``: the colleague it is done for, "" where it is the reader's own. ``about``: what an approval is about.
    """

    item: WorkItem
    state: DutyState
    must: str
    title: str
    late: bool
    acts: tuple[sheet.Doable, ...]
    refusals: tuple[Refusal, ...]
    file: OpenFile
    for_whom: str = ""
    about: tuple[tuple[str, str], ...] = ()
    clauses: tuple[str, ...] = ()

    @property
    def slot(self) -> str:
        return slot_of(self.item)

    @property
    def still(self) -> bool:
        """Whether its clock does not run: paused, not begun yet, or without a limit."""
        return self.state.paused or self.state.status == "waiting" or self.state.due is None


@dataclass(frozen=True)
class Group:
    """Tasks whose due time is about as near: late, soon, today, later."""

    id: str
    name: str
    tasks: list[Task]


def slot_of(item: WorkItem) -> str:
    """The id of the place where the duty's form opens."""
    return sheet.slot_of(f"{item.case_id}-{item.key}")


def tasks_of(member: Member, items: Iterable[WorkItem], cases: dict, origin: str = "work") -> list[Task]:  # type: ignore[type-arg]
    """The tasks, in the order given; a duty that has just ended is left out."""
    return [
        task_of(member, item, cases[item.case_id], origin)
        for item in items
        if item.case_id in cases and item.key in cases[item.case_id].duties
    ]


def task_of(member: Member, item: WorkItem, case: Case, origin: str = "work") -> Task:
    file = file_of(member, item, case)
    state = case.duties[item.key]
    asked = item.rule.startswith(APPROVING)
    acts, refusals, about = _answer(file, state) if asked else (*_acts(file, item, state, origin), ())
    return Task(
        item,
        state,
        names.duty(file.pack, item.rule),
        sheet.title_of(file.pack, case),
        item.due is not None and file.now >= item.due and not item.paused,
        acts,
        refusals,
        file,
        _for_whom(file, state),
        about,
        state.clauses,
    )


def file_of(member: Member, item: WorkItem, case: Case) -> OpenFile:
    """The case laid open to the member, whose work it is (the list was of those they may see)."""
    desk = member.desk
    return OpenFile(desk.directory, packs.pinned(item.pack_hash), desk.actor, desk.world, desk.now, item.case_id, case)


def grouped(tasks: Iterable[Task], now: datetime) -> list[Group]:
    """The four groups, empty ones too: a task moves from one to the next while the page is open."""
    found: dict[str, list[Task]] = {name: [] for name in GROUPS}
    for task in tasks:
        found["later" if task.still else group_of(task.item.due, now)].append(task)
    return [Group(name, str(GROUPS[name]), tasks) for name, tasks in found.items()]


def group_of(due: datetime | None, now: datetime) -> str:
    """Where a due time belongs at ``now`` (in the organisation's zone, by which its day ends)."""
    if due is None:
        return "later"
    if due <= now:
        return "late"
    if due <= now + SOON:
        return "soon"
    return "today" if due < day_end(now) else "later"


def day_end(now: datetime) -> datetime:
    """The midnight that ends the day of ``now``, in the zone of ``now``."""
    return datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)


def is_urgent(item: WorkItem, now: datetime) -> bool:
    """Whether nobody should have to find it by chance: late, due within half an hour, or given no longer than that."""
    if item.due is None or item.paused or item.status == "waiting":
        return False
    return item.due <= now + SOON or item.due - item.start <= SOON


def _acts(
    file: OpenFile, item: WorkItem, state: DutyState, origin: str
) -> tuple[tuple[sheet.Doable, ...], tuple[Refusal, ...]]:
    rule = file.pack.duties[item.rule]
    acts, refusals = [], []
    for act in rule.done_by or (rule.id,):
        unit = state.unit if rule.for_each else ""
        answer = permission(file.pack, file.case, act, file.actor, file.now, file.world, {}, unit, form=False)
        if answer.granted:
            acts.append(sheet.Doable(names.act(file.pack, act), sheet.act_address(item.case_id, act, item.key, origin)))
        else:
            refusals += answer.refusals
    return tuple(acts), () if acts else tuple(refusals[:1])


def _answer(
    file: OpenFile, state: DutyState
) -> tuple[tuple[sheet.Doable, ...], tuple[Refusal, ...], tuple[tuple[str, str], ...]]:
    """How a request for an approval is answered, and what it is about."""
    view = next((view for view in sheet.requests_of(file) if view.request.key == state.cause), None)
    if view is None:
        return (), (), ()
    asked = ((_("申请人"), view.asked_by),) if view.asked_by else ()
    if not view.mine:
        return (), view.refusals[:1], (*asked, *view.about)
    address = reverse("approval", args=[file.case_id, view.request.key]) + "?from=work"
    return (sheet.Doable(_("答复"), address),), (), (*asked, *view.about)


def _for_whom(file: OpenFile, state: DutyState) -> str:
    """The colleague whose seat the reader takes for this duty."""
    if state.person == file.actor.id or not any(seat.for_person for seat in file.actor.seats):
        return ""
    found = acting_role(file.pack, file.case, file.actor, state.roles, file.world, (state.unit,))
    person = found[1] if found else ""
    return file.directory.person_text(person).of(names.language()) if person in file.directory.people else ""
