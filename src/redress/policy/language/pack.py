"""The whole of a written pack: its head, its clauses, its rules."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from pydantic import Field as Key

from .acts import Act
from .base import Ids, Rule, Written
from .drafts import Phrase
from .duties import Duty, Ladder
from .fields import Field, Parameter
from .limits import Gate, Prohibition
from .papers import Book, Document, Number, Retention
from .people import Appeal, Approval, Authority, Post, Recusal, Role
from .periodic import Measure, Report, Standing
from .playbooks import Playbook
from .rulings import Decision, Pattern, Reaction
from .sums import Compensation
from .words import Clause, Guidance


class Calendar(Rule):
    """A working calendar of the pack: ``zone``, ``hours``, ``holidays``, ``makeup_days``, ``closed``, ``open``, ``day_ends``."""

    kind_key: ClassVar[str] = "calendar"
    is_: dict[str, Any] = Key(alias="is")


class Effective(Written):
    """From when the policy holds, and whether it is on trial."""

    from_: date = Key(alias="from")
    status: str = "in force"
    clauses: tuple[str, ...] = ()


class Head(Written):
    """The head of a pack (``pack.yaml``)."""

    pack: str = Key(pattern=r"^[a-z][a-z0-9-]*$")
    zh: str
    en: str
    version: str
    effective: Effective
    extends: Ids = ()
    calendar: str = ""
    unit_field: str = Key(default="", alias="unit field")
    summary_zh: str = Key(default="", alias="summary zh")
    summary_en: str = Key(default="", alias="summary en")


RULE_KINDS: dict[str, type[Rule]] = {
    kind.kind_key: kind
    for kind in (
        Role, Post, Field, Parameter, Calendar, Act, Duty, Playbook, Ladder, Gate, Prohibition, Authority, Approval, Appeal, Recusal, Decision,
        Reaction, Pattern, Number, Book, Document, Retention, Standing, Measure, Report, Compensation, Phrase, Guidance,
    )
}  # fmt: skip
"""Every kind of rule, by the key it starts with. This is the whole language."""


class Source(Written):
    """A pack as written: head, clauses, and rules by kind and id (own rules override those of a pack it extends).

    ``inherited`` are the clauses that belong to a pack it extends; ``overridden`` says of "KIND ID" whose rule it replaces.
    ``playbooks`` are kept as written, to be read as such; what they oblige to stands among the rules as duties.
    """

    head: Head
    clauses: tuple[Clause, ...]
    rules: tuple[Rule, ...]
    parents: tuple[str, ...] = ()
    inherited: frozenset[str] = frozenset()
    overridden: dict[str, str] = Key(default_factory=dict)
    playbooks: tuple[Playbook, ...] = ()

    def of(self, kind: type[Rule]) -> list[Any]:
        """The rules of one kind, in the order written."""
        return [rule for rule in self.rules if type(rule) is kind]
