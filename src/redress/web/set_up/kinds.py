"""What sorts of units are called. A pack names them by a word; these are the common ones, others show as they are written."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from redress.people.directory import Directory
from redress.policy.pack import Pack

WORDS = dict(
    group=_("集团"), company=_("公司"), branch=_("分支机构"), department=_("部门"), section=_("科室"),
    team=_("班组"), office=_("办事处"), store=_("门店"), shop=_("店铺"), outlet=_("网点"), station=_("站点"),
    project=_("项目"), hotel=_("酒店"), restaurant=_("餐厅"), hospital=_("医院"), laboratory=_("实验室"),
    firm=_("律所"), practice=_("业务部"), agency=_("代理机构"), operations=_("运营部门"), sales=_("销售部门"),
    region=_("区域"),
) | {
    "member-company": _("成员企业"), "head-office": _("总部"), "sub-branch": _("支行"),
    "business-unit": _("事业部"), "service-department": _("服务部门"), "processing-unit": _("处理部门"),
}  # fmt: skip


def kind_words(kind: str) -> str:
    return str(WORDS.get(kind, kind))


def kinds_known(pack: Pack, directory: Directory | None = None) -> list[str]:
    """The sorts that the policy's rules name, and those that the tree has already."""
    named = [kind for rule in pack.source.rules for kind in getattr(rule, "unit_kinds", ())]
    there = [unit.kind for unit in directory.units.values()] if directory else []
    return list(dict.fromkeys([*named, *there, "company", "department"]))
