"""The rules that say who, what is known, and what is kept: in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from redress.policy.pack import Pack
from redress.web.set_up.kinds import kind_words

from . import names
from .conditions import condition
from .effects import consequences
from .limits import limit
from .recurrences import recurrence, weekday
from .triggers import after

Said = tuple[str, list[str]]
"""The sentence and its details."""


def _role(pack: Pack, rule: Any) -> Said:
    found = {
        "seat": _("%(role)s：由组织任命"),
        "everyone": _("%(role)s：全体员工"),
        "person": _("%(role)s：由案件指定的人"),
        "outside": _("%(role)s：组织以外的人"),
    }[rule.found]
    details = [
        _("代行%(roles)s的职责") % {"roles": names.roles(pack, rule.stands_in_for)} if rule.stands_in_for else "",
        _("由做%(acts)s的人担任") % {"acts": names.joined(names.quoted(names.act(pack, a)) for a in rule.set_by)}
        if rule.set_by
        else "",
        _("一经确定不得更改") if rule.fixed else "",
        _("只能看到自己参与的案件") if rule.reads == "part" else "",
    ]
    return found % {"role": names.said(rule.text)}, details


def _post(pack: Pack, rule: Any) -> Said:
    return _("每个%(kinds)s至少须有 %(number)s 名%(role)s") % {
        "kinds": names.joined(kind_words(kind) for kind in rule.unit_kinds) or _("单位"),
        "number": rule.at_least,
        "role": names.role(pack, rule.role),
    }, []


def _field(pack: Pack, rule: Any) -> Said:
    options = [
        names.said(option.text) + (_("：%(means)s") % {"means": names.said(option.means)} if option.means else "")
        for option in rule.options
    ]
    details = [
        _("个人信息，平时遮住") if rule.personal else "",
        _("保密") if rule.confidential else "",
        _("一经登记不得更改") if rule.fixed else "",
        names.said(rule.help),
    ]
    return _("须记录%(field)s") % {"field": names.quoted(names.said(rule.text))}, [*options, *details]


def _parameter(pack: Pack, rule: Any) -> Said:
    value = pack.parameter("$" + rule.id)
    words = _yes_no(value) if isinstance(value, bool) else names.number(value) or names.span(pack, str(value))
    return _("%(name)s：%(value)s") % {"name": names.said(rule.text), "value": words}, [
        _("制度原文未写明，这里是可修改的假定") if rule.assumption else ""
    ]


def _calendar(pack: Pack, rule: Any) -> Said:
    written = rule.is_.get("hours")
    weekly = written if isinstance(written, dict) else {}  # "24x7" is said in words of its own
    hours = names.joined(names.run(_weekdays(days), names.joined(map(str, spans))) for days, spans in weekly.items())
    return _("工作日历%(name)s") % {"name": names.quoted(names.said(rule.text))}, [
        _("时间：%(hours)s") % {"hours": hours} if hours else _("全天候"),
        _("依国家法定节假日与调休") if rule.is_.get("holidays") == "cn" else "",
    ]


def _weekdays(written: str) -> str:
    """``mon-fri`` or ``sat`` in words."""
    days = [weekday(day) for day in written.split("-")]
    return _("%(first)s至%(last)s") % {"first": days[0], "last": days[-1]} if len(days) > 1 else days[0]


def _authority(pack: Pack, rule: Any) -> Said:
    rows = [
        _("%(role)s至多 %(sum)s") % {"role": names.role(pack, role), "sum": names.money(pack, sum_)}
        for role, sum_ in rule.limits.items()
    ]
    sentence = _("%(acts)s时，%(amount)s不得超出本人权限") % {
        "acts": names.joined(names.quoted(names.act(pack, act)) for act in rule.acts),
        "amount": names.quoted(names.field(pack, rule.amount)),
    }
    return sentence, [
        *rows,
        _("适用于：%(condition)s") % {"condition": condition(pack, rule.when)} if rule.when else "",
    ]


def _recusal(pack: Pack, rule: Any) -> Said:
    acts = names.joined(names.quoted(names.act(pack, act)) for act in rule.acts) or _("本案一切操作")
    return _("%(who)s须回避：%(acts)s") % {"who": names.roles(pack, rule.who), "acts": acts}, [
        names.said(rule.say),
        "" if rule.read else _("并且看不到本案"),
    ]


def _decision(pack: Pack, rule: Any) -> Said:
    rows = [
        _("若%(condition)s：%(value)s")
        % {
            "condition": condition(pack, row.when) or _("其他情形"),
            "value": _value(pack, rule.sets, row.value),
        }
        for row in rule.rows
    ]
    return _("%(after)s，判定%(field)s") % {
        "after": after(pack, rule.after),
        "field": names.quoted(names.field(pack, rule.sets)),
    }, rows


def _value(pack: Pack, field: str, value: Any) -> str:
    return _yes_no(value) if isinstance(value, bool) else names.value(pack, field, str(value))


def _yes_no(value: bool) -> str:
    return _("是") if value else _("否")


def _reaction(pack: Pack, rule: Any) -> Said:
    what = consequences(pack, rule.then)
    if len(what) == 1:
        return _("%(after)s：%(what)s") % {"after": after(pack, rule.after), "what": what[0]}, []
    return _("%(after)s，随之：") % {"after": after(pack, rule.after)}, what


def _pattern(pack: Pack, rule: Any) -> Said:
    return _("%(span)s内有 %(number)s 件投诉的%(fields)s相同，即视为同类") % {
        "span": names.span(pack, rule.within),
        "number": rule.at_least,
        "fields": names.joined(names.quoted(names.field(pack, f)) for f in rule.same),
    }, consequences(pack, rule.then)


def _number(pack: Pack, rule: Any) -> Said:
    example = rule.format.format(year=2026, yy="26", month=3, day=2, unit=_("单位"), serial=1)
    return _("%(after)s编号，如 %(example)s") % {
        "after": after(pack, rule.after),
        "example": example,
    }, [_("连续编号，不跳号不重号") if rule.gap_free else ""]


def _book(pack: Pack, rule: Any) -> Said:
    return _("%(after)s，记入%(book)s") % {
        "after": after(pack, rule.after),
        "book": names.quoted(names.said(rule.text)),
    }, [
        _("栏目：%(columns)s") % {"columns": names.joined(names.field(pack, c) for c in rule.columns)},
        _("%(after)s不得更改") % {"after": after(pack, rule.locked_by)} if rule.locked_by else "",
    ]


def _document(pack: Pack, rule: Any) -> Said:
    details = [
        _("内容：%(fields)s") % {"fields": names.joined(names.field(pack, f) for f in rule.fields)},
        _("由%(who)s填写") % {"who": names.roles(pack, rule.filled_by)} if rule.filled_by else "",
        _("由%(who)s签字") % {"who": names.roles(pack, rule.signed_by)} if rule.signed_by else "",
        *(
            _("%(what)s交%(to)s")
            % {"what": _("原件") if copy.what == "original" else _("复印件"), "to": names.role(pack, copy.to)}
            for copy in rule.copies
        ),
        _("可以交给客户") if rule.for_customer else "",
    ]
    if rule.after:
        return _("%(after)s，出具%(name)s") % {
            "after": after(pack, rule.after),
            "name": names.quoted(names.said(rule.text)),
        }, details
    return _("文书%(name)s") % {"name": names.quoted(names.said(rule.text))}, details


def _retention(pack: Pack, rule: Any) -> Said:
    return (
        _("记录永久保存")
        if rule.keep == "forever"
        else _("案件了结后记录保存 %(span)s") % {"span": names.span(pack, rule.keep)}
    ), []


def _standing(pack: Pack, rule: Any) -> Said:
    late = [_("逾期：%(what)s") % {"what": words} for words in consequences(pack, rule.if_late)]
    within = limit(pack, rule.within)
    sentence = _("%(who)s须定期%(must)s") % {
        "who": names.any_of(pack, rule.who),
        "must": names.quoted(names.said(rule.must or rule.text)),
    }
    return sentence + (_("，%(limit)s") % {"limit": within} if within else ""), [
        _("周期：%(recurs)s") % {"recurs": recurrence(rule.recurs)},
        *late,
    ]


def _measure(pack: Pack, rule: Any) -> Said:
    return _("指标%(name)s") % {"name": names.quoted(names.said(rule.text))}, [
        _("统计：%(condition)s") % {"condition": condition(pack, rule.where)} if rule.where else ""
    ]


def _report(pack: Pack, rule: Any) -> Said:
    sections = [names.chosen(section.zh, section.en) for section in rule.sections]
    to = [_("报送：%(who)s") % {"who": names.roles(pack, rule.to)}] if rule.to else []
    return _("报表%(name)s包括：%(sections)s") % {
        "name": names.quoted(names.said(rule.text)),
        "sections": names.joined(sections),
    }, to


def _guidance(pack: Pack, rule: Any) -> Said:
    return names.said(rule.text), []


def _phrase(pack: Pack, rule: Any) -> Said:
    fields = names.joined(names.quoted(names.field(pack, field)) for field in rule.fields)
    if rule.must_hold:
        sentence = _("%(fields)s里须写到：%(words)s") % {
            "fields": fields,
            "words": names.joined(names.chosen(word, "") for word in rule.must_hold),
        }
    elif rule.detects == "sums":
        sentence = _("%(fields)s里不得写超出权限的金额") % {"fields": fields}
    elif rule.detects == "personal":
        sentence = _("%(fields)s里不得写他人的个人信息") % {"fields": fields}
    else:
        words = (
            names.joined(names.chosen(word, "") for word in rule.words) or names.said(rule.say) or names.said(rule.text)
        )
        sentence = _("%(fields)s里不得写：%(words)s") % {"fields": fields, "words": words}
    return sentence, [
        names.said(rule.say),
        _("改为：%(words)s") % {"words": names.said(rule.better)} if rule.better else "",
        _("写了就不能提交") if rule.effect == "block" else _("写了会提醒"),
    ]


def _compensation(pack: Pack, rule: Any) -> Said:
    items = [
        _("%(item)s = %(formula)s") % {"item": names.said(item.text), "formula": _formula(pack, item.amount)}
        + (_("，至多 %(formula)s") % {"formula": _formula(pack, item.at_most)} if item.at_most else "")
        for item in rule.items
    ]
    whole = _("合计至多 %(formula)s") % {"formula": _formula(pack, rule.total_at_most)} if rule.total_at_most else ""
    return _("%(name)s按下列各项计算") % {"name": names.quoted(names.said(rule.text))}, [*items, whole]


WORD = re.compile(r"\$[a-z][a-z0-9_.-]*[a-z0-9_]|[a-z_][a-z0-9_]*|[*/]")


def _formula(pack: Pack, formula: str) -> str:
    """A formula with the names of its fields, parameters and functions."""
    words = {"min": _("取小"), "max": _("取大"), "days": _("天数"), "*": "×", "/": "÷"}

    def said(found: re.Match[str]) -> str:
        word = found[0]
        return names.parameter(pack, word) if word.startswith("$") else words.get(word) or names.field(pack, word)

    return WORD.sub(said, str(formula))


MORE: dict[str, Callable[[Pack, Any], Said]] = {
    "role": _role, "post": _post, "field": _field, "parameter": _parameter, "calendar": _calendar, "authority": _authority,
    "recusal": _recusal, "decision": _decision, "reaction": _reaction, "pattern": _pattern, "number": _number, "book": _book,
    "document": _document, "retention": _retention, "standing": _standing, "measure": _measure, "report": _report,
    "guidance": _guidance,
    "phrase": _phrase,
    "compensation": _compensation,
}  # fmt: skip
