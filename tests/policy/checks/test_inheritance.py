"""A pack that extends another may replace its rules: what the parent then leaves unused is no mistake of the child."""

import shutil
from pathlib import Path

from redress.policy.reading import load_folder

SHOP = Path(__file__).parent / "shop"
HEAD = """
pack: branch
zh: 分店
en: branch shop
version: "1"
effective: {from: 2026-01-01}
calendar: office
unit field: branch
extends: [shop]
"""
ASKS_LESS = """
- act: register
  zh: 登记投诉
  en: register the complaint
  who: staff
  form: [branch]
  life: register
  clauses: [shop-1]
- standing: weekly-report
  zh: 写周报
  en: write the weekly report
  clauses: [shop-8]
  recurs: {every: week, 'on': mon, at: "09:00"}
  who: manager
  within: 2 wd
  report: weekly
"""


def test_a_child_that_asks_for_less_is_not_told_of_its_parents_unused_fields_and_parameters(tmp_path):
    shutil.copytree(SHOP, tmp_path / "shop")
    assert _problems(tmp_path, ASKS_LESS) == []


def test_a_childs_own_unused_field_is_still_told(tmp_path):
    shutil.copytree(SHOP, tmp_path / "shop")
    own = ASKS_LESS + "- field: shelf\n  zh: 货架\n  en: shelf\n"
    assert _problems(tmp_path, own) == [("never-filled", "branch/rules/own.yaml")]


def _problems(home: Path, rules: str) -> list[tuple[str, str]]:
    folder = home / "branch"
    (folder / "rules").mkdir(parents=True)
    (folder / "pack.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "clauses.yaml").write_text("[]", encoding="utf-8")
    (folder / "rules" / "own.yaml").write_text(rules, encoding="utf-8")
    _, problems, _ = load_folder(folder)
    return [(problem.code, problem.place.file) for problem in problems]
