"""Every shipped pack holds: no mistake, every scenario, every clause carried, and no rule that nobody would miss."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from redress.letters.words import words_of
from redress.policy.reading import load_folder
from redress.policy.scenarios.coverage import coverage
from redress.policy.scenarios.mutation import mutate
from redress.policy.scenarios.suite import Suite

ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted(file.parent for file in (ROOT / "packs").glob("*/pack.yaml"))
STATUS = {"yes": {"enforced"}, "partly": {"prompted", "enforced"}, "guidance": {"shown", "prompted", "enforced"}}
each_pack = pytest.mark.parametrize("folder", PACKS, ids=[folder.name for folder in PACKS])


@cache
def suite_of(folder: Path) -> Suite:
    return Suite.of(folder)


@each_pack
def test_a_shipped_pack_has_neither_errors_nor_warnings(folder):
    _, problems, _ = load_folder(folder)
    assert [problem.line("en") for problem in problems] == []


@each_pack
def test_every_scenario_of_a_shipped_pack_holds(folder):
    assert [(played.scenario, played.failures) for played in suite_of(folder).play() if not played.passed] == []


@each_pack
def test_every_clause_is_carried_as_far_as_it_can_be(folder):
    rows = coverage(suite_of(folder))
    assert [(row.clause, row.status) for row in rows if row.status not in STATUS[row.executable]] == []


@each_pack
def test_somebody_notices_when_a_rule_of_an_executable_clause_is_weakened(folder):
    survivors = [fate.mutant for fate in mutate(suite_of(folder)) if fate.executable == "yes" and not fate.killed_by]
    assert survivors == []


@each_pack
def test_every_notice_says_something_to_whoever_gets_it(folder):
    pack = suite_of(folder).pack
    told = [
        (rule.id, words_of(pack, rule.id, f"{place}.{number}"))
        for rule in pack.source.rules
        for place in ("then", "if_late")
        for number, effect in enumerate(getattr(rule, place, None) or ())
        if effect.notify
    ]
    assert [rule for rule, words in told if words.zh.endswith(rule) or words.en.endswith(f" {rule}")] == []


@each_pack
def test_every_scenario_and_clause_is_told_in_both_languages(folder):
    suite = suite_of(folder)
    assert [s.scenario for s in suite.scenarios if not (s.zh and s.en)] == []
    assert [c.id for c in suite.pack.source.clauses if not (c.zh and c.en)] == []


def test_no_line_of_python_knows_the_name_of_a_pack():
    names = [folder.name for folder in PACKS if "-" in folder.name] + [f'"{folder.name}"' for folder in PACKS]
    found = [
        (str(file.relative_to(ROOT)), name)
        for file in (ROOT / "src").rglob("*.py")
        for name in names
        if re.search(re.escape(name), file.read_text(encoding="utf-8"))
    ]
    assert found == []
