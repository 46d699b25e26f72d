"""What the policy asks of one role: what it must do, may do, must not do, and what it should say."""

from __future__ import annotations

from dataclasses import dataclass

from redress.policy.language.base import Rule
from redress.policy.language.drafts import Phrase
from redress.policy.language.limits import Gate, Prohibition
from redress.policy.language.people import Approver
from redress.policy.language.words import Guidance
from redress.policy.pack import Pack
from redress.web.plain_words import RuleWords, names, rule_words

from .deadlines import Deadline, deadlines

Cited = tuple[RuleWords, tuple[str, ...]]
"""A rule in words with the clauses it stands for."""


@dataclass(frozen=True)
class Part:
    """A role's part in the policy."""

    role: str
    name: str
    words: RuleWords
    duties: tuple[Deadline, ...]
    untimed: tuple[tuple[str, tuple[str, ...]], ...]
    acts: tuple[tuple[str, tuple[str, ...]], ...]
    approves: tuple[Cited, ...]
    limits: tuple[Cited, ...]
    gates: tuple[Cited, ...]
    prohibitions: tuple[Cited, ...]
    phrases: tuple[Cited, ...]
    guidance: tuple[tuple[Guidance, str], ...]


def roles_of(pack: Pack) -> list[tuple[str, str, int]]:
    """(role, name, how many duties it has) of everybody whom the policy asks something of, those asked most first."""
    counted = {role: sum(role in duty.who for duty in pack.duties.values()) for role in pack.roles}
    acting = {role for act in pack.acts.values() for role in act.who}
    shown = [role for role in pack.roles if counted[role] or role in acting]
    return sorted(((role, names.role(pack, role), counted[role]) for role in shown), key=lambda row: -row[2])


def part_of(pack: Pack, role: str) -> Part:
    """What the policy asks of ``role``. Raises ``KeyError`` for a role it does not have."""
    rule = pack.roles[role]
    own = {act.id for act in pack.acts.values() if role in act.who}
    fields = {item.field for act in own for item in pack.acts[act].form}
    timed = deadlines(pack, role)
    untimed = [duty for duty in pack.duties.values() if role in duty.who and not duty.within]
    acts = [act for act in pack.acts.values() if act.id in own and act.id not in pack.duties]
    approves = [a for a in pack.approvals.values() if any(_role(item) == role for item in a.by)]
    return Part(
        role,
        names.role(pack, role),
        rule_words(pack, rule),
        tuple(timed),
        tuple((names.duty(pack, duty.id), duty.clauses) for duty in untimed),
        tuple((names.said(act.text), act.clauses) for act in acts),
        _cited(pack, approves),
        _cited(pack, [rule for rule in pack.authorities if role in rule.limits]),
        _cited(pack, [rule for rule in pack.source.of(Gate) if own & set(rule.before)]),
        _cited(pack, [rule for rule in pack.source.of(Prohibition) if own & set(rule.acts)]),
        _cited(pack, [rule for rule in pack.source.of(Phrase) if fields & set(rule.fields)]),
        tuple((rule, names.said(rule.text)) for rule in pack.guidance if role in rule.roles or own & set(rule.at)),
    )


def _cited(pack: Pack, rules: list[Rule]) -> tuple[Cited, ...]:
    return tuple((rule_words(pack, rule), rule.own_clauses()) for rule in rules)


def _role(item: str | Approver) -> str:
    return item.role if isinstance(item, Approver) else item
