"""Triggers: the words after ``after``, ``cancelled by`` and ``ends by``. Each must have a known form and a known name."""

from __future__ import annotations

from collections.abc import Mapping

from redress.policy.errors import closest, meant
from redress.policy.language.base import Rule

from .catalogue import STAGES, Catalogue
from .parts import Path, parts_of
from .references import APPROVAL, DUTY, FIELD, MARK, PATTERN, STANDING, TRIGGERS, Sort
from .study import Study

SINGLE = ("round", "registered")
"""Triggers of one word that is no act."""
FORMS: Mapping[str, Sort] = {
    "met": DUTY,
    "late": DUTY,
    "approved": APPROVAL,
    "refused": APPROVAL,
    "ask": APPROVAL,
    "rung": Sort("rung", "级（写作 阶梯.级）", "rung (written LADDER.RUNG)", lambda n: n.rungs),
    "standing": STANDING,
    "signal": Sort("signal", "信号", "signal", lambda n: n.signals, needs="signal"),
    "stage": Sort("stage", "阶段", "stage", lambda n: set(STAGES)),
    "mark": MARK,
    "pattern": PATTERN,
    "set": FIELD,
    "number": Sort("number", "编号", "number series", lambda n: n.of("number")),
}
"""What the word after each first word names."""


def check(study: Study) -> None:
    """Reports every trigger that no event can ever give by that name."""
    for rule in study.source.rules:
        for part in parts_of(rule):
            if (type(part.owner), part.key) in TRIGGERS:
                _check_trigger(study, rule, part.path, str(part.value))


def split(trigger: str) -> tuple[str, str]:
    """(first word, name) of a trigger; ("act", id) for an act and (word, "") for a single word."""
    form, _, name = trigger.partition(" ")
    if name:
        return form, name.strip()
    return (trigger, "") if trigger in SINGLE else ("act", trigger)


def _check_trigger(study: Study, rule: Rule, path: Path, trigger: str) -> None:
    form, name = split(trigger)
    names = study.names
    if form in SINGLE or (form == "act" and name in names.acts):
        return
    if form == "act":
        _no_act(study, rule, path, name)
    elif form not in FORMS:
        zh, en = f"没有“{form} …”这种触发", f"there is no trigger '{form} ...'"
        whole = _form_of(names, name) or (name if name in names.acts else "")
        hints = {"hint_zh": f"是不是想写 {whole}？", "hint_en": f"Did you mean {whole}?"}
        study.error(
            study.value(rule, path), "unknown-trigger", zh, en, **(hints if whole else meant(form, [*FORMS, *SINGLE]))
        )
    elif name not in FORMS[form].names(names):
        sort = FORMS[form]
        place = study.within(rule, path, len(trigger) - len(name))
        study.unknown(place, sort, name)


def _no_act(study: Study, rule: Rule, path: Path, name: str) -> None:
    place = study.value(rule, path)
    form = _form_of(study.names, name)
    if form and not closest(name, study.names.acts):
        zh, en = f"“{name}”不是操作", f"'{name}' is not an act"
        study.error(place, "unknown-act", zh, en, hint_zh=f"是不是想写 {form}？", hint_en=f"Did you mean {form}?")
        return
    zh, en = f"没有叫“{name}”的操作", f"there is no act '{name}'"
    study.error(place, "unknown-act", zh, en, **meant(name, study.names.acts | set(SINGLE)))


def _form_of(names: Catalogue, name: str) -> str:
    """The trigger that was meant by a bare name of a duty, an approval, a rung ..., or ""."""
    return next((f"{form} {name}" for form, sort in FORMS.items() if name in sort.names(names)), "")
