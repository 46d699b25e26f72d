"""Clauses (what the document demands, in our words) and guidance (what to show a person at the right moment)."""

from __future__ import annotations

from typing import ClassVar, Literal

from .base import Condition, Ids, Rule, Written


class Clause(Written):
    """One atomic requirement of the policy. ``executable``: yes, partly or guidance."""

    id: str
    ref: str = ""
    zh: str
    en: str
    kind: str
    executable: Literal["yes", "partly", "guidance"]
    basis: Literal["stated", "example", "inferred"] = "stated"


class Guidance(Rule):
    """Words for the person at work: shown with the acts, duties or stages in ``at`` (``overview``: on the policy's page)."""

    kind_key: ClassVar[str] = "guidance"
    enforces: ClassVar[bool] = False
    at: Ids
    when: Condition = ""
    roles: Ids = ()
    sort: Literal["step", "say", "avoid", "technique", "warning", "aim"] = "step"
