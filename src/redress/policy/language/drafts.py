"""Checking what somebody is about to write to a customer."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field as Key
from pydantic import field_validator

from .base import Condition, Ids, Rule, Text


class Phrase(Rule):
    """What a drafted text must not (or must) hold. ``fields``: the text fields it looks at.

    One of: ``words`` that must not stand in it, a ``pattern`` (regular expression), a ``detects`` (``sums``: sums of money
    beyond what the writer may commit under authority ``beyond``; ``personal``: phone, identity and card numbers other than
    the customer's own), or ``must_hold``: words of which at least one must stand in it. ``better`` is the wording to use instead.
    Traditional and simplified characters count as the same.
    """

    kind_key: ClassVar[str] = "phrase"
    fields: Ids
    words: Ids = ()
    pattern: str = ""
    detects: Literal["sums", "personal"] | None = None
    beyond: str = ""
    must_hold: Ids = Key(default=(), alias="must hold")
    when: Condition = ""
    effect: Literal["block", "warn"] = "warn"
    say: Text | None = None
    better: Text | None = Key(default=None)

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"the pattern does not work: {error}") from error
        return value
