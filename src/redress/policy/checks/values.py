"""Values that rules write into fields: they must be what the field can hold."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from redress.policy.conditions import ConditionError
from redress.policy.errors import meant
from redress.policy.language.base import Rule
from redress.policy.language.duties import Duty
from redress.policy.language.effects import Effect
from redress.policy.language.fields import Field
from redress.policy.language.periodic import Standing
from redress.policy.language.rulings import Decision

from .expressions import IS, expressions_of
from .parts import Path, effects_of
from .study import Study

WANTED = {
    "number": ("写整数", "a whole number"),
    "money": ("写金额，如 128.50", "a sum such as 128.50"),
    "yes-no": ("写 yes 或 no", "yes or no"),
    "text": ("写文字", "text"),
    "long-text": ("写文字", "text"),
    "choices": ("写选项的列表", "a list of options"),
}
WRITTEN_BOOLEANS = {True: "yes", False: "no"}


def check(study: Study) -> None:
    """Reports ``set`` values and decision rows that their field cannot hold, rows never reached, fines on nobody."""
    for rule in study.source.rules:
        for path, effect in effects_of(rule):
            for name, value in (effect.set or {}).items():
                if not (isinstance(value, dict) and IS in value):
                    check_value(study, rule, (*path, "set", name), name, value)
            _check_shape(study, rule, path, effect)
    for standing in study.source.of(Standing):
        _check_found(study, standing)
    for decision in study.source.of(Decision):
        _check_rows(study, decision)
    for expression in expressions_of(study.source):
        if expression.sets in study.names.fields:
            _check_result(study, expression)


def _check_found(study: Study, standing: Standing) -> None:
    """What a find begins with at the desk must stand on the registration form."""
    register = study.names.own_acts.get("register")
    on_form = {item.field for item in register.form} if register else set()
    for name, value in standing.found_as.items():
        check_value(study, standing, ("found as", name), name, value)
        if register and name in study.names.fields and name not in on_form:
            zh, en = f"登记表上没有 {name}", f"{name} is not on the registration form"
            study.error(study.value(standing, ("found as", name)), "not-registered", zh, en, **meant(name, on_form))


def check_value(study: Study, rule: Rule, path: Path, name: str, value: Any) -> None:
    """Reports a value that the field cannot hold."""
    field = study.names.fields.get(name)
    if isinstance(value, str) and value.startswith("$"):
        parameter = study.parameters.get(value[1:])
        value = parameter.value if parameter else None
    if field is None or value is None:
        return
    place = study.value(rule, path)
    if field.type in ("choice", "choices"):
        _check_options(study, rule, path, field, value)
    elif not _fits(field, value):
        zh, en = WANTED.get(field.type, ("写文字", "text"))
        told = WRITTEN_BOOLEANS.get(value, value) if isinstance(value, bool) else value
        study.error(
            place, "wrong-value", f"字段 {name} 要{zh}，这里是 {told}", f"field {name} holds {en}, this is {told}"
        )


def _check_options(study: Study, rule: Rule, path: Path, field: Field, value: Any) -> None:
    options = study.names.options(field.id) or set()
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, bool) and WRITTEN_BOOLEANS[item] in options:
            word = WRITTEN_BOOLEANS[item]
            zh, en = f"{word} 不加引号是“是/否”，不是选项", f"without quotes {word} means true or false, not the option"
            hint = {"hint_zh": f"写成 '{word}'", "hint_en": f"Write '{word}'"}
            study.error(study.value(rule, path), "wrong-value", zh, en, **hint)
        elif item not in options:
            zh, en = f"字段 {field.id} 没有“{item}”这个选项", f"field {field.id} has no option '{item}'"
            study.error(study.value(rule, path), "unknown-option", zh, en, **meant(str(item), options))


def _fits(field: Field, value: Any) -> bool:
    match field.type:
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "money":
            return not isinstance(value, bool) and is_money(value)
        case "yes-no":
            return isinstance(value, bool)
        case "text" | "long-text":
            return isinstance(value, str)
    return isinstance(value, (str, list))


def is_money(value: Any) -> bool:
    """Whether a value is a sum in yuan: not negative, at most two decimals."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return False
    return amount.is_finite() and amount >= 0 and amount == amount.quantize(Decimal("0.01"))


def _check_rows(study: Study, decision: Decision) -> None:
    for index, row in enumerate(decision.rows):
        check_value(study, decision, ("rows", index, "value"), decision.sets, row.value)
        if row.when == "true" and index + 1 < len(decision.rows):
            place = study.key(decision, ("rows", index + 1))
            zh, en = "上一行总是成立，这一行轮不到", "the row before always holds, so this one is never reached"
            hint = {"hint_zh": "把没有 when 的行放到最后", "hint_en": "Put the row without when last"}
            study.error(place, "row-unreached", zh, en, **hint)
            return


def _check_result(study: Study, expression: Any) -> None:
    """CEL itself says whether an expression has the field's type: it refuses to compare what does not match."""
    try:
        study.vocabulary.compile_value(expression.compilable)
    except ConditionError:
        return
    try:
        study.vocabulary.compile(f"{expression.sets} == ({expression.compilable})")
    except ConditionError:
        kind = study.names.fields[expression.sets].type
        zh, en = (
            f"算出来的不是字段 {expression.sets}（{kind}）能存的值",
            f"this does not give what field {expression.sets} ({kind}) holds",
        )
        study.error(study.value(expression.rule, expression.path), "wrong-value", zh, en)


def _check_shape(study: Study, rule: Rule, path: Path, effect: Effect) -> None:
    if effect.fine is not None and not effect.on and not _has_bearer(rule, path):
        zh, en = "没有写明罚谁", "it does not say who is fined"
        study.error(
            study.key(rule, (*path, "fine")), "on-whom", zh, en, hint_zh="加上 on: 角色", hint_en="Add on: ROLE"
        )
    if effect.extend and bool(effect.extend.by) is bool(effect.extend.until):
        zh, en = (
            "延期要写 by（多久）或 until（到哪天），只写一个",
            "an extension has either by (how long) or until (which date)",
        )
        study.error(study.key(rule, (*path, "extend")), "effect-form", zh, en)
    if effect.assign and bool(effect.assign.slot) is bool(effect.assign.slot_field):
        zh, en = "指定人选要写 slot 或 slot field，只写一个", "an assignment has either slot or slot field"
        study.error(study.key(rule, (*path, "assign")), "effect-form", zh, en)
    if effect.entry and not (effect.entry.kind or effect.entry.kind_field):
        zh, en = "台账没有写明种类", "the ledger line has no kind"
        study.error(study.key(rule, (*path, "entry")), "effect-form", zh, en, hint_zh="加上 kind", hint_en="Add kind")


def _has_bearer(rule: Rule, path: Path) -> bool:
    """Consequences of a duty fall on its holder; so do those of a reaction to a duty met or late."""
    if isinstance(rule, (Duty, Standing)) or "rungs" in path:
        return True
    after = getattr(rule, "after", ())
    return bool(after) and all(trigger.startswith(("met ", "late ")) for trigger in after)
