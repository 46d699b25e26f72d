"""The floor of a drill: the invented complaint as it stands, whoever practises on it, and whom a view lets near it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
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
from redress.policy.engine.world import Actor
from redress.policy.language.acts import Act
from redress.policy.pack import Pack
from redress.policy.sandbox.drill import Run, make
from redress.policy.sandbox.moves import Move
from redress.practice import drills as kept
from redress.practice.casts import directory_of_cast
from redress.practice.models import Drill

from ..access import Member, MemberView, forbidden, member_only
from ..drafting import checks_texts
from ..leading import led_units
from ..page import go, page
from .table import opened


@dataclass
class Floor:
    """A drill under way, or ended: ``mine`` unless a head looks at somebody's review."""

    around: ClassVar[str] = "web/drill_act.html"

    row: Drill
    run: Run
    directory: Directory
    mine: bool

    @property
    def pack(self) -> Pack:
        return self.run.sandbox.pack

    @property
    def actor(self) -> Actor:
        return self.run.sandbox.actor(self.row.part, self.row.story)

    @property
    def file(self) -> OpenFile:
        return opened(self.run.sandbox, self.directory, self.row.pk, self.row.story, self.actor)

    @property
    def begun(self) -> bool:
        return self.row.story in self.run.sandbox.cases

    @property
    def unit(self) -> str:
        """Where the story registers it, else the trainee's lowest seat."""
        seats = [seat.unit for seat in self.actor.seats]
        written = getattr(self.run.script.cues[0].command, "unit", "")
        return written or max(seats, key=lambda unit: len(self.directory.lineage(unit)), default="")

    @property
    def home(self) -> str:
        return reverse("drill", args=[self.row.pk])

    @property
    def shown(self) -> dict[str, Any]:
        return {"floor": self}

    def act_address(self, act: str, duty: str = "") -> str:
        query = f"?{urlencode({'duty': duty})}" if duty else ""
        return reverse("drill-act", args=[self.row.pk, act]) + query

    def vote_address(self, key: str) -> str:
        return reverse("drill-vote", args=[self.row.pk, key])

    def draft_address(self, act: Act) -> str:
        return reverse("drill-draft", args=[self.row.pk, act.id]) if checks_texts(self.pack, act) else ""

    def make(self, command: Register | Perform | Decide) -> Refused | None:
        """Makes the trainee's move and keeps it, refused or not: a refusal is part of the review."""
        move = Move(self.run.sandbox.now, self.row.part, self.row.story, command)
        make(self.run, move)
        with suppress(kept.Overtaken):  # then the page that follows shows what the other window did
            kept.keep_move(self.row, move)
        ruling = self.run.sandbox.taken[-1].ruling
        return ruling if isinstance(ruling, Refused) else None


def on_the_floor(view: MemberView) -> MemberView:
    """Gives the view the drill as it stands: one's own, or an ended one of somebody whom one leads."""

    @wraps(view)
    @member_only
    def found(request: HttpRequest, member: Member, drill_id: UUID, **more: Any) -> HttpResponse:
        row = kept.find(member.organisation, drill_id)
        if row is None or not _may_see(member, row):
            return forbidden(request, member)
        run = kept.run_of(row, member.now)
        if run is None:
            return page(request, "web/drill_gone.html", member, 410)
        scene = run.sandbox.scene
        directory = directory_of_cast(scene.organisation, run.sandbox.people, scene.start)
        return view(request, member, Floor(row, run, directory, row.person == member.person), **more)

    return found


def under_way(view: MemberView) -> MemberView:
    """Only the trainee acts, and only until the drill has ended."""

    @wraps(view)
    def acting(request: HttpRequest, member: Member, floor: Floor, **more: Any) -> HttpResponse:
        if not floor.mine:
            return forbidden(request, member)
        return view(request, member, floor, **more) if floor.row.ended is None else go(request, floor.home)

    return acting


def _may_see(member: Member, row: Drill) -> bool:
    return row.person == member.person or (row.ended is not None and row.unit in led_units(member))
