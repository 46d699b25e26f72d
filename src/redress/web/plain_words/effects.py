"""Consequences in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from redress.policy.language.effects import Effect
from redress.policy.pack import Pack

from . import names
from .conditions import condition
from .marks import mark


def consequences(pack: Pack, effects: Iterable[Effect]) -> list[str]:
    """Each consequence as a clause of a sentence, with its condition."""
    return [consequence(pack, effect) for effect in effects]


def consequence(pack: Pack, effect: Effect) -> str:
    words = _VERBS[effect.verb](pack, effect)
    if effect.say:
        words = _("%(what)s：%(words)s") % {"what": words, "words": names.said(effect.say)}
    if effect.when:
        words = _("若%(condition)s，%(what)s") % {"condition": condition(pack, effect.when), "what": words}
    return words


def _amount(pack: Pack, amount: Any, by: str = "level") -> str:
    if amount is None:
        return ""
    if isinstance(amount, dict):
        return names.joined(
            f"{names.option(pack, by, str(value))} {names.money(pack, money)}" for value, money in amount.items()
        )
    return names.money(pack, amount)


def _duties(pack: Pack, ids: Iterable[str]) -> str:
    several = {"all": _("全部义务"), "open": _("未完成的义务")}
    return names.joined(several.get(name) or names.quoted(names.duty(pack, name)) for name in ids)


def _set(pack: Pack, effect: Effect) -> str:
    parts = []
    for name, value in (effect.set or {}).items():
        what = names.quoted(names.field(pack, name))
        if value is None:
            parts.append(_("清空%(field)s") % {"field": what})
        else:
            parts.append(_("%(field)s记为%(value)s") % {"field": what, "value": _value(pack, name, value)})
    return names.joined(parts)


def _value(pack: Pack, name: str, value: Any) -> str:
    if isinstance(value, dict) and "is" in value:
        return condition(pack, value["is"], name)
    if isinstance(value, list | tuple):
        return names.joined(_value(pack, name, one) for one in value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, str) and value.startswith("$"):
        return names.quoted(names.parameter(pack, value))
    return names.value(pack, name, str(value))


def _fine(pack: Pack, effect: Effect) -> str:
    on = _("（%(who)s）") % {"who": names.any_of(pack, effect.on)} if effect.on else ""
    return _("建议罚款 %(amount)s%(on)s") % {"amount": _amount(pack, effect.fine, effect.by), "on": on}


def _entry(pack: Pack, effect: Effect) -> str:
    entry = effect.entry
    assert entry is not None
    parts = [
        _("记入台账：%(kind)s")
        % {"kind": names.entry_kind(pack, entry.kind) if entry.kind else names.field(pack, entry.kind_field)}
    ]
    if entry.amount is not None or entry.amount_field:
        parts.append(_amount(pack, entry.amount, effect.by) or names.field(pack, entry.amount_field))
    if entry.on:
        parts.append(names.any_of(pack, entry.on))
    if entry.approval:
        parts.append(_("须经%(what)s") % {"what": names.quoted(names.said(pack.approvals[entry.approval].text))})
    return " · ".join(parts)


def _assign(pack: Pack, effect: Effect) -> str:
    rule = effect.assign
    assert rule is not None
    who = _("操作人") if rule.to == "actor" else names.field(pack, rule.to)
    slot = names.role(pack, rule.slot) if rule.slot else names.field(pack, rule.slot_field)
    return _("%(who)s成为%(slot)s") % {"who": who, "slot": slot}


def _extend(pack: Pack, effect: Effect) -> str:
    rule = effect.extend
    assert rule is not None
    duties = _duties(pack, rule.duties)
    if rule.by:
        return _("%(duties)s的时限延长 %(span)s") % {"duties": duties, "span": names.span(pack, rule.by)}
    return _("%(duties)s的时限改到%(field)s") % {"duties": duties, "field": names.quoted(names.field(pack, rule.until))}


def _approval(pack: Pack, effect: Effect) -> str:
    rule = pack.approvals.get(effect.ask or "")
    return _("须报请%(what)s") % {"what": names.quoted(names.said(rule.text) if rule else str(effect.ask))}


def _stage(pack: Pack, effect: Effect) -> str:
    return _("案件进入%(stage)s阶段") % {"stage": names.quoted(names.value(pack, "stage", effect.stage or ""))}


_VERBS: dict[str, Callable[[Pack, Effect], str]] = {
    "set": _set,
    "notify": lambda p, e: _("通知%(who)s") % {"who": names.roles(p, e.notify or ())},
    "fine": _fine,
    "entry": _entry,
    "mark": lambda p, e: _("标记%(mark)s") % {"mark": names.quoted(mark(p, e.mark or ""))},
    "unmark": lambda p, e: _("取消标记%(mark)s") % {"mark": names.quoted(mark(p, e.unmark or ""))},
    "assign": _assign,
    "climb": lambda p, e: _("沿%(ladder)s再上报一级") % {"ladder": names.quoted(_ladder(p, e.climb or ""))},
    "pause": lambda p, e: _("%(duties)s暂停计时") % {"duties": _duties(p, e.pause or ())},
    "resume": lambda p, e: _("%(duties)s恢复计时") % {"duties": _duties(p, e.resume or ())},
    "cancel": lambda p, e: _("%(duties)s不再要求") % {"duties": _duties(p, e.cancel or ())},
    "extend": _extend,
    "waive": lambda p, e: _("%(duties)s的罚款免除") % {"duties": _duties(p, e.waive or ())},
    "ask": _approval,
    "new_round": lambda p, e: _("开始新一轮处理"),
    "signal": lambda p, e: _("接着：%(what)s") % {"what": _what_hangs_on(p, f"signal {e.signal}")},
    "stage": _stage,
}


def _what_hangs_on(pack: Pack, trigger: str) -> str:
    """The duties and ladders that a signal sets off, the first few of them."""
    duties = [names.duty(pack, rule.id) for rule in pack.duties_after.get(trigger, ())]
    ladders = [names.said(rule.text) for rule in pack.ladders_after.get(trigger, ())]
    found = [names.quoted(words) for words in [*duties, *ladders]]
    return names.joined(found[:4]) + ("…" if len(found) > 4 else "") if found else _("其他规则")


def _ladder(pack: Pack, name: str) -> str:
    return names.said(pack.ladders[name].text) if name in pack.ladders else name
