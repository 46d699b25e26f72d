"""Clauses and rules belong together: every clause has a rule, every demand cites the clause it comes from.

Building blocks need no clause of their own, because they demand nothing until another rule uses them: roles, posts,
fields, parameters, calendars, acts, numbers, books, documents, measures and reports.
"""

from __future__ import annotations

from redress.policy.errors import closest, meant
from redress.policy.language.acts import Act
from redress.policy.language.base import Rule
from redress.policy.language.fields import Field, Parameter
from redress.policy.language.pack import Calendar, Head
from redress.policy.language.papers import Book, Document, Number
from redress.policy.language.people import Post, Role
from redress.policy.language.periodic import Measure, Report
from redress.policy.language.words import Clause

from .parts import Path, id_of, kind_of, parts_of
from .study import Study

BLOCKS: tuple[type[Rule], ...] = (
    Role, Post, Field, Parameter, Calendar, Act, Number, Book, Document, Measure, Report,
)  # fmt: skip


def check(study: Study) -> None:
    """Reports clauses that no rule carries, or only words carry though they must be enforced, and uncited demands."""
    carriers: dict[str, list[Rule | Head]] = {}
    for rule, _, cited in _citations(study):
        carriers.setdefault(cited, []).append(rule)
    for clause in study.source.clauses:
        _check_clause(study, clause, carriers.get(clause.id, []))
    for rule in study.source.rules:
        if not isinstance(rule, BLOCKS) and not rule.own_clauses():
            zh, en = f"{kind_of(rule)} {rule.id} 没有引用条款", f"the {kind_of(rule)} {rule.id} cites no clause"
            hint = {"hint_zh": "写 clauses: [...]", "hint_en": "Write clauses: [...]"}
            study.warn(study.value(rule, (kind_of(rule),)), "no-clause", zh, en, **hint)


def check_cited(study: Study) -> None:
    """Reports citations of clauses the pack does not list."""
    known = study.names.of("clause") | {clause.id for clause in study.source.clauses}
    for rule, path, clause in _citations(study):
        if clause not in known:
            zh, en = f"没有条款 {clause}", f"there is no clause {clause}"
            study.told.add(("clause", closest(clause, known)))
            study.error(study.value(rule, path), "unknown-clause", zh, en, **meant(clause, known))


def _citations(study: Study) -> list[tuple[Rule | Head, Path, str]]:
    rules: list[Rule | Head] = [study.source.head, *study.source.rules]
    return [(rule, part.path, part.value) for rule in rules for part in parts_of(rule) if part.key == "clauses"]


def _check_clause(study: Study, clause: Clause, carriers: list[Rule | Head]) -> None:
    place = study.read.value_place("clause", clause.id, "id")
    if not carriers and ("clause", clause.id) in study.told:
        return
    if not carriers:
        zh, en = f"条款 {clause.id} 没有规则", f"the clause {clause.id} has no rule"
        hint = {
            "hint_zh": f"写一条引用它的规则：clauses: [{clause.id}]",
            "hint_en": f"Write a rule that cites it: clauses: [{clause.id}]",
        }
        study.error(place, "no-rule", zh, en, **hint)
    elif clause.executable == "yes" and all(isinstance(rule, Rule) and not rule.enforces for rule in carriers):
        names = ", ".join(id_of(rule) for rule in carriers)
        zh, en = (
            f"条款 {clause.id} 应由系统执行，却只有提示语 {names}",
            f"the clause {clause.id} must be enforced, but only words carry it: {names}",
        )
        hint = {
            "hint_zh": "写义务、关口、禁止等规则，或改 executable",
            "hint_en": "Write a duty, a gate, a prohibition ..., or change executable",
        }
        study.error(place, "only-words", zh, en, **hint)
