"""Words for people: whatever is shown on a screen has a name in Chinese and in English."""

from __future__ import annotations

from redress.policy.language.acts import Act
from redress.policy.language.base import Rule
from redress.policy.language.duties import Duty, Ladder
from redress.policy.language.fields import Field, Parameter
from redress.policy.language.limits import Gate, Prohibition
from redress.policy.language.papers import Book, Document
from redress.policy.language.people import Approval, Role
from redress.policy.language.periodic import Measure, Report, Standing
from redress.policy.language.words import Guidance

from .parts import Path, kind_of
from .study import Study

SHOWN: tuple[type[Rule], ...] = (
    Role, Field, Parameter, Act, Duty, Ladder, Gate, Prohibition, Approval, Book, Document, Standing, Measure, Report,
    Guidance,
)  # fmt: skip


def check(study: Study) -> None:
    """Warns of rules that would appear on a screen by their id."""
    for rule in study.source.rules:
        if not isinstance(rule, SHOWN):
            continue
        said = getattr(rule, "say", None) or getattr(rule, "must", None)
        shown = (rule.zh, rule.en) if said is None else (said.zh, said.en)
        _tell(study, rule, (kind_of(rule),), f"{kind_of(rule)} {rule.id}", shown)
        for index, option in enumerate(getattr(rule, "options", ())):
            _tell(study, rule, ("options", index, option.id), f"{rule.id}: {option.id}", (option.zh, option.en))


def _tell(study: Study, rule: Rule, path: Path, name: str, words: tuple[str, str]) -> None:
    missing = [lang for lang, text in zip(("zh", "en"), words, strict=True) if not text]
    if missing:
        listed = "、".join(missing)
        zh, en = f"{name} 缺少 {listed} 文字", f"{name} has no words in {listed.replace('、', ' and ')}"
        study.warn(study.value(rule, path) if len(path) == 1 else study.key(rule, path), "no-words", zh, en)
