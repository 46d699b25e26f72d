"""Changes to an organisation, made by one of its administrators: each is checked, carried out and written to the log at once.

What may not be is refused with ``NotPossible``, in both languages; then nothing has been changed.
"""

from .log import Hand, record
from .refused import NotPossible

__all__ = ["Hand", "NotPossible", "record"]
