"""One rule in a sentence, with the details that follow from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from redress.policy.language.base import Rule
from redress.policy.language.duties import Duty, Ladder
from redress.policy.pack import Pack

from . import names
from .conditions import condition
from .effects import consequences
from .kinds import kind_name
from .limits import limit
from .more_rules import MORE, Said
from .triggers import after

CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class RuleWords:
    """A rule for reading: its kind and name, the sentence, details, and whether the system acts on it."""

    id: str
    kind: str
    name: str
    sentence: str
    details: tuple[str, ...] = ()
    enforces: bool = True
    assumption: bool = False


def rule_words(pack: Pack, rule: Rule) -> RuleWords:
    """The rule in the language of the request."""
    sentence, details = {**_SAID, **MORE}[rule.kind_key](pack, rule)
    if getattr(rule, "when", "") and rule.kind_key not in ("prohibition", "authority", "guidance"):
        details = [_("条件：%(condition)s") % {"condition": condition(pack, rule.when)}, *details]  # type: ignore[attr-defined]
    if rule.note and bool(CHINESE.search(rule.note)) is not names.language().startswith("en"):
        details = [*details, _("说明：%(note)s") % {"note": names.chosen(rule.note, "")}]
    parent = pack.source.overridden.get(f"{rule.kind_key} {rule.id}")
    if parent and parent in pack.head.extends:
        details = [*details, _("改写了所沿用的制度")]
    return RuleWords(
        rule.id,
        kind_name(rule.kind_key),
        names.said(rule.text),
        names.begun(sentence),
        tuple(names.begun(detail) for detail in details if detail),
        rule.enforces,
        bool(getattr(rule, "assumption", False)),
    )


def _duty(pack: Pack, rule: Duty) -> Said:
    who = (_("每一位") if rule.each else "") + (
        names.roles(pack, rule.who) if rule.each else names.any_of(pack, rule.who)
    )
    sentence = _("%(after)s，%(who)s须%(must)s") % {
        "after": after(pack, rule.after),
        "who": who,
        "must": names.quoted(names.said(rule.must or rule.text)),
    }
    within = limit(pack, rule.within)
    if within:
        sentence += _("，%(limit)s") % {"limit": within}
    details = [
        _("抽取：每期第一件必抽，其后每 %(number)s 件抽一件") % {"number": pack.parameter(rule.sample.one_in)}
        if rule.sample
        else "",
        _("先等候 %(span)s") % {"span": names.span(pack, rule.wait)} if rule.wait else "",
        _("按日历：%(name)s") % {"name": _calendar(pack, rule.calendar)} if rule.calendar else "",
        _("以此完成：%(acts)s") % {"acts": names.joined(names.act(pack, act) for act in rule.done_by)}
        if rule.done_by
        else "",
        _("完成条件：%(condition)s") % {"condition": condition(pack, rule.done_when)} if rule.done_when else "",
        _("须记录：%(fields)s") % {"fields": names.joined(names.field(pack, f.field) for f in rule.record)}
        if rule.record
        else "",
        _("不再要求：%(after)s") % {"after": after(pack, rule.cancelled_by)} if rule.cancelled_by else "",
        _("案件了结后仍须完成") if rule.keep_after_closing else "",
    ]
    details += [_reminder(pack, reminder) for reminder in rule.remind]
    return sentence, [*details, *_then(pack, rule.then), *_late(pack, rule.if_late)]


def _ladder(pack: Pack, rule: Ladder) -> Said:
    sentence = _("%(after)s，逐级上报：%(name)s") % {"after": after(pack, rule.after), "name": names.said(rule.text)}
    details = []
    for number, rung in enumerate(rule.rungs, 1):
        words = _("第 %(number)s 级：%(who)s") % {"number": number, "who": names.any_of(pack, rung.who)}
        if rung.must:
            words += _("须%(must)s") % {"must": names.quoted(names.said(rung.must))}
        if rung.within:
            words += _("，%(limit)s") % {"limit": limit(pack, rung.within)}
        form = {"phone": _("电话"), "written": _("书面"), "in person": _("当面")}.get(rung.form)
        details.append(words + (_("（%(form)s）") % {"form": form} if form else ""))
        details += _late(pack, rung.if_late)
    if rule.climbs_when_late:
        details.append(_("逾期未办即自动上报下一级"))
    if rule.ends_by:
        details.append(_("%(after)s停止上报") % {"after": after(pack, rule.ends_by)})
    return sentence, details


def _reminder(pack: Pack, reminder: Any) -> str:
    to = names.roles(pack, reminder.to) if reminder.to else _("责任人")
    if reminder.before:
        return _("到期前 %(span)s提醒%(to)s") % {"span": names.span(pack, reminder.before), "to": to}
    return _("逾期后每 %(span)s提醒%(to)s，至多 %(times)s 次") % {
        "span": names.span(pack, reminder.every),
        "to": to,
        "times": reminder.times,
    }


def _calendar(pack: Pack, name: str) -> str:
    rule = next((rule for rule in pack.source.rules if rule.kind_key == "calendar" and rule.id == name), None)
    return names.said(rule.text) if rule else name


def _playbook(pack: Pack, rule: Any) -> Said:
    """Each step is told as the duty it is; what follows from it stands on the policy page under its own clauses."""
    steps = []
    for number, duty in enumerate(rule.duties(), 1):
        words = {
            "number": number,
            "who": names.any_of(pack, duty.who),
            "must": names.quoted(names.said(duty.must or duty.text)),
        }
        within = limit(pack, duty.within)
        steps.append(
            _("%(number)s. %(who)s须%(must)s") % words + (_("，%(limit)s") % {"limit": within} if within else "")
        )
    return _("%(after)s，按%(name)s逐项办理") % {
        "after": after(pack, rule.after),
        "name": names.quoted(names.said(rule.text)),
    }, steps


def _then(pack: Pack, effects: Any) -> list[str]:
    return [_("随后：%(what)s") % {"what": words} for words in consequences(pack, effects)]


def _late(pack: Pack, effects: Any) -> list[str]:
    return [_("逾期：%(what)s") % {"what": words} for words in consequences(pack, effects)]


def _act(pack: Pack, rule: Any) -> Said:
    who = names.any_of(pack, rule.who) if rule.who else _("无人")
    sentence = _("%(who)s可以%(act)s") % {"who": who, "act": names.quoted(names.said(rule.text))}
    details = [
        _("表单：%(fields)s") % {"fields": names.joined(_form_field(pack, item) for item in rule.form)}
        if rule.form
        else "",
        {"round": _("每轮只做一次"), "case": _("每案只做一次")}.get(rule.once or "", ""),
        _("即为签字，记录签字人与时间") if rule.signs else "",
    ]
    return sentence, [*details, *_then(pack, rule.then)]


def _form_field(pack: Pack, item: Any) -> str:
    name = names.field(pack, item.field)
    if item.required is True:
        return name
    return (
        _("%(field)s（选填）") % {"field": name}
        if not item.required
        else _("%(field)s（若%(condition)s则必填）")
        % {
            "field": name,
            "condition": condition(pack, item.required),
        }
    )


def _gate(pack: Pack, rule: Any) -> Said:
    sentence = _("%(acts)s之前，必须满足：%(needs)s") % {
        "acts": names.joined(names.quoted(names.act(pack, act)) for act in rule.before),
        "needs": condition(pack, rule.needs),
    }
    return sentence, [_("否则：%(words)s") % {"words": names.said(rule.say)} if rule.say else ""]


def _prohibition(pack: Pack, rule: Any) -> Said:
    acts = names.joined(names.quoted(names.act(pack, act)) for act in rule.acts)
    when = condition(pack, rule.when)
    what = _("不得%(acts)s") if rule.effect == "block" else _("%(acts)s前会提醒")
    sentence = (_("若%(condition)s，") % {"condition": when} if when else "") + what % {"acts": acts}
    details = [
        names.said(rule.say),
        _("应改为：%(act)s") % {"act": names.act(pack, rule.instead)} if rule.instead else "",
    ]
    return sentence, details


def _approval(pack: Pack, rule: Any) -> Said:
    written = [(item, None) if isinstance(item, str) else (item.role, item.up_to) for item in rule.by]
    who = names.joined(
        names.role(pack, role) + (_("（至 %(sum)s）") % {"sum": names.money(pack, top)} if top is not None else "")
        for role, top in written
    )
    order = {"sequence": _("依次批准"), "together": _("全部批准"), "any": _("任一批准")}[rule.order]
    sentence = _("%(name)s须由%(who)s%(order)s") % {
        "name": names.quoted(names.said(rule.text)),
        "who": who,
        "order": order,
    }
    if rule.within:
        sentence += _("，%(span)s内答复") % {"span": names.span(pack, rule.within)}
    yes = [_("获批：%(what)s") % {"what": words} for words in consequences(pack, rule.if_approved)]
    no = [_("未获批：%(what)s") % {"what": words} for words in consequences(pack, rule.if_refused)]
    return sentence, [*yes, *no]


def _appeal(pack: Pack, rule: Any) -> Said:
    kinds = names.joined(names.quoted(names.entry_kind(pack, kind)) for kind in rule.kinds) or _("台账")
    sentence = _("对%(kinds)s可以申诉，由%(who)s裁定") % {"kinds": kinds, "who": names.any_of(pack, rule.by)}
    if rule.within:
        sentence += _("，%(span)s内答复") % {"span": names.span(pack, rule.within)}
    details = [
        _("申诉期限：%(span)s") % {"span": names.span(pack, rule.open_for)} if rule.open_for else "",
        _("记在单位上的，由%(who)s申诉") % {"who": names.any_of(pack, rule.who)} if rule.who else "",
    ]
    return sentence, details


_SAID: dict[str, Callable[[Pack, Any], Said]] = {
    "duty": _duty,
    "ladder": _ladder,
    "playbook": _playbook,
    "act": _act,
    "gate": _gate,
    "prohibition": _prohibition,
    "approval": _approval,
    "appeal": _appeal,
}
