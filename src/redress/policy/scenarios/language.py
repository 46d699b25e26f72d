"""What a scenario can say."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from redress.policy.language.base import Ids, Written, as_tuple


def _short(key: str) -> Any:
    def expand(value: Any) -> Any:
        return [{key: item} if isinstance(item, str) else item for item in as_tuple(value)]

    return BeforeValidator(expand)


class Refusal(Written):
    """What a refusal must say: the clause, the code (gate, forbidden, required...), the field it is about.

    ``fields``: every one of these must be refused; together the refusals cite the clauses.
    """

    clause: Ids = ()
    code: str = ""
    field: str = ""
    fields: Ids = ()
    instead: str = ""


class DutySaid(Written):
    """A duty as expected. ``due`` is a time; ``late by`` is whole minutes or a span; ``count`` how many such there are."""

    duty: str
    who: str = ""
    unit: str = ""
    clause: Ids = ()
    due: str = ""
    within: str = ""
    by: str = ""
    late_by: str = Key(default="", alias="late by")
    count: int | None = None
    person: str = ""
    provisional: bool | None = None


class LineSaid(Written):
    """A ledger line as expected; ``amount`` in yuan."""

    amount: str | int | float | None = None
    kind: str = "fine"
    on: str = ""
    unit: str = ""
    duty: str = ""
    clause: Ids = ()
    status: str = ""
    count: int | None = None


class NoticeSaid(Written):
    """A notice as expected: to which role (or person), of which rule."""

    role: str
    rule: str = ""
    unit: str = ""
    clause: Ids = ()
    count: int | None = None


class ActSaid(Written):
    """An act somebody may (or may not) do now."""

    who: str
    act: str
    unit: str = ""
    with_: dict[str, Any] = Key(default_factory=dict, alias="with")
    clause: Ids = ()
    code: str = ""


class GuidanceSaid(Written):
    """Words that somebody is shown at a moment (an act, a duty, ``stage X``, ``desk``, ``overview``)."""

    guidance: str
    at: str = ""
    who: str = ""
    clause: Ids = ()


class PaperSaid(Written):
    """A document, book, mark, approval or number as expected; ``copies`` counts those of a document."""

    id: str
    clause: Ids = ()
    copies: int | None = None
    to: Ids = ()
    locked: bool | None = None
    is_: str = Key(default="", alias="is")
    cases: Ids = ()
    customer: bool | None = None
    gap_free: bool | None = Key(default=None, alias="gap free")


class SignedSaid(Written):
    """A signature as expected: of which act, by whom, for whom a stand-in signed."""

    act: str
    by: str = ""
    for_: str = Key(default="", alias="for")
    clause: Ids = ()


class ReadSaid(Written):
    """Who can, or cannot, see the case."""

    who: str
    clause: Ids = ()


class PostSaid(Written):
    """A post that is not filled in a unit."""

    post: str
    unit: str = ""
    clause: Ids = ()


class WorthSaid(Written):
    """What a compensation worksheet comes to: the total, the organisation's own part, its lines; what is still locked."""

    worksheet: str
    total: str | int | float | None = None
    own: str | int | float | None = None
    lines: dict[str, Any] = Key(default_factory=dict)
    payers: dict[str, str] = Key(default_factory=dict)
    locked: Ids = ()
    clause: Ids = ()


class HeldSaid(Written):
    """How many minutes of the case's time a role (or ``waiting``, ``nobody``) held so far."""

    who: str
    minutes: int
    unit: str = ""
    clause: Ids = ()


class ReportSaid(Written):
    """Figures of a report over the cases so far: measure -> value (a number, or a table by option)."""

    report: str
    figures: dict[str, Any] = Key(default_factory=dict)
    to: Ids = ()
    parts: Ids = ()
    clause: Ids = ()


Duties = Annotated[tuple[DutySaid, ...] | None, _short("duty")]
Papers = Annotated[tuple[PaperSaid, ...] | None, _short("id")]


