"""What a pack's hash is of: all that is written, however it is spelt, and nothing that the language merely allows."""

import pytest
from pydantic import create_model
from tests.policy.checks.mistaken import SHOP
from tests.policy.engine.engine_stage import pack_of

from redress.policy.language.base import Text
from redress.policy.language.duties import Duty, Limit
from redress.policy.language.pack import Source
from redress.policy.pack import Pack
from redress.policy.reading import load
from redress.policy.scenarios.mutants import mutants

RULES = "- {duty: answer, after: register, who: clerk, clauses: [t-1], must: {zh: 答复}, within: 30 min}\n"


def in_a_later_language(source: Source) -> Source:
    """The same files as a release reads them whose duties and limits have one more key that need not be written."""
    limit = create_model("Limit", __base__=Limit, grace=(str, "none"))
    duty = create_model(
        "Duty", __base__=Duty, hint=(Text | None, None), tags=(tuple[str, ...], ()), within=(limit | None, None)
    )

    def later(rule: object) -> object:
        return duty.model_validate(rule.model_dump(exclude_unset=True)) if type(rule) is Duty else rule

    return source.model_copy(update={"rules": tuple(later(rule) for rule in source.rules)})


def test_a_key_that_a_release_adds_leaves_the_hash_of_packs_that_do_not_write_it():
    pack = pack_of(RULES)
    later = in_a_later_language(pack.source)
    assert "hint" in later.of(type(later.rules[-1]))[0].model_dump()
    assert Pack(later).hash == pack.hash


def test_a_key_that_is_written_counts():
    later = in_a_later_language(pack_of(RULES).source)
    *others, duty = later.rules
    written = later.model_copy(update={"rules": (*others, duty.model_copy(update={"tags": ("new",)}))})
    assert Pack(written).hash != Pack(later).hash


@pytest.mark.parametrize(
    "old, new",
    [
        ("30 min", "31 min"),
        ("who: clerk", "who: boss"),
        ("答复", "回复"),
        ("clauses: [t-1], ", ""),
        ("within: 30 min", "within: 30 min, pausable: false"),
    ],
)
def test_another_written_value_makes_another_hash(old: str, new: str):
    assert old in RULES
    assert pack_of(RULES.replace(old, new)).hash != pack_of(RULES).hash


@pytest.mark.parametrize(
    "old, new",
    [
        ("after: register", "after: [register]"),
        ("within: 30 min", "within: {span: 30 min}"),
        ("within: 30 min", "within: 30 min, pausable: true, when: ''"),
    ],
)
def test_spellings_that_read_alike_hash_alike(old: str, new: str):
    assert old in RULES
    assert pack_of(RULES.replace(old, new)).hash == pack_of(RULES).hash


def test_spellings_of_one_meaning_that_read_differently_hash_differently():
    assert pack_of(RULES.replace("30 min", "0.5 h")).hash != pack_of(RULES).hash


def test_every_rule_dropped_or_weakened_makes_another_hash():
    pack = load(SHOP)
    found = [Pack(mutant.source(pack.source)).hash for mutant in mutants(pack.source)]
    assert len(found) > 20 and pack.hash not in found
