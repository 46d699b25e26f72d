"""A case: what its log folds into. ``evolve`` is the only way a case changes."""

from .folding import evolve, fold
from .parts import (
    ActRecord,
    Appeal,
    Attachment,
    Attempt,
    Climb,
    Custody,
    DutyState,
    LedgerLine,
    Pause,
    Request,
    Shift,
    Vote,
)
from .whole import Case, decode_case, encode_case

__all__ = [
    "ActRecord",
    "Appeal",
    "Attachment",
    "Attempt",
    "Case",
    "Climb",
    "Custody",
    "DutyState",
    "LedgerLine",
    "Pause",
    "Request",
    "Shift",
    "Vote",
    "decode_case",
    "encode_case",
    "evolve",
    "fold",
]
