"""The search over everything: what was asked, where it is found, and the words marked that were looked for."""

from .found import Found, seek
from .marking import marked

__all__ = ["Found", "marked", "seek"]
