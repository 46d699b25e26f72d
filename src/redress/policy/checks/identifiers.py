"""Ids themselves: a field must be usable in a condition, and one name must not mean two things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from redress.policy.conditions import RESERVED
from redress.policy.language.acts import Act
from redress.policy.language.base import Rule
from redress.policy.language.duties import Ladder
from redress.policy.language.fields import Field
from redress.policy.language.periodic import Standing

from .catalogue import VOTE
from .expressions import CEL_WORDS
from .parts import Path
from .study import Study

WORD = re.compile(r"[a-z][a-z0-9_]*\Z")


def check(study: Study) -> None:
    """Reports fields no condition could name, options and rungs written twice, and duties that hide one another."""
    for field in study.source.of(Field):
        _check_field(study, field)
        ids = [option.id for option in field.options]
        _no_doubles(study, field, ((("options", i, name), name) for i, name in enumerate(ids)), "选项", "option")
        _check_words(study, field)
    for ladder in study.source.of(Ladder):
        names = ((("rungs", i, "rung"), rung.rung) for i, rung in enumerate(ladder.rungs))
        _no_doubles(study, ladder, names, "级", "rung")
    duties = study.names.own_duties
    for rule in study.source.of(Standing):
        if rule.id in duties:
            _hides(study, rule, "standing", "例行义务", "standing duty")
    for ladder in study.source.of(Ladder):
        for index, rung in enumerate(ladder.rungs):
            if f"{ladder.id}.{rung.rung}" in chain(duties, study.names.standing):
                _hides(study, ladder, f"{ladder.id}.{rung.rung}", "级", "rung", ("rungs", index, "rung"))
    _check_keys(study)


def _check_field(study: Study, field: Field) -> None:
    place = study.value(field, ("field",))
    if field.id in RESERVED or field.id in CEL_WORDS:
        zh, en = (
            f"“{field.id}”是条件里的保留词，不能作字段名",
            f"'{field.id}' is a word of conditions and cannot name a field",
        )
        named = f"{field.id}_value" if field.id in CEL_WORDS else f"case_{field.id}"
        study.error(place, "reserved", zh, en, hint_zh=f"可改为 {named}", hint_en=f"Try {named}")
    elif not WORD.match(field.id):
        zh, en = f"字段名“{field.id}”在条件里不能用", f"the field name '{field.id}' cannot be used in a condition"
        named = re.sub(r"[^a-z0-9_]", "_", field.id)
        study.error(place, "field-name", zh, en, hint_zh=f"改为 {named}", hint_en=f"Write {named}")
    if field.type in ("choice", "choices") and not field.options:
        zh, en = f"选项字段 {field.id} 没有选项", f"the choice field {field.id} has no options"
        study.error(place, "no-options", zh, en, hint_zh="加上 options", hint_en="Add options")
    elif field.options and field.type not in ("choice", "choices"):
        zh, en = f"{field.type} 字段不用选项", f"a {field.type} field has no use for options"
        hint = {"hint_zh": "加上 type: choice，或删去 options", "hint_en": "Add type: choice, or remove the options"}
        study.error(study.key(field, ("options",)), "options-unused", zh, en, **hint)


def _check_words(study: Study, field: Field) -> None:
    """Words that suggest an option: none may be empty, and one that suggests two of them helps nobody to choose."""
    taken: dict[str, str] = {}
    for index, option in enumerate(field.options):
        for number, word in enumerate(option.words):
            place = study.value(field, ("options", index, option.id, "words", number))
            folded = word.strip().casefold()
            if not folded:
                zh, en = f"选项 {option.id} 的 words 里有一个空词", f"the words of option {option.id} hold an empty one"
                study.error(
                    place, "empty-word", zh, en, hint_zh="写上词语，或删去", hint_en="Write a word, or remove it"
                )
            elif folded in taken:
                zh = f"词语“{word}”已指向选项 {taken[folded]}"
                en = f"the word '{word}' suggests option {taken[folded]} already"
                hints = {
                    "hint_zh": "只留在一处，或写得更具体",
                    "hint_en": "Keep it in one place, or say it more precisely",
                }
                study.warn(place, "word-twice", zh, en, **hints)
            taken.setdefault(folded, option.id)


def _no_doubles(study: Study, rule: Rule, names: Iterable[tuple[Path, str]], zh: str, en: str) -> None:
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            told_zh, told_en = f"{zh} {name} 写了两次", f"{en} {name} is written twice"
            study.error(study.value(rule, path), "twice", told_zh, told_en, hint_zh="删去一个", hint_en="Remove one")
        seen.add(name)


def _hides(study: Study, rule: Rule, name: str, zh: str, en: str, path: Path = ("standing",)) -> None:
    name = rule.id if name == "standing" else name
    told_zh, told_en = (
        f"已有义务叫 {name}，这条{zh}会盖住它",
        f"there is a duty {name} already, and this {en} would hide it",
    )
    study.error(study.value(rule, path), "same-name", told_zh, told_en, hint_zh="改名", hint_en="Rename one")


def _check_keys(study: Study) -> None:
    taken: dict[str, str] = {}
    for act in study.source.of(Act):
        if act.id == VOTE:
            zh, en = (
                f"“{VOTE}”是答复审批的操作，不能另作他用",
                f"'{VOTE}' is the answer to an approval and cannot be an act of its own",
            )
            study.error(study.value(act, ("act",)), "reserved", zh, en, hint_zh="改名", hint_en="Rename it")
        if act.key and act.key in taken:
            zh, en = (
                f"快捷键 {act.key} 已给了 {taken[act.key]}",
                f"the key {act.key} already belongs to {taken[act.key]}",
            )
            place = study.value(act, ("key",))
            study.error(place, "twice", zh, en, hint_zh="换一个", hint_en="Choose another")
        taken.setdefault(act.key, act.id)
