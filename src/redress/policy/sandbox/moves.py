"""Moves: a sandbox is the list of what was done in it and when. Playing the list again gives the same state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from redress.policy.engine.commands import Decide, Perform, Register


class Move(msgspec.Struct, frozen=True, omit_defaults=True):
    """At ``at`` the person ``who`` gives ``command`` on a case; without a command only time passes until then.

    ``step``: the step of the scenario that it follows, 0 where somebody thought of it themselves.
    """

    at: datetime
    who: str = ""
    case: str = "A"
    command: Register | Perform | Decide | None = None
    step: int = 0


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(tuple[Move, ...])


def encode_moves(moves: Iterable[Move]) -> str:
    """The moves as JSON."""
    return _encoder.encode(list(moves)).decode()


def decode_moves(text: str) -> tuple[Move, ...]:
    """The moves that ``encode_moves`` wrote."""
    return _decoder.decode(text)


def later(moves: tuple[Move, ...], number: int, minutes: int) -> tuple[Move, ...]:
    """The same moves with the one at ``number`` (from 0) made so many minutes later; what came after it waits where it must."""
    found = list(moves)
    moved = msgspec.structs.replace(found[number], at=found[number].at + timedelta(minutes=minutes))
    found[number] = moved
    for place in range(number + 1, len(found)):
        found[place] = msgspec.structs.replace(found[place], at=max(found[place].at, moved.at))
    return tuple(found)
