"""What comes of a command: done, refused with the clause (the engine's ``Refused``), or overtaken by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from redress.policy.engine.case import Case
from redress.policy.engine.decide import Refused
from redress.policy.engine.events import Event
from redress.policy.errors import Refusal


class NoSuchCase(LookupError):
    """There is no case with that id."""


class Forbidden(PermissionError):
    """The actor may not see the case."""


@dataclass(frozen=True)
class Done:
    """Carried out: the case as it now stands, the new events (the clock's catching up not among them), the warnings."""

    case_id: UUID
    case: Case
    events: tuple[Event, ...]
    warnings: tuple[Refusal, ...] = ()
    repeated: bool = False
    """Whether it had been done before under the same source key, and nothing was done now."""


@dataclass(frozen=True)
class Stale:
    """Others have acted since the actor looked (``expected``): nothing was done; ``events`` tells what changed."""

    case_id: UUID
    case: Case
    expected: int
    actual: int
    events: tuple[Event, ...]


Outcome = Done | Refused | Stale
