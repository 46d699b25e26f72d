"""Every kind of rule and every kind of event has its sentence."""

from pathlib import Path

import pytest
from django.utils import translation

from redress.policy.engine import events as ev
from redress.policy.language.pack import RULE_KINDS
from redress.policy.reading import load
from redress.web import sentences
from redress.web.plain_words import rule_words, rules
from redress.web.plain_words.kinds import KINDS
from redress.web.plain_words.more_rules import MORE

PACKS = [path.parent for path in sorted(Path(__file__).resolve().parents[2].glob("packs/*/pack.yaml"))]


def test_every_kind_of_rule_has_its_words():
    assert set(RULE_KINDS) == set(rules._SAID) | set(MORE)
    assert set(RULE_KINDS) <= set(KINDS)


def test_every_kind_of_event_has_its_sentence():
    kinds = {
        kind
        for kind in vars(ev).values()
        if isinstance(kind, type) and issubclass(kind, ev.Event) and kind is not ev.Event
    }
    assert kinds == set(sentences._SAID)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_every_rule_of_the_shipped_packs_can_be_read_aloud(folder, language):
    from redress.policy.errors import PackErrors

    try:
        pack = load(folder)
    except PackErrors:
        pytest.skip("the pack is not usable; its own tests say why")
    with translation.override(language):
        for rule in pack.source.rules:
            words = rule_words(pack, rule)
            assert words.sentence and "{" not in words.sentence and "%(" not in words.sentence, (rule.id, words)


def test_a_rule_written_anew_says_whose_it_replaces():
    pack = load(next(folder for folder in PACKS if folder.name == "mall"))
    replaced = [key for key, parent in pack.source.overridden.items() if parent == "mall-desk"]
    rule = next(rule for rule in pack.source.rules if f"{rule.kind_key} {rule.id}" in replaced)
    with translation.override("zh-hans"):
        assert "改写自 mall-desk" in rule_words(pack, rule).details
