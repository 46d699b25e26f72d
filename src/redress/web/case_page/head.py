"""The head of the page: what it is, who holds it, what comes next, and the customer behind a mask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redress.cases.case_file import OpenFile
from redress.cases.store.headline import first_responder_of, owner_of
from redress.web.case_sheet import DutyView, FactView
from redress.web.plain_words import names


@dataclass(frozen=True)
class Head:
    """``holder``: whose case it is; ``first``: who took it in, where that is somebody else; ``next`` the duty due first."""

    holder: str
    first: str
    next: DutyView | None
    late: int
    mine: int
    customer: tuple[FactView, ...]


def head_of(file: OpenFile, duties: Sequence[DutyView], facts: Sequence[FactView]) -> Head:
    """The head, from what has been worked out for the rest of the page."""
    holder, first = owner_of(file.pack, file.case), first_responder_of(file.pack, file.case)
    running = [duty for duty in duties if duty.state.due is not None and not duty.state.paused]
    return Head(
        _name(file, holder),
        _name(file, first) if first != holder else "",
        running[0] if running else None,
        sum(duty.late for duty in duties),
        sum(duty.mine for duty in duties),
        tuple(_customer(file, facts)),
    )


def _customer(file: OpenFile, facts: Sequence[FactView]) -> list[FactView]:
    """The customer's name and telephone: the first personal text and the first personal telephone of the policy's fields."""
    found: dict[str, FactView] = {}
    for fact in facts:
        rule = file.pack.fields.get(fact.id)
        if rule is not None and rule.personal and rule.type in ("text", "phone"):
            found.setdefault(rule.type, fact)
    return list(found.values())


def _name(file: OpenFile, person: str) -> str:
    return file.directory.person_text(person).of(names.language()) if person else ""
