"""Why a row cannot go in, in both languages."""

from __future__ import annotations


class WrongRow(ValueError):
    """A row that cannot become a complaint, or not all that the mapping makes of it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en
