"""Who has a part in the case, and who must keep out of it."""

from __future__ import annotations

from dataclasses import dataclass

from redress.cases.case_file import OpenFile
from redress.cases.store.headline import first_responder_of, owner_of
from redress.policy.engine.facts import Facts
from redress.web.plain_words import names


@dataclass(frozen=True)
class Part:
    """Somebody on the case: their roles on it, their seats, how often and when last they did something."""

    name: str
    roles: str
    seats: str
    did: int
    mine: bool


@dataclass(frozen=True)
class KeptOut:
    """Somebody who must keep out: of which acts (all, where none is named), and whether the case is hidden from them."""

    name: str
    as_what: str
    acts: str
    hidden: bool
    clauses: tuple[str, ...]


def parts_of(file: OpenFile) -> list[Part]:
    """Everybody named on the case or having acted on it; those in charge first."""
    lang, case = names.language(), file.case
    roles: dict[str, list[str]] = {}
    for slot, person in case.people.items():
        roles.setdefault(person, []).append(names.role(file.pack, slot))
    did: dict[str, int] = {}
    for record in case.acts:
        if record.by:
            did[record.by] = did.get(record.by, 0) + 1
            roles.setdefault(record.by, [])
    order = {owner_of(file.pack, case): 0, first_responder_of(file.pack, case): 1}
    return [
        Part(
            file.directory.person_text(person).of(lang),
            names.joined(dict.fromkeys(roles[person])),
            names.joined(dict.fromkeys(names.role(file.pack, seat) for seat in file.world.roles_of(person, file.now) if seat in file.pack.roles)),
            did.get(person, 0),
            person == file.actor.id,
        )
        for person in sorted(roles, key=lambda one: (order.get(one, 2), -did.get(one, 0)))
    ]  # fmt: skip


def kept_out(file: OpenFile) -> list[KeptOut]:
    """Who is recused on this case, by which rule."""
    facts = Facts(file.pack, file.case, file.now, file.world, file.actor)
    found = []
    for rule in file.pack.recusals:
        if not facts.holds(rule.when):
            continue
        for slot in rule.who:
            value = file.case.people.get(slot) or file.case.fields.get(slot) or ()
            for person in value if isinstance(value, (list, tuple)) else (str(value),):
                found.append(
                    KeptOut(
                        file.directory.person_text(person).of(names.language()),
                        names.role(file.pack, slot),
                        names.joined(names.act(file.pack, act) for act in rule.acts),
                        not rule.read,
                        rule.own_clauses(),
                    )
                )
    return found
