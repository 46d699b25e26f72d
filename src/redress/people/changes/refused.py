"""Why a change cannot be made, in both languages."""

from __future__ import annotations

from redress.policy.language.base import Text


class NotPossible(ValueError):
    """The change is refused; ``field`` names the input at fault, where there is one."""

    def __init__(self, zh: str, en: str, field: str = "") -> None:
        super().__init__(en)
        self.text, self.field = Text(zh=zh, en=en), field
