"""A comparison is asked for: played at once, if that is quick; else handed to the worker, followed, stopped, and found again."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from redress.cases import case_file
from redress.cases.case_file import Desk
from redress.people import packs
from redress.policy.pack import Pack

from .models import Replay
from .playing import Result, What, encoded, played

QUICK = 1.5
"""Seconds that somebody waits for a page; what takes longer is the worker's."""
NOTED = 1.0
"""Seconds after which the worker notes again how far it has come, and looks whether it is to stop."""
SILENT = timedelta(minutes=2)
"""A worker that has noted nothing for so long is gone."""


def kept(desk: Desk, what: What, old: Pack, new: Pack) -> Replay | None:
    """What this person asked before about these two versions."""
    return Replay.objects.filter(**_question(desk, what, old, new)).first()


def at_once(desk: Desk, what: What, old: Pack, new: Pack) -> Result | None:
    """The whole result, if it is quick."""
    until = time.monotonic() + QUICK
    for result in played(desk, what, old, new):
        if result.played < result.of and time.monotonic() > until:
            return None
    return result


def ask(desk: Desk, what: What, old: Pack, new: Pack) -> Replay:
    """Hands the question to the worker, anew if it had been answered; one that is on its way goes on."""
    from .tasks import replay

    now = datetime.now(UTC)
    with transaction.atomic():
        row, made = Replay.objects.select_for_update().get_or_create(
            **_question(desk, what, old, new), defaults={"asked_at": desk.now, "seen_at": now}
        )
        if not made and under_way(row):
            return row
        if not made:
            row.run, row.state, row.played, row.of, row.result = row.run + 1, "waiting", 0, 0, ""
            row.asked_at, row.seen_at = desk.now, now
            row.save()
        replay.defer(replay_id=row.pk, run=row.run)
    return row


def stop(desk: Desk, what: What, old: Pack, new: Pack) -> None:
    """The worker stops at its next look; what it has found so far is kept."""
    Replay.objects.filter(**_question(desk, what, old, new), state__in=("waiting", "running")).update(state="stopped")


def under_way(row: Replay) -> bool:
    """Whether an answer may still come: it waits for the worker, or one is at it."""
    return row.state == "waiting" or (row.state == "running" and not silent(row))


def silent(row: Replay) -> bool:
    return row.state == "running" and datetime.now(UTC) - row.seen_at > SILENT


def carry_out(replay_id: int, run: int) -> None:
    """The worker's part. A run that somebody stopped or asked for anew is left alone."""
    mine = Replay.objects.filter(pk=replay_id, run=run)
    row = mine.filter(state="waiting").first()
    if row is None or not mine.filter(state="waiting").update(state="running", seen_at=datetime.now(UTC)):
        return
    noted, result = time.monotonic(), Result()
    try:
        desk = case_file.desk(row.organisation, row.person, row.asked_at)
        for result in played(desk, row.what, packs.pinned(row.old), packs.pinned(row.new)):  # type: ignore[arg-type]
            if time.monotonic() - noted > NOTED or not result.played:
                noted = time.monotonic()
                if not mine.filter(state="running").update(**_so_far(result)):
                    break
    except Exception:
        mine.filter(state="running").update(state="failed")
        raise
    told = {**_so_far(result), "result": encoded(result)}
    if not mine.filter(state="running").update(state="done", **told):
        mine.filter(state="stopped").update(**told)


def _so_far(result: Result) -> dict[str, Any]:
    return {"played": result.played, "of": result.of, "seen_at": datetime.now(UTC)}


def _question(desk: Desk, what: What, old: Pack, new: Pack) -> dict[str, str]:
    return {
        "organisation": desk.directory.slug, "person": desk.actor.id, "what": what, "old": old.hash, "new": new.hash,
    }  # fmt: skip
