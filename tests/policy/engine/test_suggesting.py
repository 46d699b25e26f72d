"""While a complaint is typed: options its words speak for, and what the policy would set going. Nothing is decided or kept."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.policy.engine.engine_stage import MONDAY_NINE, Play, pack_of

from redress.policy.engine.foreseeing import foresee
from redress.policy.engine.suggesting import suggestions
from redress.policy.engine.world import Actor
from redress.policy.reading import load

FORM = """
- field: story
  type: long-text
- field: grade
  type: choice
  clauses: [t-1]
  options:
    small: {zh: 小事一桩, en: small}
    grave: {zh: 重, en: grave, words: [受伤, 烫伤, burnt], means: {zh: 有人受伤, en: somebody was hurt}}
    press: {zh: 危机, en: crisis, words: [记者]}
- field: signs
  type: choices
  options: {media: {zh: 媒体, en: press, words: [记者]}, law: {zh: 诉讼, en: law, words: [起诉]}}
- act: describe
  who: staff
  form: [optional story, optional grade, optional signs]
"""
LEVELS = """
- decision: level-of-case
  clauses: [t-1]
  after: register
  sets: level
  rows:
    - {when: amount > 100.0, value: high}
    - {value: low}
- duty: call
  zh: 回电
  en: call
  clauses: [t-1]
  after: register
  who: staff
  within: {high: 10 min, low: 1 d}
- act: summon
  who: staff
  form: []
- duty: guide
  clauses: [t-1]
  after: summon
  who: staff
  must: {zh: 到门口引路, en: guide them in}
  within: 5 min
"""


def offered(text: str, **chosen: object) -> list[tuple[str, str]]:
    pack = pack_of(FORM)
    found = suggestions(pack, pack.acts["describe"].form, {"story": text, **chosen})
    return [(one.field, one.option.id) for one in found]


def test_a_word_of_an_option_or_its_own_name_suggests_it() -> None:
    assert offered("客人被热汤烫伤") == [("grade", "grave")]
    assert offered("这是小事一桩") == [("grade", "small")]
    assert offered("He was BURNT by the tea") == [("grade", "grave")]
    assert offered("sunburntish") == offered("好茶") == []


def test_the_option_with_more_words_comes_first_and_several_values_may_hold() -> None:
    assert offered("记者说有人受伤、烫伤") == [("grade", "grave"), ("grade", "press"), ("signs", "media")]


def test_what_the_sentence_denies_suggests_nothing() -> None:
    assert offered("没有人受伤") == offered("并未受伤") == offered("nobody was burnt") == []
    assert offered("没有人道歉，客人受伤了") == [("grade", "grave")]


def test_a_choice_already_made_is_not_suggested_again() -> None:
    assert offered("记者说有人受伤", grade="press", signs=["media"]) == []


def test_the_places_and_the_clause_are_told() -> None:
    pack = pack_of(FORM)
    one = suggestions(pack, pack.acts["describe"].form, {"story": "手被烫伤"})[0]
    place = one.found[0]
    assert "手被烫伤"[place.start : place.end] == "烫伤" and one.clauses == ("t-1",)


def seen(values: dict[str, object], act: str = ""):
    play = Play(LEVELS)
    return foresee(play.stage.pack, "north", values, play.actor("zhao"), MONDAY_NINE, play.stage, act)


def test_decisions_and_deadlines_are_foreseen_from_half_a_form() -> None:
    unfinished = seen({"amount": "about"})
    assert [(one.field, one.value, one.clauses) for one in unfinished.settled] == [("level", "low", ("t-1",))]
    dear = seen({"amount": "500"})
    assert dear.settled[0].value == "high"
    assert [duty.due for duty in dear.duties] == [MONDAY_NINE + timedelta(minutes=10)]


def test_what_follows_an_act_right_after_the_registration_is_foreseen_too() -> None:
    assert [duty.rule for duty in seen({}, "summon").duties] == ["guide", "call"]


@pytest.mark.parametrize("folder", sorted((Path(__file__).parents[3] / "packs").iterdir()), ids=lambda one: one.name)
def test_an_empty_form_of_every_shipped_pack_can_be_foreseen(folder) -> None:
    pack = load(folder)
    world = Play(LEVELS).stage
    for act in ["", *(act.id for act in pack.acts.values() if act.emergency)]:
        assert foresee(pack, "north", {}, Actor("zhao"), MONDAY_NINE, world, act).case.stage
