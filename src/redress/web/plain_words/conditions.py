"""Conditions in words: the CEL of a pack, read aloud. What has no words stays as it is written."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from redress.policy.pack import Pack

from . import names

TOKEN = re.compile(
    r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_][\w.]*|\d+(?:\.\d+)?|&&|\|\||[=!<>]=|[-+*/<>!()\[\],?:])"""
)
MEMBER = re.compile(r"""(["'])([\w.@:#-]+)\1\s+in\s+(\w+)\b""")
HOURS = re.compile(r"""\b(now|registered_at)\.(getHours|getDayOfWeek|getDate|getMonth)\([^)]*\)""")
SHAPE = re.compile(r"""\b([a-z_]\w*)\.matches\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)""")
COUNT = re.compile(r"""\b(times|times_this_round|same|people)\[(["'])([\w.-]+)\2\]""")


def condition(pack: Pack, expression: str) -> str:
    """The condition as a person would say it."""
    if not expression or expression == "true":
        return ""
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f" kept_{len(kept) - 1} "

    text = SHAPE.sub(lambda found: keep(_shaped(pack, found[1])), " ".join(expression.split()))
    text = MEMBER.sub(lambda found: keep(_member(pack, found[3], found[2])), text)
    text = HOURS.sub(lambda found: keep(_part_of_time(found[1], found[2])), text)
    text = COUNT.sub(lambda found: keep(_count(pack, found[1], found[3])), text)
    return _spoken(pack, text, kept)


def _spoken(pack: Pack, text: str, kept: list[str]) -> str:
    operators = _operators()
    words: list[str] = []
    field = ""
    for found in TOKEN.finditer(text):
        token = found[1]
        if token.startswith("kept_"):
            words.append(kept[int(token.removeprefix("kept_"))])
        elif token[0] in "\"'":
            words.append(names.quoted(names.option(pack, field, token[1:-1])) if token[1:-1] else _("空"))
        elif token in pack.fields:
            field = token
            words.append(names.field(pack, token))
        else:
            words.append(operators.get(token, token))
    return " ".join(word for word in words if word)


def _operators() -> dict[str, str]:
    return {
        "==": _("为"), "!=": _("不为"), "&&": _("且"), "||": _("或"), "!": _("并非"), "in": _("属于"), ">=": "≥", "<=": "≤",
        "[": "", "]": "", "true": _("是"), "false": _("否"), "stage": _("阶段"), "round": _("轮次"), "roles": _("操作人的角色"),
        "actor": _("操作人"), "now": _("此刻"), "unit_kind": _("单位类别"), "kind": _("案件种类"), "registered_at": _("登记时间"),
        ",": _("、"),
    }  # fmt: skip


def _member(pack: Pack, group: str, name: str) -> str:
    said = {
        "done": lambda: _("做过%(what)s") % {"what": names.quoted(names.act(pack, name))},
        "done_this_round": lambda: _("本轮做过%(what)s") % {"what": names.quoted(names.act(pack, name))},
        "open": lambda: _("%(what)s尚未完成") % {"what": names.quoted(names.duty(pack, name))},
        "late": lambda: _("%(what)s逾期") % {"what": names.quoted(names.duty(pack, name))},
        "met": lambda: _("%(what)s已完成") % {"what": names.quoted(names.duty(pack, name))},
        "filled": lambda: _("已填写%(what)s") % {"what": names.quoted(names.field(pack, name))},
        "roles": lambda: _("操作人是%(what)s") % {"what": names.role(pack, name)},
        "marks": lambda: _("已标记%(what)s") % {"what": names.quoted(names.mark(pack, name))},
        "asked": lambda: _("%(what)s等待批准") % {"what": names.quoted(_approval(pack, name))},
        "approved": lambda: _("%(what)s已获批") % {"what": names.quoted(_approval(pack, name))},
        "refused": lambda: _("%(what)s未获批") % {"what": names.quoted(_approval(pack, name))},
        "rungs": lambda: _("已上报到%(what)s") % {"what": names.quoted(names.rung(pack, name))},
    }  # fmt: skip
    if group in said:
        return said[group]()
    return _("%(field)s含%(what)s") % {
        "field": names.field(pack, group),
        "what": names.quoted(names.option(pack, group, name)),
    }


def _count(pack: Pack, group: str, name: str) -> str:
    what = names.quoted(names.act(pack, name))
    if group == "times":
        return _("%(what)s的次数") % {"what": what}
    if group == "times_this_round":
        return _("本轮%(what)s的次数") % {"what": what}
    if group == "people":
        return names.role(pack, name)
    return _("同类案件%(what)s的数目") % {"what": names.quoted(_pattern(pack, name))}


def _shaped(pack: Pack, field: str) -> str:
    """That a text has the form that a pattern describes; the pattern itself is for the pack's file."""
    return _("%(field)s的写法合乎规定") % {"field": names.field(pack, field) if field in pack.fields else field}


def _part_of_time(moment: str, part: str) -> str:
    parts = {"getHours": _("钟点"), "getDayOfWeek": _("星期"), "getDate": _("日期"), "getMonth": _("月份")}
    return _("%(moment)s的%(part)s") % {"moment": _operators()[moment], "part": parts[part]}


def _approval(pack: Pack, name: str) -> str:
    return names.said(pack.approvals[name].text) if name in pack.approvals else name


def _pattern(pack: Pack, name: str) -> str:
    return names.said(pack.patterns[name].text) if name in pack.patterns else name
