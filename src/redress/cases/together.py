"""One deed done on several cases at once, each with an event of its own on its own log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from redress.policy.engine.commands import Command

from . import case_file
from .outcomes import Outcome
from .store.connection import undeadlocked


class Deed(NamedTuple):
    """A command for one case. ``expected_seq``: the ``seq`` of the case that the actor was looking at."""

    case_id: UUID
    command: Command
    expected_seq: int | None = None


def act_on_all(deeds: Sequence[Deed], actor: str, now: datetime) -> dict[UUID, Outcome]:
    """Carries out the deeds in one transaction, as ``case_file.act`` does each.

    What is refused or stale on one case is told and keeps nothing from the others. Raises as ``act`` does; then nothing was done.
    """
    in_order = sorted(
        deeds, key=lambda deed: deed.case_id
    )  # everybody locks cases in this order, so that no two wait for each other

    def together() -> dict[UUID, Outcome]:
        with transaction.atomic():
            return {
                deed.case_id: case_file.act(deed.case_id, deed.command, actor, now, expected_seq=deed.expected_seq)
                for deed in in_order
            }

    return undeadlocked(together)
