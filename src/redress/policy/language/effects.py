"""What follows: the consequences that acts, late duties, approvals and reactions can have."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Key

from .base import Condition, Ids, SpanText, Text, Written, as_tuple

Amount = Decimal | str | dict[str, Decimal | str]
"""CNY: a sum, a parameter (``$fine``), or a table by the value of a field (``level`` unless ``by`` says otherwise)."""


class Assign(Written):
    """Puts a person into a slot of the case: ``to`` is ``actor`` or the id of a person field.

    The slot is named here, or by the value of ``slot_field``.
    """

    slot: str = ""
    slot_field: str = Key(default="", alias="slot field")
    to: str = "actor"


class Extend(Written):
    """Moves the due time of open duties: ``by`` a span, or ``until`` a date field."""

    duties: Ids
    by: SpanText | None = None
    until: str = ""


class Entry(Written):
    """A line of the accountability ledger: what kind (a word or a field holding it), how much, on whom.

    ``zh`` and ``en`` are what a line of this kind is called. ``on`` as in ``Effect``; ``approval`` decides about the line.
    """

    zh: str = ""
    en: str = ""
    kind: str = ""
    kind_field: str = Key(default="", alias="kind field")
    amount: Amount | None = None
    amount_field: str = Key(default="", alias="amount field")
    on: Ids = ()
    approval: str = ""


class Effect(Written):
    """One consequence; exactly one of the keys below ``when`` and ``clauses``.

    ``set``: field -> value, or ``{is: CEL}`` · ``notify``: roles told, with ``say`` · ``fine``: proposed, CNY, on the duty's
    holder or ``on`` (roles, person or unit fields; of several, the first with a named person or unit, else the last) · ``entry``: any other ledger line ·
    ``mark``/``unmark`` · ``assign`` · ``climb``: the ladder goes up a rung · ``pause``/``resume``/``cancel``: duties, or
    ``all`` · ``extend`` · ``waive``: proposed fines of these duties, of those still ``open``, or ``all`` · ``ask``: an
    approval · ``new_round``: start the next round at this trigger · ``signal``: a trigger of one's own · ``stage``: move the
    case on.
    """

    when: Condition = ""
    clauses: tuple[str, ...] = ()
    say: Text | None = None
    set: dict[str, Any] | None = None
    notify: Ids | None = None
    fine: Amount | None = None
    on: Ids = ()
    by: str = "level"
    entry: Entry | None = None
    mark: str | None = None
    unmark: str | None = None
    assign: Assign | None = None
    climb: str | None = None
    pause: Ids | None = None
    resume: Ids | None = None
    cancel: Ids | None = None
    extend: Extend | None = None
    waive: Ids | None = None
    ask: str | None = None
    new_round: str | None = None
    signal: str | None = None
    stage: (
        Literal[
            "registered",
            "assessed",
            "declined",
            "investigated",
            "proposed",
            "agreed",
            "disputed",
            "referred",
            "carried-out",
            "followed-up",
            "closed",
            "archived",
        ]
        | None
    ) = None

    @model_validator(mode="after")
    def _one_thing(self) -> Effect:
        named = [name for name in EFFECT_KEYS if getattr(self, name) is not None]
        if len(named) != 1:
            allowed = ", ".join(name.replace("_", " ") for name in EFFECT_KEYS)
            raise ValueError(f"a consequence names exactly one of: {allowed}; found {', '.join(named) or 'none'}")
        return self

    @property
    def verb(self) -> str:
        """Which of the consequences this is, such as ``fine``."""
        return next(name for name in EFFECT_KEYS if getattr(self, name) is not None)


EFFECT_KEYS = (
    "set", "notify", "fine", "entry", "mark", "unmark", "assign", "climb", "pause", "resume", "cancel", "extend", "waive",
    "ask", "new_round", "signal", "stage",
)  # fmt: skip

Effects = Annotated[tuple[Effect, ...], BeforeValidator(as_tuple)]
