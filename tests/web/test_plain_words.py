"""Every kind of rule and every kind of event has its sentence."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from redress.policy.engine import events as ev
from redress.policy.language.pack import RULE_KINDS
from redress.policy.reading import load
from redress.web import sentences
from redress.web.plain_words import rule_words, rules
from redress.web.plain_words.conditions import condition
from redress.web.plain_words.kinds import KINDS
from redress.web.plain_words.more_rules import MORE
from redress.web.stages import STAGES

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
        assert "改写了所沿用的制度" in rule_words(pack, rule).details


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_no_rule_shows_its_reader_how_things_are_called_in_the_file(folder):
    pack = load(folder)
    rules = [rule for rule in pack.source.rules if rule.kind_key != "phrase"]  # its words are what it watches for
    options = {option.id for field in pack.fields.values() for option in field.options}
    ids = {rule.id for rule in pack.source.rules} | {"registered_at", "company", "mon-fri", "mon-sun", "None", "True"}
    ids |= set(pack.roles) | set(pack.fields) | options | set(STAGES) | {f"${rule.id}" for rule in rules}
    with translation.override("zh-hans"):
        for rule in rules:
            words = rule_words(pack, rule)
            said = " ".join([words.name if rule.zh else "", words.sentence, *words.details])
            shown = set(re.findall(r"\$?[A-Za-z_][\w.-]*", said, re.ASCII)) & ids
            assert not {word for word in shown if len(word) > 1}, (rule.id, said)


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ('level == "major" || reached', "级别为「重大」，或联系上了", "level is “major” or was reached"),
        ('level in ["major", "normal"]', "级别为「重大」或「一般」", "level is “major” or “normal”"),
        ('!("contact" in done) && amount > 200.0', "没有做过「联系客户」，且赔付金额 > 200", ""),
        ('stage == "closed" ? amount : amount * 2.0', "若阶段为「已了结」则为赔付金额，否则为赔付金额 × 2", ""),
        ('!["contact", "close"].exists(one, one in done)', "并非（做过「联系客户」，或做过「结案」）", ""),
        ('causes.exists(one, one != "tea")', "原因中有一项该项不为「茶」", ""),
        ('now - registered_at > duration("2h")', "此刻 − 登记时间 > 2 小时", ""),
        ("content.matches('^[0-9]+$')", "投诉内容的写法合乎规定", ""),
        ("a +", "a +", "a +"),
    ],
)
def test_a_condition_is_read_aloud(written, zh, en):
    pack = load(Path(__file__).parent / "packs" / "teahouse")
    for language, expected in (("zh-hans", zh), ("en", en)):
        with translation.override(language):
            assert not expected or condition(pack, written) == expected
