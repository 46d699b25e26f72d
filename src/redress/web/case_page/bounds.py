"""How far somebody may go: what they may offer, what they must not say or promise, and who could do what they may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from redress.cases.case_file import OpenFile
from redress.policy.engine.authorities import committed_before, limit_of_actor
from redress.policy.engine.facts import Facts
from redress.policy.engine.offers import Offer
from redress.policy.engine.standing_of import units_of
from redress.policy.errors import Refusal
from redress.policy.language.people import Authority
from redress.web.plain_words import names

MOST_NAMES = 4


@dataclass(frozen=True)
class Bound:
    """An authority on this case (yuan): ``limit`` is the reader's, ``left`` what of it is not committed yet; ``others`` may go further."""

    name: str
    acts: str
    limit: Decimal
    committed: Decimal
    left: Decimal
    clauses: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    per_customer: bool


@dataclass(frozen=True)
class MustNot:
    """Something not to do or say: in words, with the wording to use instead, if there is one."""

    words: str
    clauses: tuple[str, ...]
    said: tuple[str, ...] = ()
    better: str = ""


@dataclass(frozen=True)
class Closed:
    """An act that is not possible: why, and who could do it."""

    offer: Offer
    refusals: tuple[Refusal, ...]
    who: tuple[str, ...]


def may_offer(file: OpenFile, offers: Sequence[Offer]) -> list[Bound]:
    """The authorities over acts that have a place on this case now."""
    shown = {offer.act.id for offer in offers}
    found: dict[str, Bound] = {}
    for act, rules in file.pack.authority.items():
        facts = Facts(file.pack, file.case, file.now, file.world, file.actor, {}, act)
        for rule in rules:
            if rule.id not in found and act in shown and facts.holds(rule.when):
                found[rule.id] = _bound(file, rule, facts)
    return sorted(found.values(), key=lambda bound: -bound.limit)


def must_not(file: OpenFile, offers: Sequence[Offer]) -> list[MustNot]:
    """What the policy forbids about the acts that are open to the reader, and in the words they would write there."""
    open_acts = {offer.act.id: offer.act for offer in offers if offer.allowed}
    facts = Facts(file.pack, file.case, file.now, file.world, file.actor)
    rules = {rule.id: rule for act in open_acts for rule in file.pack.prohibitions.get(act, ())}
    found = [MustNot(names.said(rule.say or rule.text), rule.own_clauses()) for rule in rules.values()]
    typed = {item.field for act in open_acts.values() for item in act.form}
    for phrase in file.pack.phrases:
        if typed & set(phrase.fields) and (phrase.words or phrase.say) and facts.holds(phrase.when):
            found.append(
                MustNot(
                    names.said(phrase.say or phrase.text),
                    phrase.own_clauses(),
                    tuple(phrase.words[:6]),
                    names.said(phrase.better),
                )
            )
    confidential = [field for name in file.case.fields if (field := file.pack.fields.get(name)) and field.confidential]
    if confidential:
        clauses = tuple(dict.fromkeys(clause for field in confidential for clause in field.clauses))
        found.append(
            MustNot(names.joined(names.said(field.text) for field in confidential), clauses, ("confidential",))
        )
    return found


def not_possible(file: OpenFile, offers: Iterable[Offer]) -> tuple[list[Closed], list[Closed]]:
    """(refused by the policy, only somebody else's): each with who could do it."""
    closed = [Closed(offer, offer.refusals, tuple(who_could(file, offer))) for offer in offers if not offer.allowed]
    others = [one for one in closed if all(refusal.code == "not-yours" for refusal in one.refusals)]
    return [one for one in closed if one not in others], others


def who_could(file: OpenFile, offer: Offer) -> Iterator[str]:
    """The roles that may do an act, each with those who hold it here."""
    if not any(refusal.code in ("not-yours", "recused", "authority") for refusal in offer.refusals):
        return
    for role in offer.act.who:
        rule = file.pack.roles.get(role)
        if rule is None or rule.found == "outside":
            continue
        people = _people(file, role)
        if people or rule.found == "seat":
            yield f"{names.role(file.pack, role)} · {people}" if people else names.role(file.pack, role)
        elif rule.found != "person":
            yield names.role(file.pack, role)


def _people(file: OpenFile, role: str) -> str:
    rule, lang = file.pack.roles[role], names.language()
    if rule.found == "person":
        named = file.case.people.get(role) or file.case.fields.get(role)
        held = [named] if isinstance(named, str) and named else []
    else:
        on = file.now.date()
        units = units_of(file.pack, file.case, role)
        held = [person for unit in units for person in file.directory.holders(role, unit, on)]
    others = [person for person in dict.fromkeys(held) if person != file.actor.id]
    return names.joined(file.directory.person_text(person).of(lang) for person in others[:MOST_NAMES])


def _bound(file: OpenFile, rule: Authority, facts: Facts) -> Bound:
    limit, committed = limit_of_actor(rule, facts), committed_before(rule, facts)
    further = sorted(
        ((file.pack.money(most), role) for role, most in rule.limits.items() if file.pack.money(most) > limit),
        key=lambda pair: pair[0],
    )
    return Bound(
        names.said(rule.text) if rule.zh else names.joined(names.act(file.pack, act) for act in rule.acts),
        names.joined(names.act(file.pack, act) for act in rule.acts),
        limit,
        committed,
        max(Decimal(0), limit - committed),
        rule.own_clauses(),
        tuple((names.role(file.pack, role), names.money(file.pack, most)) for most, role in further[:3]),
        rule.per == "customer",
    )
