"""Clause by clause: which rules carry it, which scenarios exercise it, and so how far the system stands for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from redress.policy.language.pack import Source

from .suite import Suite


class ClauseCoverage(msgspec.Struct, frozen=True):
    """``status``: enforced (a rule makes the system act, and a passing scenario names the clause), prompted (a rule asks for
    it), shown (guidance), missing."""

    pack: str
    clause: str
    executable: str
    status: str
    rules: tuple[str, ...]
    scenarios: tuple[str, ...]


def coverage(suite: Suite) -> list[ClauseCoverage]:
    """The coverage of every clause, in the order of the pack's clause list."""
    rules = rules_by_clause(suite.pack.source)
    named = defaultdict(list)
    for scenario, played in zip(suite.scenarios, suite.play(), strict=True):
        if played.passed:
            for clause in scenario.named_clauses():
                named[clause].append(scenario.scenario)
    return [
        ClauseCoverage(
            suite.pack.id, clause.id, clause.executable, _status(clause.executable, rules[clause.id], named[clause.id]),
            tuple(f"{kind} {rule_id}" for kind, rule_id, _ in rules[clause.id]), tuple(named[clause.id]),
        )
        for clause in suite.pack.source.clauses
        if clause.id not in suite.pack.source.inherited
    ]  # fmt: skip


def rules_by_clause(source: Source) -> dict[str, list[tuple[str, str, bool]]]:
    """(kind, id, enforces) of the rules that cite each clause."""
    found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for rule in source.rules:
        for clause in rule.own_clauses():
            found[clause].append((rule.kind_key, rule.id, rule.enforces))
    for clause in source.head.effective.clauses:
        found[clause].append(("pack", "effective", True))
    return found


def _status(executable: str, rules: Iterable[tuple[str, str, bool]], scenarios: list[str]) -> str:
    rules = list(rules)
    if not rules:
        return "missing"
    enforcing = [enforces for _, _, enforces in rules]
    if not any(enforcing) or (executable == "guidance" and not all(enforcing)):
        return "shown"
    if scenarios and executable == "yes":
        return "enforced"
    return "prompted"


__all__ = ["ClauseCoverage", "coverage", "rules_by_clause"]
