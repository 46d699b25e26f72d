"""Triggers in words: after what a rule begins to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from redress.policy.pack import Pack

from . import names
from .marks import mark


def after(pack: Pack, triggers: Iterable[str]) -> str:
    """ "登记投诉」后 或 …」: the moments, joined with or."""
    return _("或").join(moment(pack, trigger) for trigger in triggers)


def moment(pack: Pack, trigger: str) -> str:
    """One trigger in words."""
    word, _blank, rest = trigger.partition(" ")
    if rest and word in _SAID:
        return _SAID[word](pack, rest)
    if trigger == "round":
        return _("新一轮开始时")
    if trigger == "registered":
        return _("登记后")
    return _("%(act)s后") % {"act": names.quoted(names.act(pack, trigger))}


def _signal(pack: Pack, rest: str) -> str:
    """A signal is a trigger of the pack's own: it is told by what sends it."""
    senders = [rule for rule in pack.source.rules if rest in _sent(rule)]
    moments = [moment(pack, rule.id) if rule.kind_key == "act" else _moment_of(pack, rule) for rule in senders]
    return _("或").join(dict.fromkeys(moments)) or rest


def _moment_of(pack: Pack, rule: Any) -> str:
    if rule.kind_key == "duty":
        return moment(pack, f"met {rule.id}")
    if rule.kind_key == "approval":
        return moment(pack, f"{'approved' if _signals(rule.if_approved) else 'refused'} {rule.id}")
    triggers = [trigger for trigger in getattr(rule, "after", ()) if not trigger.startswith("signal ")]
    return after(pack, triggers) if triggers else names.quoted(names.said(rule.text))


def _signals(effects: Any) -> list[str]:
    """The signals among consequences."""
    return [str(effect.signal or effect.new_round) for effect in effects if effect.signal or effect.new_round]


def _sent(rule: Any) -> list[str]:
    return [
        name
        for key in ("then", "if_late", "if_approved", "if_refused")
        for name in _signals(getattr(rule, key, ()) or ())
    ]


_SAID: dict[str, Callable[[Pack, str], str]] = {
    "met": lambda p, r: _("%(duty)s完成后") % {"duty": names.quoted(names.duty(p, r))},
    "late": lambda p, r: _("%(duty)s逾期时") % {"duty": names.quoted(names.duty(p, r))},
    "ask": lambda p, r: _("申请%(what)s时") % {"what": names.quoted(names.rule(p, r))},
    "approved": lambda p, r: _("%(what)s获批后") % {"what": names.quoted(names.rule(p, r))},
    "refused": lambda p, r: _("%(what)s未获批后") % {"what": names.quoted(names.rule(p, r))},
    "rung": lambda p, r: _("上报到%(who)s时") % {"who": names.quoted(names.rung(p, r))},
    "standing": lambda p, r: _("例行义务%(what)s到期开始时") % {"what": names.quoted(names.rule(p, r))},
    "signal": _signal,
    "stage": lambda p, r: _("进入%(what)s阶段时") % {"what": names.quoted(names.value(p, "stage", r))},
    "mark": lambda p, r: _("案件被标为%(what)s时") % {"what": names.quoted(mark(p, r))},
    "pattern": lambda p, r: _("发现%(what)s时") % {"what": names.quoted(names.rule(p, r))},
    "set": lambda p, r: _("%(what)s有变化时") % {"what": names.quoted(names.field(p, r))},
    "number": lambda p, r: _("编号%(what)s生成后") % {"what": names.quoted(names.rule(p, r))},
    "settled": lambda p, r: _("%(what)s有结论后") % {"what": names.quoted(names.rule(p, r))},
}
