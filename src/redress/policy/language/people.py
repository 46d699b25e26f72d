"""Who: roles and how each is found, posts that must be filled, authority, approvals and recusal."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from .base import Condition, Ids, Rule, SpanText, Text, Written, as_tuple
from .effects import Effects
from .forms import Form


class Role(Rule):
    """A role and how its holder is found.

    ``found``: ``seat`` (whoever is appointed to it in the unit or above it), ``everyone`` (all staff), ``person`` (whoever
    the case names in this slot), ``outside`` (the customer, an insurer: no account). ``at`` names the unit field in which
    the holder sits; without it the case's own unit counts. ``stands_in_for`` lets a deputy act with the role's rights.
    ``reads``: ``unit`` sees every case of the unit, ``part`` only cases it has a part in. ``fixed`` person slots are never
    overwritten. ``rank``: a higher one stands above a lower (all staff: 0).
    """

    kind_key: ClassVar[str] = "role"
    found: Literal["seat", "everyone", "person", "outside"] = "seat"
    at: str = ""
    stands_in_for: Ids = Key(default=(), alias="stands in for")
    reads: Literal["unit", "part"] = "unit"
    set_by: Ids = Key(default=(), alias="set by")
    fixed: bool = False
    rank: int = 0


class Post(Rule):
    """A role that must be filled in every unit of a kind before the organisation's set-up is complete."""

    kind_key: ClassVar[str] = "post"
    role: str
    unit_kinds: Ids = Key(default=(), alias="unit kinds")
    at_least: int = Key(default=1, alias="at least", ge=1)


class Authority(Rule):
    """How much each role may commit in one act: ``limits`` in CNY by role; a role not listed may commit nothing.

    ``per``: whether earlier sums of the case, or of the same customer (found by ``pattern``, in its time), count together with
    this one, so that an offer cannot be split. ``instead`` names the act for a larger sum.
    A deputy has the limit of the role stood in for, unless the deputy's own role is listed.
    """

    kind_key: ClassVar[str] = "authority"
    acts: Ids
    amount: str
    limits: dict[str, Decimal | str]
    when: Condition = ""
    per: Literal["act", "case", "customer"] = "act"
    pattern: str = ""
    instead: str = ""
    say: Text | None = None


class Approver(Written):
    """One approver of an approval; ``up_to`` (CNY) is the largest amount this role may approve alone."""

    role: str
    up_to: Decimal | str | None = Key(default=None, alias="up to")
    clauses: tuple[str, ...] = ()


class Approval(Rule):
    """A decision that others must give. Nobody approves what they asked for.

    ``order``: ``sequence`` (each after the one before), ``together`` (all, in any order), ``any`` (one is enough).
    ``within`` is the approvers' own clock.
    """

    kind_key: ClassVar[str] = "approval"
    by: Annotated[tuple[str | Approver, ...], BeforeValidator(as_tuple)]
    order: Literal["sequence", "together", "any"] = "sequence"
    amount: str = ""
    within: SpanText | None = None
    calendar: str = ""
    record: Form = ()
    if_approved: Effects = Key(default=(), alias="if approved")
    if_refused: Effects = Key(default=(), alias="if refused")


class Appeal(Rule):
    """How somebody charged on the ledger may object to a line, and who then rules: upholds it, waives it, changes its sum.

    ``kinds`` are the ledger kinds it is about (all, where none is named). The person charged may appeal; where no person is
    charged, ``who`` may, in the unit charged (without it, whoever holds the role charged, or reads the unit's cases there).
    ``by`` rules: the first of these roles that is not held by the person charged or whoever proposed the line. ``within`` is
    the ruling's clock, ``open_for`` how long after the entry (or its confirmation) one may appeal.
    Without such a rule a line may be appealed at any time; whoever approves it rules, else a role that ranks above the one
    charged, else those who approve other things, else whoever reads the cases of the unit above.
    """

    kind_key: ClassVar[str] = "appeal"
    kinds: Ids = ()
    who: Ids = ()
    by: Ids
    within: SpanText | None = None
    open_for: SpanText | None = Key(default=None, alias="open for")
    calendar: str = ""
    when: Condition = ""


class Recusal(Rule):
    """The person in the slots ``who`` keeps out of the named acts (all, where none is named); ``read: no`` hides the case.

    ``outranked``: so does whoever does not rank above that person (the case is not hidden from them).
    """

    kind_key: ClassVar[str] = "recusal"
    who: Ids
    acts: Ids = ()
    read: bool = True
    outranked: bool = False
    when: Condition = ""
    say: Text | None = None
