"""Lines of the administration log, ready to be read: who, what, about whom, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redress.people.models import AdministrationEntry
from redress.web.access import Member
from redress.web.plain_words import names, rule_words
from redress.web.plain_words.names import language

from .kinds import kind_words

CHANGES = {
    "unit.added": gettext_lazy("新增单位"), "unit.changed": gettext_lazy("修改单位"), "unit.moved": gettext_lazy("移动单位"),
    "unit.retired": gettext_lazy("停用单位"), "unit.back": gettext_lazy("恢复单位"), "person.added": gettext_lazy("新增人员"),
    "person.changed": gettext_lazy("修改人员"), "person.left": gettext_lazy("离职"), "person.back": gettext_lazy("复职"),
    "person.administers": gettext_lazy("管理权限"), "seat.given": gettext_lazy("任命"), "seat.ended": gettext_lazy("免去"),
    "seat.undone": gettext_lazy("撤销任命"), "absence.added": gettext_lazy("登记不在岗"), "absence.ended": gettext_lazy("结束不在岗"),
    "stand-in.added": gettext_lazy("设代理"), "stand-in.ended": gettext_lazy("结束代理"), "parameter.set": gettext_lazy("改参数"),
    "parameter.confirmed": gettext_lazy("确认参数"), "second-factor.required": gettext_lazy("两步验证要求"),
    "account.invited": gettext_lazy("邀请"), "account.reset": gettext_lazy("重设密码"), "account.disabled": gettext_lazy("停用账号"),
    "account.enabled": gettext_lazy("启用账号"), "account.sessions-ended": gettext_lazy("结束登录"),
    "account.second-factor-cleared": gettext_lazy("取消两步验证"),
    "policy.bound": gettext_lazy("安排制度"), "policy.unbound": gettext_lazy("撤销制度安排"),
    "policy.cases-moved": gettext_lazy("未结案件移到现行版本"), "calendar.closed": gettext_lazy("登记休息日"),
    "calendar.open": gettext_lazy("登记上班日"), "calendar.day-forgotten": gettext_lazy("撤销日子"), "calendar.hours": gettext_lazy("改作息"),
    "organisation.named": gettext_lazy("改机构名称"), "organisation.founded": gettext_lazy("建立机构"),
}  # fmt: skip
KEYS = {
    "zh": gettext_lazy("名称"), "en": gettext_lazy("英文名称"), "kind": gettext_lazy("类别"), "under": gettext_lazy("上级"),
    "active": gettext_lazy("在用"), "email": gettext_lazy("邮箱"), "phone": gettext_lazy("电话"), "role": gettext_lazy("岗位"),
    "unit": gettext_lazy("单位"), "from": gettext_lazy("自"), "to": gettext_lazy("至"), "reason": gettext_lazy("原因"),
    "deputy": gettext_lazy("代理人"), "for": gettext_lazy("被代理人"), "value": gettext_lazy("值"), "note": gettext_lazy("备注"),
    "username": gettext_lazy("用户名"), "count": gettext_lazy("数量"), "units": gettext_lazy("单位"), "people": gettext_lazy("人员"),
    "pack": gettext_lazy("制度"), "successor": gettext_lazy("接任人"), "administers": gettext_lazy("可管理"), "roles": gettext_lazy("岗位"),
}  # fmt: skip


@dataclass(frozen=True)
class EntryView:
    """A line: ``parts`` are (name, before, after), "" where there was or is nothing."""

    id: int
    at: datetime
    by: str
    change: str
    subject: str
    parts: tuple[tuple[str, str, str], ...]


def newest_entries(member: Member, limit: int, before: int | None = None) -> list[EntryView]:
    rows = AdministrationEntry.objects.filter(organisation=member.organisation)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_view(member, row) for row in rows.order_by("-pk")[:limit]]


def _view(member: Member, row: AdministrationEntry) -> EntryView:
    keys = dict.fromkeys([*row.before, *row.after])
    parts = tuple(
        (_key(member, row, key), _value(member, key, row.before.get(key)), _value(member, key, row.after.get(key)))
        for key in keys
    )
    by = member.directory.person_text(row.by).of(language())
    return EntryView(row.pk, row.at, by, str(CHANGES.get(row.change, row.change)), _subject(member, row), parts)


def _subject(member: Member, row: AdministrationEntry) -> str:
    sort = row.change.partition(".")[0]
    if sort == "unit":
        return member.directory.unit_text(row.subject).of(language())
    if sort == "parameter":
        rule = member.pack.parameters.get(row.subject)
        return rule_words(member.pack, rule).name if rule else row.subject
    if sort in ("policy", "calendar"):
        return _rule_name(member, sort, row.subject)
    if sort in ("organisation", "second-factor"):
        return member.organisation_name
    return member.directory.person_text(row.subject).of(language())


def _rule_name(member: Member, sort: str, name: str) -> str:
    if sort == "policy":
        head = member.pack.head
        return (head.en if language().startswith("en") else head.zh) if name == head.pack else name
    rule = next((rule for rule in member.pack.source.rules if rule.kind_key == "calendar" and rule.id == name), None)
    return names.said(rule.text) if rule else name


def _key(member: Member, row: AdministrationEntry, key: str) -> str:
    return _("值") if key == row.subject else str(KEYS.get(key, key))


def _value(member: Member, key: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return names.joined(_value(member, "role", one) for one in value)
    text, lang = str(value), language()
    match key:
        case "role":
            return _("全部") if text == "*" else names.role(member.pack, text)
        case "unit" | "under":
            return member.directory.unit_text(text).of(lang)
        case "deputy" | "for" | "successor":
            return member.directory.person_text(text).of(lang)
        case "kind":
            return kind_words(text)
    return text
