"""What pydantic found wrong with a rule, in the words of the person who writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from redress.calendars import Span, SpanError
from redress.policy.errors import Problem, closest, meant

from .yaml_tree import Tree

UNION_BRANCHES = ("str", "bool", "list", "FormField", "Approver", "decimal", "dict[str,union[decimal,str]]")
"""Steps that pydantic adds to a location for the branch of a union; they are not written in any file."""
QUOTE_COMMAS = ("花括号里的文字含逗号要加引号", "In braces, quote a text that has a comma")
WANTED: Mapping[str, tuple[str, str]] = {
    "string_type": ("要写文字", "must be text"),
    "int_type": ("要写整数", "must be a whole number"),
    "int_parsing": ("要写整数", "must be a whole number"),
    "bool_type": ("要写 yes 或 no", "must be yes or no"),
    "bool_parsing": ("要写 yes 或 no", "must be yes or no"),
    "tuple_type": ("要写成列表", "must be a list"),
    "list_type": ("要写成列表", "must be a list"),
    "dict_type": ("要写成“键: 值”", "must be written as key: value"),
    "model_type": ("要写成“键: 值”", "must be written as key: value"),
    "model_attributes_type": ("要写成“键: 值”", "must be written as key: value"),
    "decimal_parsing": ("要写数字", "must be a number"),
    "decimal_type": ("要写数字", "must be a number"),
    "date_from_datetime_parsing": ("要写日期，如 2026-03-02", "must be a date such as 2026-03-02"),
    "date_parsing": ("要写日期，如 2026-03-02", "must be a date such as 2026-03-02"),
    "date_type": ("要写日期，如 2026-03-02", "must be a date such as 2026-03-02"),
    "string_pattern_mismatch": (
        "标识用小写英文字母开头，只含小写字母、数字和 - _ .",
        "an id starts with a small letter and has only small letters, digits and - _ .",
    ),
}


def validated(
    model: type[BaseModel],
    data: Any,
    tree: Tree,
    base: tuple[str | int, ...],
    problems: list[Problem],
    kind: str = "",
) -> Any:
    """``data`` as ``model``, or None with its mistakes added to ``problems``; ``kind`` is the key of the id."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems.extend(_explained(model, detail, tree, base, kind) for detail in _distinct(error))
        return None


def _distinct(error: ValidationError) -> list[Any]:
    """One mistake per place: each branch of a union complains; the one that got deepest counts."""
    seen: dict[Any, Any] = {}
    for detail in error.errors():
        where = tuple(step for step in detail["loc"] if step not in UNION_BRANCHES)
        seen.setdefault(where, {**detail, "loc": where})
    deeper = {where[:length] for where in seen for length in range(len(where))}
    return [detail for where, detail in seen.items() if where not in deeper]


def _explained(model: type[BaseModel], detail: Any, tree: Tree, base: tuple[str | int, ...], kind: str) -> Problem:
    first = detail["loc"][:1]
    loc = (kind, *detail["loc"][1:]) if kind and first == ("id",) else tuple(detail["loc"])
    written = tree.written((*base, *loc)) if detail["type"] not in ("missing", "extra_forbidden") else loc
    name = next((str(step) for step in reversed(written) if isinstance(step, str)), "")
    match detail["type"]:
        case "extra_forbidden":
            allowed = [key for key in _keys_at(model, detail["loc"][:-1]) if key != "id"]
            zh, en = f"不认识“{name}”", f"unknown key '{name}'"
            if detail["input"] is None and not closest(name, allowed):
                return Problem(tree.place((*base, *loc)), "unknown-key", zh, en, *QUOTE_COMMAS)
            return Problem(tree.place((*base, *loc)), "unknown-key", zh, en, **meant(name, allowed))
        case "missing":
            return Problem(tree.place((*base, *loc)), "missing", f"缺少“{name}”", f"'{name}' is missing")
        case "literal_error":
            return _not_allowed(detail, tree, (*base, *loc))
    zh, en = _wanted(detail)
    place = tree.value_place((*base, *loc))
    return Problem(place, "bad-value", f"“{name}”的写法不对：{zh}", f"'{name}' is not written right: {en}")


def _not_allowed(detail: Any, tree: Tree, path: tuple[str | int, ...]) -> Problem:
    expected = str(detail["ctx"]["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
    found = {True: "yes", False: "no", None: ""}.get(detail["input"], detail["input"])
    zh, en = f"“{found}”不在可选值内", f"'{found}' is not one of the allowed values"
    return Problem(tree.value_place(path), "not-allowed", zh, en, **meant(str(found), expected))


def _wanted(detail: Any) -> tuple[str, str]:
    en = str(detail["msg"]).removeprefix("Value error, ")
    if detail["type"] != "value_error":
        zh, en = WANTED.get(detail["type"], (en, en))
        return zh, en
    if "an optional field is written" in en:
        return en.replace("an optional field is written", "选填字段写成"), en
    if "consequence names exactly one" in en:
        allowed = en.split(": ", 1)[1].split(";")[0]
        return f"每条后果只写一件事：{allowed}", en
    if _is_span_fault(detail["input"], en):
        return f"时限要写数字和单位，如 30 min、24 h、3 d、2 wd、8 wh、1 mo；这里是 {detail['input']}", en
    if "formula" in en:
        return f"算式有误，只能用 + - * / ( )、数字、字段、$参数、min、max、days：{detail['input']}", en
    return en, en


def _is_span_fault(value: Any, told: str) -> bool:
    if not isinstance(value, str):
        return "written with its unit" in told
    try:
        Span.parse(value)
    except SpanError as fault:
        return str(fault) == told
    return False


def _keys_at(model: type[BaseModel], loc: Iterable[str | int]) -> list[str]:
    current: Any = model
    for step in loc:
        if isinstance(step, int):
            continue
        keys = {(info.alias or name): info for name, info in current.model_fields.items()}
        if str(step) in keys:
            current = next(_models_in(keys[str(step)].annotation), current)
    return [info.alias or name for name, info in current.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models_in(part)
