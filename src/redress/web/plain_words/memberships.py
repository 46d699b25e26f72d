"""What has been done, is open, late, filled in or marked: a name among the words that conditions may look into."""

from __future__ import annotations

from django.utils.translation import gettext as _

from redress.policy.pack import Pack

from . import names
from .marks import mark


def held(pack: Pack, group: str, name: str) -> str:
    """That ``name`` stands among ``group`` (``"contact" in done``)."""
    words = {
        "done": _("做过%(what)s"),
        "done_this_round": _("本轮做过%(what)s"),
        "open": _("%(what)s尚未完成"),
        "late": _("%(what)s逾期"),
        "met": _("%(what)s已完成"),
        "filled": _("已填写%(what)s"),
        "roles": _("操作人是%(what)s"),
        "marks": _("已标记%(what)s"),
        "asked": _("%(what)s等待批准"),
        "approved": _("%(what)s已获批"),
        "refused": _("%(what)s未获批"),
        "rungs": _("已上报到%(what)s"),
    }.get(group, _("%(field)s含%(what)s"))
    return words % {"what": _what(pack, group, name), "field": names.field(pack, group)}


def held_not(pack: Pack, group: str, name: str) -> str:
    """That ``name`` does not stand among ``group``."""
    words = {
        "done": _("没有做过%(what)s"),
        "done_this_round": _("本轮没有做过%(what)s"),
        "open": _("%(what)s不在待办之中"),
        "late": _("%(what)s没有逾期"),
        "met": _("%(what)s没有完成过"),
        "filled": _("没有填写%(what)s"),
        "roles": _("操作人不是%(what)s"),
        "marks": _("没有标记%(what)s"),
        "asked": _("%(what)s不在等待批准"),
        "approved": _("%(what)s没有获批"),
        "refused": _("%(what)s没有被驳回"),
        "rungs": _("没有上报到%(what)s"),
    }.get(group, _("%(field)s不含%(what)s"))
    return words % {"what": _what(pack, group, name), "field": names.field(pack, group)}


def count_of(pack: Pack, table: str, name: str) -> str:
    """What a table of counts, sums, numbers or people holds under ``name`` (``times["contact"]``)."""
    if table == "people":
        return names.role(pack, name)
    if table == "numbers":
        return names.field(pack, name)
    words = {
        "times": _("%(what)s的次数"),
        "times_this_round": _("本轮%(what)s的次数"),
        "same": _("同类案件%(what)s的数目"),
        "worth": _("按%(what)s算出的金额"),
    }[table]
    what = names.act(pack, name) if table.startswith("times") else names.rule(pack, name)
    return words % {"what": names.quoted(what)}


def _what(pack: Pack, group: str, name: str) -> str:
    if group in ("done", "done_this_round"):
        return names.quoted(names.act(pack, name))
    if group in ("open", "late", "met"):
        return names.quoted(names.duty(pack, name))
    if group == "roles":
        return names.role(pack, name)
    said = {"filled": names.field, "marks": mark, "rungs": names.rung}.get(group)
    if said:
        return names.quoted(said(pack, name))
    if group in ("asked", "approved", "refused"):
        return names.quoted(names.rule(pack, name))
    return names.quoted(names.value(pack, group, name))
