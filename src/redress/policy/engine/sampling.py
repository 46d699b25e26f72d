"""Drawing a sample: which occasions open a duty that is not owed on every one of them."""

from __future__ import annotations

import zlib

from redress.policy.language.duties import Sample

from .turn import Turn

PERIODS = {"day": "%Y%m%d", "month": "%Y%m", "year": "%Y"}


def drawn(turn: Turn, rule: str, sample: Sample) -> bool:
    """Whether this occasion of the duty ``rule`` is drawn: the first of its period, then one place in each run of ``one in``.

    The place is worked out from the period and the run, so that it is not guessed at a desk and yet always comes out the same.
    """
    period = turn.at.astimezone(turn.pack.zone()).strftime(PERIODS[sample.per])
    later = turn.world.serial(f"sample:{rule}:{period}") - 2  # occasions after the first, from 0
    if later < 0:
        return True
    every = max(1, int(turn.pack.parameter(sample.one_in)))
    run, place = divmod(later, every)
    return zlib.crc32(f"{rule}:{period}:{run}".encode()) % every == place