class Expect(Written):
    """What must hold at this moment. An empty list (``fined: []``) says that there must be none."""

    open: Duties = None
    late: Duties = None
    waiting: Duties = None
    done: Duties = None
    done_late: Duties = Key(default=None, alias="done late")
    cancelled: Duties = None
    absent: Duties = None
    paused: Duties = None
    running: Duties = None
    fined: Annotated[tuple[LineSaid, ...] | None, BeforeValidator(as_tuple)] = None
    entered: Annotated[tuple[LineSaid, ...] | None, BeforeValidator(as_tuple)] = None
    notified: Annotated[tuple[NoticeSaid, ...] | None, _short("role")] = None
    not_notified: Annotated[tuple[NoticeSaid, ...] | None, _short("role")] = Key(default=None, alias="not notified")
    allowed: Annotated[tuple[ActSaid, ...] | None, BeforeValidator(as_tuple)] = None
    blocked: Annotated[tuple[ActSaid, ...] | None, BeforeValidator(as_tuple)] = None
    shown: Annotated[tuple[GuidanceSaid, ...] | None, _short("guidance")] = None
    not_shown: Annotated[tuple[GuidanceSaid, ...] | None, _short("guidance")] = Key(default=None, alias="not shown")
    signed: Annotated[tuple[SignedSaid, ...] | None, _short("act")] = None
    readable: Annotated[tuple[ReadSaid, ...] | None, _short("who")] = None
    hidden: Annotated[tuple[ReadSaid, ...] | None, _short("who")] = None
    unfilled: Annotated[tuple[PostSaid, ...] | None, _short("post")] = None
    worth: Annotated[tuple[WorthSaid, ...] | None, BeforeValidator(as_tuple)] = None
    held: Annotated[tuple[HeldSaid, ...] | None, BeforeValidator(as_tuple)] = None
    reported: Annotated[tuple[ReportSaid, ...] | None, _short("report")] = None
    marked: Papers = None
    not_marked: Papers = Key(default=None, alias="not marked")
    asked: Papers = None
    approved: Papers = None
    refused: Papers = None
    documents: Papers = None
    books: Papers = None
    not_books: Papers = Key(default=None, alias="not books")
    not_documents: Papers = Key(default=None, alias="not documents")
    numbers: Papers = None
    rungs: Papers = None
    linked: Papers = None
    stage: str | None = None
    round: int | None = None
    version: str | None = None
    status: str | None = None
    fields: dict[str, Any] = Key(default_factory=dict)
    people: dict[str, str] = Key(default_factory=dict)
    clause: Ids = ()


class Step(Written):
    """One line of the timeline: somebody does, approves or refuses something, or something must hold (or both).

    ``at``: ``09:10``, ``+40 min``, ``day 3 09:00`` (the start is day 1) or a full date. Without it, no time passes.
    ``warned: no`` says that nothing is warned of.
    """

    at: str = ""
    case: str = "A"
    who: str = ""
    does: str = ""
    with_: dict[str, Any] = Key(default_factory=dict, alias="with")
    unit: str = ""
    approves: str = ""
    refuses: str = ""
    reason: str = ""
    refused: Refusal | None = None
    warned: Refusal | Literal[False] | None = None
    expect: Annotated[tuple[Expect, ...], BeforeValidator(as_tuple)] = ()
    note: str = ""


class Given(Written):
    """How this scenario's organisation differs: parameter values, seats added (``person: [role@unit]``), seats left empty.

    ``serials``: the last serial that a number series has given before the story begins.
    """

    settings: dict[str, Any] = Key(default_factory=dict)
    seats: dict[str, Ids] = Key(default_factory=dict)
    vacant: Ids = ()
    serials: dict[str, int] = Key(default_factory=dict)


class Scenario(Written):
    """A timeline. ``standing`` names the standing duties that come round in it (as cases of the same name)."""

    scenario: str
    zh: str = ""
    en: str = ""
    clauses: tuple[str, ...] = ()
    start: str
    given: Given = Key(default_factory=Given)
    standing: Ids = ()
    steps: tuple[Step, ...]

    def named_clauses(self) -> set[str]:
        """Every clause this scenario names in what it expects: those it exercises."""
        found: set[str] = set()
        _collect(self.model_dump(), found)
        return found


def _collect(part: Any, found: set[str]) -> None:
    if isinstance(part, dict):
        found.update(part.get("clause") or ())
        for value in part.values():
            _collect(value, found)
    elif isinstance(part, (list, tuple)):
        for value in part:
            _collect(value, found)
