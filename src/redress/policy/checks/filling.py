"""Fields nobody fills, and options nobody can ever choose (a level that no form, decision or consequence sets)."""

from __future__ import annotations

from redress.policy.language.base import Rule
from redress.policy.language.fields import Field
from redress.policy.language.forms import FormField
from redress.policy.language.rulings import Decision

from .expressions import IS
from .happenings import FROM_STANDING, Happenings
from .parts import models_of
from .study import Study


def check(study: Study) -> None:
    """Reports own fields on no form that no rule sets, unreachable options, and fields twice on one form."""
    settable = Happenings(study).settable
    on_forms = {
        model.field for rule in study.source.rules for _, model in models_of(rule) if isinstance(model, FormField)
    }
    for field in study.source.of(Field):
        if ("field", field.id) in study.told or study.inherited(field):
            continue  # a pack that extends another may have a form of its own that asks for less
        if field.id not in settable:
            zh, en = f"没有表单或规则填写字段 {field.id}", f"no form and no rule ever fills the field {field.id}"
            hint = {
                "hint_zh": "放进某个操作的 form，或由后果 set",
                "hint_en": "Put it on the form of an act, or set it",
            }
            study.warn(study.value(field, ("field",)), "never-filled", zh, en, **hint)
        elif field.options and field.id not in on_forms and field.id not in FROM_STANDING:
            _check_options(study, field)
    for rule in study.source.rules:
        _check_doubles(study, rule)


def _check_options(study: Study, field: Field) -> None:
    values = _values_set(study, field.id)
    if values is None:
        return
    for index, option in enumerate(field.options):
        if option.id not in values:
            zh, en = f"没有规则会把 {field.id} 定为 {option.id}", f"nothing ever sets {field.id} to {option.id}"
            hint = {"hint_zh": "加一行决策，或放进表单", "hint_en": "Add a decision row, or put the field on a form"}
            study.error(study.key(field, ("options", index, option.id)), "unreachable-option", zh, en, **hint)


def _values_set(study: Study, field: str) -> set[object] | None:
    """The values rules give the field; None where an expression computes it (it could be any)."""
    values: set[object] = set()
    for rule in study.source.of(Decision):
        if rule.sets == field:
            values.update(_as_written(row.value) for row in rule.rows)
    for effect in study.names.effects:
        value = (effect.set or {}).get(field)
        if isinstance(value, dict) and IS in value:
            return None
        if isinstance(value, str) and value.startswith("$"):
            return None
        values.update(map(_as_written, value if isinstance(value, list) else [value]))
    return values


def _as_written(value: object) -> object:
    """``yes`` and ``no`` without quotes are told elsewhere; here they count as the words."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _check_doubles(study: Study, rule: Rule) -> None:
    seen: set[tuple[object, str]] = set()
    for path, model in models_of(rule):
        if not isinstance(model, FormField):
            continue
        key = (path[:-1], model.field)
        if key in seen:
            zh, en = f"同一张表上有两个 {model.field}", f"the field {model.field} is twice on one form"
            study.error(study.value(rule, path), "twice", zh, en, hint_zh="删去一个", hint_en="Remove one")
        seen.add(key)
