"""Who may settle up to how much, and who approves above that: the rules as one table, and sums on a scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from redress.policy.language.people import Approval, Approver
from redress.policy.pack import Pack
from redress.web.plain_words import names
from redress.web.plain_words.conditions import condition
from redress.web.plain_words.triggers import after


@dataclass(frozen=True)
class Column:
    """An authority: the acts it is about, and under which condition; ``limits`` are sums in words by role."""

    acts: str
    amount: str
    when: str
    per: str
    instead: str
    limits: dict[str, str]
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Band:
    """A part of the scale of sums, and who approves there; ``left`` and ``width`` in percent."""

    role: str
    words: str
    left: float
    width: float


@dataclass(frozen=True)
class Chain:
    """An approval: who is asked, in which order, within how long; ``bands`` where sums decide who."""

    name: str
    order: str
    steps: tuple[str, ...]
    limit: str
    bands: tuple[Band, ...]
    clauses: tuple[str, ...]
    asked_by: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """The whole: roles (highest first) against authorities, and the approvals."""

    roles: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    chains: tuple[Chain, ...]


def matrix(pack: Pack) -> Matrix:
    """The authority matrix of a pack, in the language of the request; worked out once per process."""
    return _matrix(pack, names.language())


@lru_cache(maxsize=64)
def _matrix(pack: Pack, lang: str) -> Matrix:
    columns = tuple(_column(pack, rule) for rule in pack.authorities)
    named = [role for rule in pack.authorities for role in rule.limits]
    named += [item.role for rule in pack.approvals.values() for item in _by(rule)]
    order = sorted(dict.fromkeys(named), key=lambda role: -(pack.roles[role].rank if role in pack.roles else 0))
    chains = tuple(_chain(pack, rule) for rule in pack.approvals.values())
    return Matrix(tuple((role, names.role(pack, role)) for role in order), columns, chains)


def _column(pack: Pack, rule) -> Column:  # type: ignore[no-untyped-def]
    per = {"act": _("每次"), "case": _("同一案件累计"), "customer": _("同一客户累计")}[rule.per]
    return Column(
        names.joined(names.act(pack, act) for act in rule.acts),
        names.field(pack, rule.amount),
        condition(pack, rule.when) if rule.when else "",
        per,
        names.act(pack, rule.instead) if rule.instead else "",
        {role: names.money(pack, sum_) for role, sum_ in rule.limits.items()},
        rule.clauses,
    )


def _chain(pack: Pack, rule: Approval) -> Chain:
    order = {"sequence": _("依次批准"), "together": _("全部批准"), "any": _("任一批准")}[rule.order]
    bands = _bands(pack, rule)
    return Chain(
        names.said(rule.text),
        _("按金额，由其一批准") if bands else order if len(rule.by) > 1 else _("由其批准"),
        tuple(names.role(pack, item.role) for item in _by(rule)),
        _("%(span)s内答复") % {"span": names.span(pack, rule.within)} if rule.within else "",
        bands,
        rule.clauses,
        tuple(dict.fromkeys(_asker(pack, asker) for asker in pack.source.rules if _asks(asker, rule.id))),
    )


def _bands(pack: Pack, rule: Approval) -> tuple[Band, ...]:
    """Equal parts, as sums of a policy lie too far apart for a scale; the words say from where to where."""
    written = _by(rule)
    if not rule.amount or all(item.up_to is None for item in written):
        return ()
    width = 100 / len(written)
    bands, below = [], Decimal(0)
    for number, item in enumerate(written):
        top = pack.money(item.up_to) if item.up_to is not None else None
        bands.append(
            Band(names.role(pack, item.role), _band_words(pack, below, top), round(number * width, 3), round(width, 3))
        )
        below = top if top is not None else below
    return tuple(bands)


def _band_words(pack: Pack, below: Decimal, top: Decimal | None) -> str:
    if top is None:
        return _("超过 %(sum)s") % {"sum": names.money(pack, below)} if below else _("任何金额")
    return _("至 %(sum)s") % {"sum": names.money(pack, top)}


def _by(rule: Approval) -> list[Approver]:
    return [item if isinstance(item, Approver) else Approver(role=item) for item in rule.by]


def _asker(pack: Pack, rule: Any) -> str:
    """What asks for an approval: a rule's words, else the moment at which it does."""
    return names.said(rule.text) if rule.zh else after(pack, rule.after)


def _asks(rule, approval: str) -> bool:  # type: ignore[no-untyped-def]
    effects = [
        effect for key in ("then", "if_late", "if_approved", "if_refused") for effect in getattr(rule, key, ()) or ()
    ]
    return any(effect.ask == approval or (effect.entry and effect.entry.approval == approval) for effect in effects)
