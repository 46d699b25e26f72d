"""Figures: parameters where spans or sums are wanted, sums that are none, number series, measures."""

from __future__ import annotations

import string
from typing import Any

from redress.calendars import Span, SpanError
from redress.policy.errors import meant
from redress.policy.language import duties, effects, papers, people, rulings
from redress.policy.language.base import Rule
from redress.policy.language.fields import Parameter
from redress.policy.language.periodic import Measure

from .formulas import formulas_of, names_in
from .parts import Part, Path, parts_of
from .references import SINGLE
from .study import Study
from .values import is_money

SPANS = {
    (duties.Limit, "span"), (duties.Limit, "otherwise"), (duties.Limit, "at_most"), (duties.Limit, "table"),
    (duties.Reminder, "before"), (duties.Reminder, "every"), (duties.Duty, "wait"), (effects.Extend, "by"),
    (rulings.Pattern, "within"), (people.Approval, "within"),
    (people.Appeal, "within"), (people.Appeal, "open_for"), (papers.Document, "keep"), (papers.Retention, "keep"),
}  # fmt: skip
MONEY = {
    (effects.Effect, "fine"), (effects.Entry, "amount"), (people.Approver, "up_to"), (people.Authority, "limits"),
}  # fmt: skip
NUMBER_FIELDS = {"year", "yy", "month", "day", "unit", "serial"}
NEEDED = {"year": ("year",), "month": ("year", "month"), "day": ("year", "month", "day"), "ever": ()}
"""What a number must show so that it never comes twice in one book, by how often the serial starts again.

The unit need not be shown: a series per unit is that of a book which the unit keeps for itself.
"""


def check(study: Study) -> None:
    """Reports figures that cannot be read where they stand, and parameters nothing reads."""
    used = {name[1:] for _, _, text in formulas_of(study.source) for name in names_in(text)}
    for rule in study.source.rules:
        for part in parts_of(rule):
            for path, value in _values(part):
                if isinstance(value, str) and value.startswith("$"):
                    used.add(value[1:])
                _check_figure(study, rule, part, path, value)
    for parameter in study.source.of(Parameter):
        if (
            parameter.id not in used
            and ("parameter", parameter.id) not in study.told
            and not study.inherited(parameter)
        ):
            zh, en = f"没有规则用到参数 {parameter.id}", f"no rule reads the parameter {parameter.id}"
            hint = {
                "hint_zh": f"在规则里写 ${parameter.id}，或删去",
                "hint_en": f"Write ${parameter.id} in a rule, or remove it",
            }
            study.warn(study.value(parameter, ("parameter",)), "unused-parameter", zh, en, **hint)
    for number in study.source.of(papers.Number):
        _check_number(study, number)
    for measure in study.source.of(Measure):
        _check_measure(study, measure)


def _values(part: Part) -> list[tuple[Path, Any]]:
    if isinstance(part.value, dict):
        return [((*part.path, key), value) for key, value in part.value.items()]
    return [(part.path, part.value)]


def _check_figure(study: Study, rule: Rule, part: Part, path: Path, value: Any) -> None:
    key = (type(part.owner), part.key)
    if key in SINGLE or (key not in SPANS and key not in MONEY):
        return
    named = f"{value} = " if isinstance(value, str) and value.startswith("$") else ""
    if named:
        parameter = study.parameters.get(value[1:])
        if parameter is None:
            return
        value = parameter.value
    place = study.value(rule, path)
    if key in MONEY and not is_money(value):
        zh, en = f"{named}{value} 不是金额", f"{named}{value} is not a sum of money"
        study.error(
            place, "not-money", zh, en, hint_zh="写数字，如 50 或 128.50", hint_en="Write a number such as 50 or 128.50"
        )
    elif key in SPANS and value != "forever" and not _is_span(value):
        zh, en = f"{named}{value} 不是时长", f"{named}{value} is not a length of time"
        study.error(
            place,
            "not-span",
            zh,
            en,
            hint_zh="写数字和单位，如 30 min、2 wd",
            hint_en="Write a number and a unit, such as 30 min or 2 wd",
        )


def _is_span(value: Any) -> bool:
    try:
        Span.parse(str(value))
    except SpanError:
        return False
    return True


def _check_number(study: Study, number: papers.Number) -> None:
    place = study.value(number, ("format",))
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(number.format) if name is not None]
        unknown = next((name for name in names if name not in NUMBER_FIELDS), None)
        if unknown is not None:
            zh, en = f"编号格式里没有 {{{unknown}}}", f"a number format has no {{{unknown}}}"
            study.error(place, "number-format", zh, en, **meant(unknown, NUMBER_FIELDS))
            return
        number.format.format(year=2026, yy="26", month=1, day=1, unit="north", serial=1)
    except (ValueError, LookupError) as fault:
        zh, en = f"编号格式写得不对：{fault}", f"the number format is not written right: {fault}"
        study.error(
            place, "number-format", zh, en, hint_zh="例：T{year}{serial:04d}", hint_en="Such as T{year}{serial:04d}"
        )
        return
    shown = {"year" if name == "yy" else name for name in names}
    missing = [name for name in (*NEEDED[number.per], "serial") if name not in shown]
    if missing:
        words = "".join(f"{{{name}}}" for name in missing)
        zh, en = (
            f"序号按 {number.per} 重新开始，编号里却没有 {words}，会重号",
            f"the serial starts again per {number.per}, but the number lacks {words}: numbers would repeat",
        )
        study.error(
            place, "number-repeats", zh, en, hint_zh=f"在 format 里加 {words}", hint_en=f"Add {words} to the format"
        )


def _check_measure(study: Study, measure: Measure) -> None:
    names = study.names
    if measure.what in ("duties-late", "duties-met"):
        allowed = names.duties
    elif measure.what == "sum":
        money = {field.id for field in names.fields.values() if field.type == "money"}
        kinds = {effect.entry.kind for effect in names.effects if effect.entry and effect.entry.kind}
        kinds |= {option for e in names.effects if e.entry for option in names.options(e.entry.kind_field) or ()}
        allowed = money | kinds | {"fine"}
        if not measure.of:
            zh, en = f"没有写明 {measure.id} 合计什么", f"it does not say what {measure.id} adds up"
            study.error(study.value(measure, ("measure",)), "measure", zh, en, hint_zh="加上 of", hint_en="Add of")
    elif measure.what in ("average", "rate"):
        types = ("number", "money") if measure.what == "average" else ("number",)
        allowed = {field.id for field in names.fields.values() if field.type in types}
        if not measure.of:
            zh, en = f"没有写明 {measure.id} 按哪一项", f"it does not say which field {measure.id} is about"
            study.error(study.value(measure, ("measure",)), "measure", zh, en, hint_zh="加上 of", hint_en="Add of")
    elif measure.what == "share" and not measure.where:
        zh, en = f"{measure.id} 没有写明占比的条件", f"{measure.id} does not say which share"
        study.error(study.value(measure, ("measure",)), "measure", zh, en, hint_zh="加上 where", hint_en="Add where")
        return
    else:
        return
    if measure.of and measure.of not in allowed:
        zh, en = f"没有可统计的“{measure.of}”", f"there is no '{measure.of}' to measure"
        study.error(study.value(measure, ("of",)), "measure", zh, en, **meant(measure.of, allowed))
