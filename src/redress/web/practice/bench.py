"""The bench of a sandbox: the invented complaints on it, who is played, and whom a view lets near it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from redress.cases.case_file import OpenFile
from redress.people.directory import Directory
from redress.policy.engine.commands import Decide, Perform, Register
from redress.policy.engine.decide import Refused
from redress.policy.language.acts import Act
from redress.policy.sandbox.moves import Move
from redress.policy.sandbox.sandbox import Sandbox, Taken
from redress.practice import sandboxes
from redress.practice.casts import directory_of_cast
from redress.practice.models import Sandbox as Row

from ..access import Member, MemberView, forbidden, member_only
from .table import directory_top, opened


@dataclass
class Bench:
    """A sandbox on the table at our time ``now``: who is played, which of its complaints is looked at."""

    around: ClassVar[str] = "web/sandbox_act.html"

    row: Row
    sandbox: Sandbox
    directory: Directory
    who: str
    label: str
    mine: bool
    now: datetime

    @property
    def file(self) -> OpenFile:
        actor = self.sandbox.actor(self.who, self.label)
        return opened(self.sandbox, self.directory, self.row.pk, self.label, actor)

    @property
    def begun(self) -> bool:
        return self.label in self.sandbox.cases

    @property
    def unit(self) -> str:
        """The unit of whoever is played, the lowest of their seats."""
        seats = [seat.unit for seat in self.file.actor.seats]
        top = directory_top(self.directory)
        return max(seats, key=lambda unit: (len(self.directory.lineage(unit)), unit), default=top)

    @property
    def home(self) -> str:
        return self.address()

    @property
    def shown(self) -> dict[str, Any]:
        return {"bench": self}

    def address(self, **more: str) -> str:
        return self.address_of(self.row, **more)

    def address_of(self, row: Row, **more: str) -> str:
        """The same view of this sandbox or of a copy of it."""
        return f"{reverse('sandbox', args=[row.pk])}?{urlencode({'who': self.who, 'case': self.label, **more})}"

    def act_address(self, act: str, duty: str = "") -> str:
        query = urlencode({"who": self.who, "case": self.label, **({"duty": duty} if duty else {})})
        return f"{reverse('sandbox-act', args=[self.row.pk, act])}?{query}"

    def vote_address(self, key: str) -> str:
        query = urlencode({"who": self.who, "case": self.label})
        return f"{reverse('sandbox-vote', args=[self.row.pk, key])}?{query}"

    def draft_address(self, act: Act) -> str:
        """Nowhere: what a text would lead to is seen by sending it."""
        return ""

    def make(self, command: Register | Perform | Decide) -> Refused | None:
        """Does it as whoever is played; a refused one is not kept: whoever was refused corrects the form."""
        ruling = self.move(Move(self.sandbox.now, self.who, self.label, command)).ruling
        return ruling if isinstance(ruling, Refused) else None

    def move(self, move: Move) -> Taken:
        """Makes the move, and keeps it unless it is somebody's who was refused."""
        before = [taken.move for taken in self.sandbox.taken]
        taken = self.sandbox.make(move)
        if taken.accepted or move.step:
            self.keep([*before, move])
        return taken

    def keep(self, moves: list[Move]) -> None:
        """From now on the sandbox is these moves."""
        with suppress(sandboxes.Moved):  # then the page that follows shows what the other window did
            sandboxes.keep(self.row, moves, self.now)


def on_the_bench(view: MemberView) -> MemberView:
    """Gives the view the sandbox as it stands; one of another organisation is answered like one that does not exist."""

    @wraps(view)
    @member_only
    def found(request: HttpRequest, member: Member, sandbox_id: UUID, **more: Any) -> HttpResponse:
        row = sandboxes.find(member.organisation, sandbox_id)
        if row is None:
            return forbidden(request, member)
        played = sandboxes.play(row, member.directory)
        directory = directory_of_cast(played.scene.organisation, played.people, played.scene.start)
        label = request.GET.get("case", "A")
        label = label if label in played.cases else "A"
        who = request.GET.get("who", "")
        if who not in directory.people:
            who = _who_first(played, directory, label, member)
        bench = Bench(row, played, directory, who, label, row.person == member.person, member.now)
        return view(request, member, bench, **more)

    return found


def owner_only(view: MemberView) -> MemberView:
    """Whoever began a sandbox moves it; others look, or take a copy."""

    @wraps(view)
    def owned(request: HttpRequest, member: Member, bench: Bench, **more: Any) -> HttpResponse:
        return view(request, member, bench, **more) if bench.mine else forbidden(request, member)

    return owned


def _who_first(played: Sandbox, directory: Directory, label: str, member: Member) -> str:
    """Who is played unless somebody is chosen: whoever acted last, the member themselves where they play along, the first."""
    last = next((taken.move.who for taken in reversed(played.taken) if taken.move.who), "")
    return last or (member.person if member.person in directory.people else next(iter(directory.people)))
