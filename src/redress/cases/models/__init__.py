"""Tables of the log and of what is folded from it. Nothing here decides; ``case_file.py`` is the one way in.

The log (``CaseEvent``) is the truth; all other tables can be rebuilt from it (``store/rebuild.py``). They have no foreign
keys: every row is written by ``store/writing.py`` in the transaction of its events, and a check per row would cost more
than the write. Times are moments; ids of units and people are their slugs within the organisation.
"""

from .files import Attachment, AttachmentPart
from .finding import CaseKey, CaseLesson, CasePart, CaseSearch
from .ledger import LedgerLine
from .log import CaseEvent, ImportKey, Series
from .notices import Notice
from .records import CaseDuty, CaseLadder, CaseRecord
from .tallies import Tally, TallyRound

__all__ = [
    "Attachment",
    "AttachmentPart",
    "CaseDuty",
    "CaseEvent",
    "CaseKey",
    "CaseLadder",
    "CaseLesson",
    "CasePart",
    "CaseRecord",
    "CaseSearch",
    "ImportKey",
    "LedgerLine",
    "Notice",
    "Series",
    "Tally",
    "TallyRound",
]
