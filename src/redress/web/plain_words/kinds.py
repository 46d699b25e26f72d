"""What each kind of rule is called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "role": _("角色"), "post": _("岗位"), "field": _("字段"), "parameter": _("可设参数"), "calendar": _("日历"), "act": _("操作"),
    "duty": _("义务"), "ladder": _("上报阶梯"), "gate": _("关口"), "prohibition": _("禁止"), "authority": _("权限"),
    "approval": _("审批"), "appeal": _("台账申诉"), "recusal": _("回避"), "decision": _("判定"), "reaction": _("后果"), "pattern": _("同类案件"),
    "number": _("编号"), "book": _("簿册"), "document": _("文书"), "retention": _("保存期限"), "standing": _("例行义务"),
    "measure": _("指标"), "report": _("定期报表"), "guidance": _("指引"), "compensation": _("补偿计算"), "playbook": _("处置预案"), "phrase": _("用语检查"), "pack": _("制度"),
}  # fmt: skip


def kind_name(kind: str) -> str:
    """The kind of rule in the language of the request."""
    return str(KINDS.get(kind, kind))
