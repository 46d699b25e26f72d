"""Sandboxes of the playground: begun, moved on, undone, copied and read. Anybody of the organisation may look; only who began one moves it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from redress.people.directory import Directory
from redress.people.packs import pinned
from redress.policy.pack import Pack
from redress.policy.sandbox.moves import Move, decode_moves, encode_moves
from redress.policy.sandbox.sandbox import Sandbox, Scene, played
from redress.policy.scenarios.language import Scenario

from .casts import invented_cast, own_cast, scenarios_by_name
from .models import Sandbox as Row

MOST_MOVES = 400
"""A sandbox is played again from its beginning; beyond so many moves nobody reads it any more."""
LATEST = 12


class Moved(Exception):
    """The sandbox was moved on from another window meanwhile."""


def begin(directory: Directory, person: str, pack: Pack, scenario: str, start: datetime, now: datetime) -> Row:
    """A new sandbox."""
    return Row.objects.create(
        id=uuid4(),
        organisation=directory.slug,
        person=person,
        pack=pack.hash,
        scenario=scenario,
        start=start,
        created=now,
        changed=now,
    )


def find(organisation: str, sandbox_id: UUID) -> Row | None:
    """The sandbox, where it is one of this organisation."""
    return Row.objects.filter(organisation=organisation, pk=sandbox_id).first()


def latest(organisation: str) -> Sequence[Row]:
    """The sandboxes of the organisation that moved last."""
    return list(Row.objects.filter(organisation=organisation).order_by("-changed")[:LATEST])


def copied(row: Row, person: str, now: datetime, moves: int | None = None) -> Row:
    """A sandbox of one's own that begins with the first ``moves`` moves of another (all of them, unless said)."""
    kept = decode_moves(row.moves)[:moves]
    return Row.objects.create(
        id=uuid4(), organisation=row.organisation, person=person, pack=row.pack, scenario=row.scenario, start=row.start,
        moves=encode_moves(kept), created=now, changed=now,
    )  # fmt: skip


def keep(row: Row, moves: Sequence[Move], now: datetime) -> None:
    """Stores these moves in place of those that were read. Raises ``Moved`` where another window was quicker."""
    text = encode_moves(moves[:MOST_MOVES])
    changed = Row.objects.filter(pk=row.pk, moves=row.moves).update(moves=text, changed=now)
    if not changed:
        raise Moved
    row.moves, row.changed = text, now


def remove(row: Row) -> None:
    row.delete()


def scenario_of(row: Row, pack: Pack) -> Scenario | None:
    """The scenario it began from, where there still is one of that name."""
    return scenarios_by_name(pack.id).get(row.scenario) if row.scenario else None


def scene_of(row: Row, directory: Directory) -> Scene:
    """Where it begins: a scenario's own scene, or the organisation with its standing duties."""
    pack = pinned(row.pack)
    start = row.start.astimezone(pack.zone())
    scenario, cast = scenario_of(row, pack), invented_cast(pack.id)
    if scenario is not None and cast is not None:
        return replace(Scene.of(pack, cast, scenario), standing=tuple(pack.standing))
    return Scene(pack, own_cast(directory, start.date()), start, standing=tuple(pack.standing))


def play(row: Row, directory: Directory) -> Sandbox:
    """The sandbox as it stands: a copy, to be moved on freely. The last ones played are kept by this process."""
    key = (str(row.pk), row.moves, directory.version, row.pack)
    known = _played.get(key)
    if known is None:
        known = played(scene_of(row, directory), decode_moves(row.moves))
        _played[key] = known
        while len(_played) > KEPT:
            _played.popitem(last=False)
    return known.copy()


KEPT = 16
_played: OrderedDict[tuple[str, str, int, str], Sandbox] = OrderedDict()
