"""Acts: what people do on a case, on top of the common life of every case."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from .base import Condition, Ids, Rule, Text, as_tuple
from .effects import Effects
from .forms import Form

LifeStep = Literal[
    "register",
    "accept",
    "decline",
    "investigate",
    "propose",
    "agree",
    "disagree",
    "refer",
    "carry-out",
    "follow-up",
    "close",
    "reopen",
    "archive",
    "erase",
]
Emergency = Literal["police", "ambulance", "fire"]
Contact = Literal["phone", "visit", "letter", "message", "in person", "any"]
"""By which way somebody is in touch with the customer."""


class Act(Rule):
    """Something a person does. ``who`` may do it; ``form`` is what it records; ``life`` is the step of the common life it is.

    ``on`` names the standing duties it belongs to (a complaint, where none is named). ``once``: per ``round`` or ``case``.
    ``signs``: the act is a signature, kept with identity and time. ``when`` must hold, else it is refused with ``say``.
    ``ledger``: it is the ``appeal`` against a line of the ledger, or the ``ruling`` on it (see `appeal`).
    ``work: lesson``: what it records is a case written up for others, like a duty of that sort.
    ``after_closing``: it may be done on a closed case too (accountability, thanks).
    ``emergency``: the act is a call for help (of several services, where a list is given). The desk has a large button for
    each: it shows the number and what follows, and the act is done right after the registration.
    ``contact``: the act is a contact with the customer, by this way (``any``, where the policy leaves the way open). It
    demands nothing; a case shows when the customer was last spoken to.
    """

    kind_key: ClassVar[str] = "act"
    who: Ids = ()
    form: Form = ()
    life: LifeStep | None = None
    ledger: Literal["appeal", "ruling"] | None = None
    work: Literal["lesson"] | None = None
    on: Ids = ()
    once: Literal["round", "case"] | None = None
    signs: bool = False
    after_closing: bool = Key(default=False, alias="after closing")
    when: Condition = ""
    say: Text | None = None
    then: Effects = ()
    key: str = Key(default="", max_length=1)
    emergency: Annotated[tuple[Emergency, ...], BeforeValidator(as_tuple)] = ()
    contact: Contact | None = None
