"""Conditions in words: the CEL of a pack, read aloud. What has no words stays as it is written."""

from __future__ import annotations

import ast
from collections.abc import Callable

from django.utils.translation import gettext as _

from redress.policy.pack import Pack

from . import names
from .expressions import parsed
from .memberships import count_of, held, held_not

COMPARED: dict[type[ast.cmpop], str] = {ast.Gt: " > ", ast.GtE: " ≥ ", ast.Lt: " < ", ast.LtE: " ≤ "}
WORKED_OUT: dict[type[ast.operator], str] = {
    ast.Add: " + ",
    ast.Sub: " − ",
    ast.Mult: " × ",
    ast.Div: " ÷ ",
    ast.Mod: " % ",
}
COUNTS = ("times", "times_this_round", "people", "same", "worth", "numbers")


def condition(pack: Pack, expression: str, field: str = "") -> str:
    """The condition, or the value that an expression gives to ``field``, as a person would say it; "" for what always holds."""
    if not expression or expression == "true":
        return ""
    tree = parsed(expression)
    return expression if tree is None else _Reader(pack, field).said(tree, field)


class _Reader:
    """Reads one expression that gives a value to ``target``.

    ``bound``: the names that ``exists``, ``all`` and ``filter`` give to each item, and of which field it is one.
    """

    def __init__(self, pack: Pack, target: str = "", bound: dict[str, str] | None = None) -> None:
        self.pack, self.target, self.bound = pack, target, bound or {}
        self.calls: dict[str, Callable[[ast.Call], str]] = {
            "size": self._size, "string": self._first, "int": self._first, "double": self._first, "duration": self._duration,
            "matches": self._shaped, "exists": self._some, "all": self._every, "filter": self._those,
            "startsWith": lambda call: _("%(what)s以%(value)s开头") % self._pair(call),
            "endsWith": lambda call: _("%(what)s以%(value)s结尾") % self._pair(call),
            "contains": lambda call: _("%(what)s含%(value)s") % self._pair(call),
        }  # fmt: skip

    def said(self, node: ast.expr, field: str = "") -> str:
        """The node in words; a literal as a value of ``field``."""
        match node:
            case ast.BoolOp():
                word = _("，且") if isinstance(node.op, ast.And) else _("，或")
                first, *others = [self._within(one, ast.BoolOp) for one in node.values]
                return names.run(first, *(piece for part in others for piece in (word, part)))
            case ast.UnaryOp(op=ast.Invert()):
                return self._not(node.operand)
            case ast.UnaryOp(op=ast.USub()):
                return f"−{self.said(node.operand)}"
            case ast.Compare(ops=[ast.In()]):
                return self._among(node.left, node.comparators[0], True)
            case ast.Compare(ops=[operator]):
                return self._compared(node.left, operator, node.comparators[0])
            case ast.BinOp():
                one, other = self._term(node.left, node.op, field, first=True), self._term(node.right, node.op, field)
                of_lists = any(isinstance(part, ast.List) for part in ast.walk(node))
                return names.joined([one, other]) if of_lists else one + WORKED_OUT[type(node.op)] + other
            case ast.IfExp():
                if isinstance(node.orelse, ast.List) and not node.orelse.elts:
                    said = {"condition": self.said(node.test), "one": self.said(node.body, field)}
                    return _("若%(condition)s则有%(one)s") % said
                said = {
                    "condition": self.said(node.test),
                    "one": self.said(node.body, field),
                    "other": self.said(node.orelse, field),
                }
                return _("若%(condition)s则为%(one)s，否则为%(other)s") % said
            case ast.Call():
                return self._call(node)
            case ast.Subscript(value=ast.Name(id=table), slice=ast.Constant(value=key)) if table in COUNTS:
                return count_of(self.pack, table, str(key))
            case ast.Subscript(slice=ast.Constant(value=int(index))):
                return _("%(list)s的第 %(number)s 项") % {"list": self.said(node.value), "number": index + 1}
            case ast.List():
                return names.joined(self.said(one, field) for one in node.elts)
            case ast.Constant():
                return self._value(node.value, field)
            case ast.Name():
                return self._name(node.id)
        return ast.unparse(node)

    def _field(self, node: ast.expr) -> str:
        """The field that a name stands for, or is an item of."""
        return self.bound.get(node.id, node.id) if isinstance(node, ast.Name) else ""

    def _term(self, node: ast.expr, operator: ast.operator, field: str, first: bool = False) -> str:
        """A term of a sum or a factor of a product, in brackets where paper would have them."""
        said = self.said(node, field)
        plain = not isinstance(node, ast.BinOp | ast.IfExp | ast.BoolOp) or (
            isinstance(node, ast.BinOp)
            and (isinstance(node.op, ast.Mult | ast.Div) or (first and isinstance(operator, ast.Add | ast.Sub)))
        )
        return said if plain else _("（%(words)s）") % {"words": said}

    def _name(self, name: str) -> str:
        words = {
            "stage": _("阶段"), "round": _("轮次"), "roles": _("操作人的角色"), "actor": _("操作人"), "now": _("此刻"),
            "unit_kind": _("单位类别"), "kind": _("案件种类"), "true": _("是"), "false": _("否"), "subject": _("事项"), "act": _("操作"),
            "open": _("未完成的义务"), "late": _("逾期的义务"), "met": _("已完成的义务"), "marks": _("标记"), "done": _("做过的事"),
        }  # fmt: skip
        return _("该项") if name in self.bound else words.get(name) or names.field(self.pack, name)

    def _value(self, value: object, field: str) -> str:
        if isinstance(value, float):
            return f"{value:f}".rstrip("0").rstrip(".")
        if not isinstance(value, str):
            return str(value)
        return names.quoted(names.value(self.pack, field or self.target, value)) if value else _("空")

    def _not(self, node: ast.expr) -> str:
        match node:
            case ast.Compare(left=left, ops=[ast.In()], comparators=[group]):
                return self._among(left, group, False)
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                return self._compared(left, ast.NotEq(), right)
        said = self.said(node)
        several = isinstance(node, ast.BoolOp) or _macro_over_list(node)
        return _("并非%(what)s") % {"what": _("（%(words)s）") % {"words": said} if several else said}

    def _compared(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
        field = self._field(left)
        what, value = self.said(left), self.said(right, field)
        empty = isinstance(right, ast.Constant) and right.value == ""
        if isinstance(operator, ast.Eq):
            return (
                _("%(what)s为空") % {"what": what}
                if empty
                else _("%(what)s为%(value)s") % {"what": what, "value": value}
            )
        if isinstance(operator, ast.NotEq):
            words = _("%(what)s不为空") if empty else _("%(what)s不为%(value)s")
            return words % {"what": what, "value": value}
        return what + COMPARED[type(operator)] + value

    def _among(self, item: ast.expr, group: ast.expr, inside: bool) -> str:
        """``item in group``: a name among what has been done, a choice among several, an item among a field's."""
        if isinstance(group, ast.Name) and isinstance(item, ast.Constant):
            return (held if inside else held_not)(self.pack, group.id, str(item.value))
        field = self._field(item)
        if isinstance(group, ast.List):
            values = [self.said(one, field) for one in group.elts]
            what = self.said(item)
            if inside:
                return _("%(what)s为%(value)s") % {"what": what, "value": _("或").join(values)}
            return _("%(what)s不为%(value)s") % {"what": what, "value": names.joined(values)}
        words = _("%(what)s在%(group)s之中") if inside else _("%(what)s不在%(group)s之中")
        return words % {"what": self.said(item), "group": self.said(group)}

    def _call(self, call: ast.Call) -> str:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in self.calls:
            return self.calls[name](call)
        parts = {
            "getFullYear": _("年份"), "getMonth": _("月份"), "getDate": _("日期"), "getDayOfWeek": _("星期"), "getHours": _("钟点"),
            "getMinutes": _("分钟"),
        }  # fmt: skip
        if isinstance(call.func, ast.Attribute) and name in parts:
            return self._part_of_time(call.func.value, name, parts[name])
        return ast.unparse(call)

    def _part_of_time(self, of: ast.expr, name: str, part: str) -> str:
        if isinstance(of, ast.BinOp):  # the time between two moments, in whole units
            counted = {"getHours": _("小时数"), "getMinutes": _("分钟数")}.get(name, part)
            since = {"start": self.said(of.right), "end": self.said(of.left), "part": counted}
            return _("从%(start)s到%(end)s的%(part)s") % since
        return _("%(moment)s的%(part)s") % {"moment": self.said(of), "part": part}

    def _size(self, call: ast.Call) -> str:
        what = call.args[0]
        field = self.pack.fields.get(what.id) if isinstance(what, ast.Name) else None
        if field and field.type in ("text", "long-text", "phone"):
            return _("%(what)s的字数") % {"what": self.said(what)}
        return _("%(what)s的数目") % {"what": self.said(what)}

    def _first(self, call: ast.Call) -> str:
        return self.said(call.args[0])

    def _duration(self, call: ast.Call) -> str:
        return self._span(call.args[0])

    def _span(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=str(written)):
                return names.span(self.pack, written)
            case ast.BinOp(left=number, op=ast.Add(), right=ast.Constant(value=str(unit))):
                words = {"h": _("%(number)s 小时"), "m": _("%(number)s 分钟"), "s": _("%(number)s 秒")}
                return words.get(unit, f"%(number)s {unit}") % {"number": self.said(number)}
            case ast.IfExp():
                said = {
                    "condition": self.said(node.test),
                    "one": self._span(node.body),
                    "other": self._span(node.orelse),
                }
                return _("（若%(condition)s则为%(one)s，否则为%(other)s）") % said
        return self.said(node)

    def _shaped(self, call: ast.Call) -> str:
        """That a text has the form that a pattern describes; the pattern itself is for the pack's file."""
        return _("%(field)s的写法合乎规定") % {"field": self._object(call)}

    def _object(self, call: ast.Call) -> str:
        return self.said(call.func.value) if isinstance(call.func, ast.Attribute) else ""

    def _pair(self, call: ast.Call) -> dict[str, str]:
        return {"what": self._object(call), "value": self.said(call.args[0])}

    def _some(self, call: ast.Call) -> str:
        return self._spread(call, ast.Or(), _("%(list)s中有一项%(condition)s"))

    def _every(self, call: ast.Call) -> str:
        return self._spread(call, ast.And(), _("%(list)s中每一项都%(condition)s"))

    def _those(self, call: ast.Call) -> str:
        return self._spread(call, None, _("%(list)s中%(condition)s的各项"))

    def _spread(self, call: ast.Call, operator: ast.boolop | None, words: str) -> str:
        """A macro over a list: over written-out items it is said item by item."""
        assert isinstance(call.func, ast.Attribute)
        over, (item, inner) = call.func.value, call.args
        bound = item.id if isinstance(item, ast.Name) else ""
        if operator and isinstance(over, ast.List):
            each = [_put(inner, bound, one) for one in over.elts]
            return self.said(ast.BoolOp(operator, each)) if len(each) > 1 else self.said(each[0])
        reader = _Reader(self.pack, self.target, {**self.bound, bound: self._field(over)})
        return words % {"list": self.said(over), "condition": reader.said(inner)}

    def _within(self, node: ast.expr, outer: type[ast.expr]) -> str:
        """In brackets where it is of the same sort as what it stands in, or a choice."""
        said = self.said(node)
        return _("（%(words)s）") % {"words": said} if isinstance(node, outer | ast.IfExp) else said


def _macro_over_list(node: ast.expr) -> bool:
    """Whether it is said item by item, as ``["a", "b"].exists(...)`` is."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.List)


def _put(node: ast.expr, name: str, value: ast.expr) -> ast.expr:
    """``node`` with ``value`` in the place of every ``name``; the tree itself is left as it is."""

    class Put(ast.NodeTransformer):
        def visit_Name(self, found: ast.Name) -> ast.expr:
            return value if found.id == name else found

    copied: ast.expr = Put().visit(ast.parse(ast.unparse(node), mode="eval").body)
    return copied
