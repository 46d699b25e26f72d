"""Drills: chosen by what one's roles do in them, carried on by a clock of their own, ended with a review in figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID, uuid4

from redress.people.packs import packs_folder, pinned
from redress.policy.engine.world import Actor
from redress.policy.pack import Pack
from redress.policy.sandbox.cues import Script, scripts_of
from redress.policy.sandbox.drill import Run, run_drill
from redress.policy.sandbox.moves import Move, decode_moves, encode_moves
from redress.policy.scenarios.organisation import OrganisationFile, PersonRow

from .casts import invented_cast, scenarios_by_name
from .models import Drill

SPEEDS = (1, 10, 60, 600)
MINUTES = 8
"""A drill is begun at the slowest of the fast speeds at which its story takes no longer than this."""
MOST_MOVES = 200
SHOWN = 30


class Overtaken(Exception):
    """The drill was changed from another window meanwhile."""


@dataclass(frozen=True)
class Choice:
    """A drill that somebody can take: the script, and whose part in it is theirs."""

    script: Script
    part: PersonRow

    @property
    def own(self) -> int:
        """How much one does oneself in it."""
        return self.script.parts[self.part.person]

    @property
    def speed(self) -> int:
        minutes = self.script.lasts.total_seconds() / 60
        return next((speed for speed in SPEEDS[1:] if minutes / speed <= MINUTES), SPEEDS[-1])


def choices(pack: Pack, actor: Actor) -> list[Choice]:
    """What the actor can practise: stories in which somebody of their roles acts; one with no seat plays one with none."""
    cast = invented_cast(pack.id)
    if cast is None:
        return []
    roles = {seat.role for seat in actor.seats}
    found = (
        (script, _part(script, cast, roles, actor.id)) for script in _scripts(str(packs_folder()), pack.hash, pack.id)
    )
    return [Choice(script, part) for script, part in found if part is not None]


def _part(script: Script, cast: OrganisationFile, roles: Collection[str], person: str) -> PersonRow | None:
    fitting = [
        row
        for row in cast.people
        if row.person in script.parts and (roles & {role for role, _ in row.seats} if row.seats else not roles)
    ]
    return max(fitting, key=lambda row: (script.parts[row.person], row.person == person), default=None)


@lru_cache(maxsize=64)
def _scripts(_folder: str, pack_hash: str, pack_id: str) -> tuple[Script, ...]:
    cast = invented_cast(pack_id)
    scenarios = scenarios_by_name(pack_id).values()
    return tuple(scripts_of(pinned(pack_hash), cast, scenarios)) if cast else ()


def script_of(pack: Pack, scenario: str, label: str) -> Script | None:
    """The script of that name; None where the pack's folder no longer has it."""
    found = _scripts(str(packs_folder()), pack.hash, pack.id)
    return next((one for one in found if (one.scenario.scenario, one.label) == (scenario, label)), None)


def begin(organisation: str, person: str, unit: str, pack: Pack, choice: Choice, speed: int, now: datetime) -> Drill:
    """A new drill; its clock runs from now."""
    script = choice.script
    return Drill.objects.create(
        id=uuid4(), organisation=organisation, person=person, unit=unit, pack=pack.hash, scenario=script.scenario.scenario,
        story=script.label, part=choice.part.person, speed=speed, anchor=now, anchor_at=script.cues[0].at, began=now,
    )  # fmt: skip


def find(organisation: str, drill_id: UUID) -> Drill | None:
    return Drill.objects.filter(organisation=organisation, pk=drill_id).first()


def of_person(organisation: str, person: str) -> Sequence[Drill]:
    """Somebody's own drills, the latest first."""
    return list(Drill.objects.filter(organisation=organisation, person=person).order_by("-began")[:SHOWN])


def of_units(organisation: str, units: Collection[str], but: str) -> Sequence[Drill]:
    """The drills that people of these units have ended, other than those of ``but``, the latest first."""
    ended = Drill.objects.filter(organisation=organisation, unit__in=units, ended__isnull=False).exclude(person=but)
    return list(ended.order_by("-began")[:SHOWN])


def clock_of(row: Drill, now: datetime) -> datetime:
    """What the drill's clock shows at ``now``."""
    if row.ended_at is not None:
        return row.ended_at
    passed = max(now - row.anchor, timedelta()) * row.speed if row.running else timedelta()
    return row.anchor_at + passed


def run_of(row: Drill, now: datetime) -> Run | None:
    """The drill as it stands at ``now``; None where its story is gone."""
    pack = pinned(row.pack)
    script, cast = script_of(pack, row.scenario, row.story), invented_cast(pack.id)
    if script is None or cast is None:
        return None
    clock = clock_of(row, now).astimezone(pack.zone())
    return run_drill(script.scene(pack, cast), script, row.part, decode_moves(row.moves), clock)


def keep_move(row: Drill, move: Move) -> None:
    """Adds a move, accepted or refused: the review asks for both. Raises ``Overtaken``."""
    moves = decode_moves(row.moves)
    text = encode_moves([*moves, move][:MOST_MOVES])
    if not Drill.objects.filter(pk=row.pk, moves=row.moves, ended__isnull=True).update(moves=text):
        raise Overtaken
    row.moves = text


def set_clock(
    row: Drill, now: datetime, *, at: datetime | None = None, speed: int | None = None, running: bool | None = None
) -> None:
    """Sets the drill's clock: from now on it runs from where it stands (or from ``at``) at this speed, or stands still."""
    row.anchor_at, row.anchor = at or clock_of(row, now), now
    row.speed = speed if speed is not None else row.speed
    row.running = running if running is not None else row.running
    row.save(update_fields=["anchor", "anchor_at", "speed", "running"])


def end(row: Drill, now: datetime, result: dict[str, int]) -> None:
    """Ends the drill where its clock stands."""
    row.ended_at, row.ended, row.result = clock_of(row, now), now, result
    row.save(update_fields=["ended", "ended_at", "result"])
