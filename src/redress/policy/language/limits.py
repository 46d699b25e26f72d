"""Gates and prohibitions: what must hold before an act, and what must not be done."""

from __future__ import annotations

from typing import ClassVar, Literal

from .base import Condition, Ids, Rule, Text


class Gate(Rule):
    """Before any of the acts ``before``, ``needs`` must hold; else the act is refused with ``say`` and the clauses."""

    kind_key: ClassVar[str] = "gate"
    before: Ids
    when: Condition = ""
    needs: Condition
    say: Text | None = None


class Prohibition(Rule):
    """An act that must not be done while ``when`` holds: blocked, or (``effect: warn``) allowed with a warning.

    ``instead`` names the act that the policy has for this situation; it is offered.
    """

    kind_key: ClassVar[str] = "prohibition"
    acts: Ids
    when: Condition = "true"
    effect: Literal["block", "warn"] = "block"
    say: Text | None = None
    instead: str = ""
