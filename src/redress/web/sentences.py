"""Every kind of event has its sentence here, in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from redress.people.directory import Directory
from redress.policy.engine import events as ev
from redress.policy.engine.case import Case
from redress.policy.pack import Pack

from .durations import in_words
from .forms.shown import masked, shown
from .plain_words import names
from .plain_words.channels import channel_name
from .plain_words.marks import mark
from .stages import stage_name


def sentence(pack: Pack, directory: Directory, case: Case, event: ev.Event) -> str:
    """What the event says happened."""
    return _SAID[type(event)](_Case(pack, directory, case), event)


class _Case:
    """Names of what events are about."""

    def __init__(self, pack: Pack, directory: Directory, case: Case) -> None:
        self.pack, self.directory, self.case = pack, directory, case

    def duty(self, key: str) -> str:
        state = self.case.duties.get(key)
        return names.quoted(names.duty(self.pack, state.rule if state else key))

    def rule(self, rule_id: str) -> str:
        rule = self.pack.rule(rule_id)
        return names.quoted(names.said(rule.text) if rule else rule_id)

    def person(self, person: str) -> str:
        return self.directory.person_text(person).of(names.language())

    def unit(self, unit: str) -> str:
        return self.directory.unit_text(unit).of(names.language())

    def approval(self, request: str) -> str:
        return self.rule(request.split("#")[0])

    def whom(self, e: Any) -> str:
        if e.person:
            return self.person(e.person)
        return (
            f"{names.any_of(self.pack, e.roles)}（{self.unit(e.unit)}）" if e.unit else names.any_of(self.pack, e.roles)
        )

    def values(self, values: dict[str, Any]) -> str:
        parts = []
        for name, value in values.items():
            rule = self.pack.fields.get(name)
            text = (
                masked(value)
                if rule and rule.personal
                else shown(rule, value, self.directory, self.pack.zone(), names.language())
            )
            parts.append(
                _("%(field)s记为%(value)s")
                % {"field": names.quoted(names.field(self.pack, name)), "value": names.quoted(text)}
            )
        return names.joined(parts)


def _act(c: _Case, e: ev.ActDone) -> str:
    act = c.pack.acts.get(e.act)
    words = names.said(act.text) if act else e.act
    if e.stands_in_for:
        whom = names.role(c.pack, e.stands_in_for) if e.stands_in_for in c.pack.roles else c.person(e.stands_in_for)
        words = _("%(act)s（代%(whom)s）") % {"act": words, "whom": whom}
    elif e.role and e.role in c.pack.roles and c.pack.roles[e.role].found != "everyone":
        words = _("%(act)s（%(role)s）") % {"act": words, "role": names.role(c.pack, e.role)}
    return words + (_(" · 已签字") if e.signed else "")


def _opened(c: _Case, e: ev.DutyOpened) -> str:
    rule = names.quoted(names.duty(c.pack, e.rule))
    words = _("%(who)s须%(duty)s") % {"who": c.whom(e), "duty": rule}
    if e.due:
        words += _("，限 %(due)s 前") % {"due": f"{e.due.astimezone(c.pack.zone()):%m-%d %H:%M}"}
    return words + (_("（暂定）") if e.provisional else "")


def _met(c: _Case, e: ev.DutyMet) -> str:
    words = _("%(duty)s已完成") % {"duty": c.duty(e.duty)}
    return words + (_("，晚了 %(late)s") % {"late": in_words(e.late_by)} if e.late_by else "")


def _tried(c: _Case, e: ev.DutyTried) -> str:
    words = _("%(duty)s没有联系上") % {"duty": c.duty(e.duty)}
    words += _("（%(channel)s）") % {"channel": channel_name(e.channel)} if e.channel else ""
    if e.again:
        words += _("，%(again)s 再试") % {"again": f"{e.again.astimezone(c.pack.zone()):%m-%d %H:%M}"}
    return words + (_("：%(reason)s") % {"reason": e.note} if e.note else "")


def _missed(c: _Case, e: ev.DutyMissed) -> str:
    return _("%(duty)s没有办：%(reason)s") % {"duty": c.duty(e.duty), "reason": e.reason}


def _moved(c: _Case, e: ev.DutyMoved) -> str:
    why = {
        "extended": _("经批准延期"),
        "resumed": _("恢复计时"),
        "recomputed": _("日历公布后重新计算"),
        "agreed": _("改为约定时间"),
        "changed": _("随级别改变"),
        "renewed": _("按现行制度和日历重算"),
    }
    due = f"{e.due.astimezone(c.pack.zone()):%Y-%m-%d %H:%M}" if e.due else _("无时限")
    return _("%(duty)s%(why)s，到期改为 %(due)s") % {"duty": c.duty(e.duty), "why": why.get(e.why, e.why), "due": due}


def _voted(c: _Case, e: ev.ApprovalVoted) -> str:
    words = {True: _("批准%(what)s（%(role)s）"), False: _("不批准%(what)s（%(role)s）")}[e.approve]
    said = words % {"what": c.approval(e.request), "role": names.role(c.pack, e.role)}
    return said + (_("：%(reason)s") % {"reason": e.reason} if e.reason else "")


def _line(c: _Case, line: str) -> str:
    entry = c.case.ledger.get(line)
    if entry is None:
        return line
    kind = names.entry_kind(c.pack, entry.kind)
    return f"{kind} {names.money(c.pack, entry.amount)}" if entry.amount else kind


def _entered(c: _Case, e: ev.LedgerEntered) -> str:
    kind = names.entry_kind(c.pack, e.kind)
    amount = f" {names.money(c.pack, e.amount)}" if e.amount else ""
    whom = c.person(e.person) if e.person else names.role(c.pack, e.role)
    return _("建议记入台账：%(kind)s%(amount)s，%(whom)s") % {"kind": kind, "amount": amount, "whom": whom}


def _ruled(c: _Case, e: ev.LedgerRuled) -> str:
    words = {
        "uphold": _("裁定维持%(line)s：%(reason)s"),
        "waive": _("裁定免除%(line)s：%(reason)s"),
        "change": _("裁定改为%(line)s：%(reason)s"),
    }[e.ruling]
    return words % {"line": _line(c, e.line), "reason": e.reason}


def _rung(c: _Case, e: ev.RungReached) -> str:
    ladder = c.pack.ladders.get(e.ladder)
    rung = next((item for item in ladder.rungs if item.rung == e.rung), None) if ladder else None
    return _("上报到%(who)s") % {"who": names.any_of(c.pack, rung.who) if rung else e.rung}


def _erased(c: _Case, e: ev.Erased) -> str:
    fields = names.joined(names.field(c.pack, field) for field in e.fields)
    number = len(e.files)
    if not number:
        return _("删除个人信息：%(fields)s") % {"fields": fields}
    counted = _("文件内容（%(number)s 个）") % {"number": number}
    return _("删除个人信息：%(fields)s") % {"fields": names.joined([fields, counted] if fields else [counted])}


def _file(name: str) -> str:
    """A file as it is spoken of; an erased one has no name any more."""
    return names.quoted(name) if name else _("一个文件（已删除）")


def _count(c: _Case, keys: tuple[str, ...]) -> str:
    return names.joined(c.duty(key) for key in keys)


def _field(c: _Case, name: str) -> str:
    return names.quoted(names.field(c.pack, name))


_SAID: dict[type[ev.Event], Callable[[_Case, Any], str]] = {
    ev.Registered: lambda c, e: (
        _("例行义务%(what)s到期开始") % {"what": c.rule(e.subject)} if e.subject else _("登记投诉")
    ),
    ev.ActDone: _act,
    ev.FieldsSet: lambda c, e: _("按规则%(values)s") % {"values": c.values(e.values)},
    ev.StageChanged: lambda c, e: _("案件进入%(stage)s阶段") % {"stage": names.quoted(stage_name(e.stage))},
    ev.PersonNamed: lambda c, e: (
        _("%(person)s成为%(slot)s") % {"person": c.person(e.person), "slot": names.role(c.pack, e.slot)}
    ),
    ev.NumberGiven: lambda c, e: _("编号 %(number)s") % {"number": e.number},
    ev.BookEntered: lambda c, e: _("记入%(book)s") % {"book": c.rule(e.book)},
    ev.BookLocked: lambda c, e: _("%(book)s已签认，不得更改") % {"book": c.rule(e.book)},
    ev.DocumentIssued: lambda c, e: _("须出具%(document)s") % {"document": c.rule(e.document)},
    ev.DutyOpened: _opened,
    ev.DutyStarted: lambda c, e: _("%(duty)s开始计时") % {"duty": c.duty(e.duty)},
    ev.DutyReminded: lambda c, e: _("提醒%(duty)s") % {"duty": c.duty(e.duty)},
    ev.DutyLate: lambda c, e: _("%(duty)s逾期") % {"duty": c.duty(e.duty)},
    ev.DutyMet: _met,
    ev.DutyTried: _tried,
    ev.DutyMissed: _missed,
    ev.DutyOwedAgain: lambda c, e: _("撤回了说明，%(duty)s仍要办") % {"duty": c.duty(e.duty)},
    ev.DutyCancelled: lambda c, e: _("%(duty)s不再要求") % {"duty": c.duty(e.duty)},
    ev.DutyMoved: _moved,
    ev.ClockPaused: lambda c, e: (
        _("%(duties)s暂停计时：%(reason)s") % {"duties": _count(c, e.duties), "reason": e.reason}
    ),
    ev.ClockResumed: lambda c, e: _("%(duties)s恢复计时") % {"duties": _count(c, e.duties)},
    ev.ApprovalAsked: lambda c, e: (
        _("申请%(what)s，等%(who)s答复") % {"what": c.rule(e.approval), "who": names.roles(c.pack, e.roles)}
    ),
    ev.ApprovalVoted: _voted,
    ev.ApprovalSettled: lambda c, e: (
        (_("%(what)s已获批准") if e.approved else _("%(what)s未获批准")) % {"what": c.rule(e.approval)}
    ),
    ev.ApprovalWithdrawn: lambda c, e: _("%(what)s不再需要批准") % {"what": c.rule(e.approval)},
    ev.Committed: lambda c, e: (
        _("在%(authority)s下承诺 %(amount)s")
        % {"authority": c.rule(e.authority), "amount": names.money(c.pack, e.amount)}
    ),
    ev.LadderEntered: lambda c, e: _("开始%(ladder)s") % {"ladder": c.rule(e.ladder)},
    ev.RungReached: _rung,
    ev.LadderEnded: lambda c, e: _("%(ladder)s结束") % {"ladder": c.rule(e.ladder)},
    ev.RoundStarted: lambda c, e: _("第 %(round)s 轮处理开始") % {"round": e.round},
    ev.NoticeRaised: lambda c, e: _("通知%(who)s") % {"who": c.whom(e)},
    ev.LedgerEntered: _entered,
    ev.LedgerWaived: lambda c, e: _("免除%(line)s") % {"line": _line(c, e.line)},
    ev.LedgerConfirmed: lambda c, e: _("确认%(line)s") % {"line": _line(c, e.line)},
    ev.LedgerAppealed: lambda c, e: (
        _("对%(line)s提出申诉：%(reason)s") % {"line": _line(c, e.line), "reason": e.reason}
    ),
    ev.LedgerRuled: _ruled,
    ev.Marked: lambda c, e: _("标记%(mark)s") % {"mark": names.quoted(mark(c.pack, e.mark))},
    ev.Unmarked: lambda c, e: _("取消标记%(mark)s") % {"mark": names.quoted(mark(c.pack, e.mark))},
    ev.Signalled: lambda c, e: _("转入下一步"),
    ev.Found: lambda c, e: _("这一期发现的问题已登记为投诉"),
    ev.Linked: lambda c, e: (
        _("与 %(number)s 件同类案件相连（%(pattern)s）") % {"number": len(e.cases), "pattern": c.rule(e.pattern)}
    ),
    ev.Attached: lambda c, e: _("附上%(file)s") % {"file": _file(e.name)},
    ev.AttachmentWithdrawn: lambda c, e: (
        _("撤下%(file)s：%(reason)s") % {"file": _file(c.case.files[e.file].name), "reason": e.reason}
    ),
    ev.HandedOver: lambda c, e: (
        _("%(item)s交给%(whom)s") % {"item": names.quoted(e.item), "whom": c.person(e.person) if e.person else e.to}
    ),
    ev.PackMoved: lambda c, e: (
        _("改按制度第 %(version)s 版办理：%(reason)s") % {"version": e.version, "reason": e.reason}
    ),
    ev.Revealed: lambda c, e: _("查看了%(field)s") % {"field": _field(c, e.field)},
    ev.Erased: _erased,
}
