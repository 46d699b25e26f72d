"""A policy that no document stands behind, written from the guide alone: it holds like the shipped ones."""

from pathlib import Path

from redress.policy.reading import load_folder
from redress.policy.scenarios.coverage import coverage
from redress.policy.scenarios.mutation import mutate
from redress.policy.scenarios.suite import Suite

CLINIC = Path(__file__).resolve().parents[2] / "examples" / "clinic"


def test_the_invented_clinic_is_checked_covered_and_held_by_its_scenarios():
    suite = Suite.of(CLINIC)
    assert load_folder(CLINIC)[1] == []
    assert [played.failures for played in suite.play() if not played.passed] == []
    assert {row.status for row in coverage(suite)} == {"enforced", "shown"}
    assert [fate.mutant for fate in mutate(suite) if not fate.killed_by] == []
