"""Approvals that could not be given: limits none of which is enough, approvers never reached, one's own approval."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from redress.policy.language.people import Approval, Approver

from .parts import Path, id_of, kind_of
from .reach import askings
from .study import Study


def check(study: Study) -> None:
    """Reports approvals nobody asks for, and approvers that are too few, too low or never reached."""
    asked = {name for _, _, name in askings(study)}
    for approval in study.source.of(Approval):
        if approval.id not in asked and ("approval", approval.id) not in study.told:
            zh, en = f"没有规则请求审批 {approval.id}", f"no rule asks for the approval {approval.id}"
            hint = {"hint_zh": f"在后果里写 ask: {approval.id}", "hint_en": f"Write a consequence ask: {approval.id}"}
            study.error(study.value(approval, ("approval",)), "never-asked", zh, en, **hint)
            study.told.add(("approval", approval.id))
        _check_approvers(study, approval)
        _check_limits(study, approval)
    _check_own(study)


def _check_approvers(study: Study, approval: Approval) -> None:
    roles = _roles(approval)
    if not roles:
        study.error(
            study.key(approval, ("by",)), "nobody", f"没有人可以批准 {approval.id}", f"nobody can approve {approval.id}"
        )
    for index, role in enumerate(roles):
        known = study.names.roles.get(role)
        if known is not None and known.found == "outside":
            zh, en = f"{role} 没有账号，无法批准", f"{role} has no account and cannot approve"
            study.error(study.value(approval, ("by", index, "role")), "nobody", zh, en)
        if role in roles[:index]:
            zh, en = f"批准人 {role} 写了两次", f"the approver {role} is written twice"
            study.error(study.value(approval, ("by", index, "role")), "twice", zh, en)


def _check_limits(study: Study, approval: Approval) -> None:
    written = [item if isinstance(item, Approver) else Approver(role=item) for item in approval.by]
    limited = [index for index, item in enumerate(written) if item.up_to is not None]
    if not limited:
        return
    path: Path = ("by", limited[0], "up to")
    if not approval.amount:
        zh, en = "写了 up to，却没写按哪个金额字段", "there is an 'up to' but no amount it limits"
        study.error(
            study.key(approval, path), "no-amount", zh, en, hint_zh="加上 amount: 金额字段", hint_en="Add amount: FIELD"
        )
        return
    highest: Decimal | None = Decimal(-1)
    for index, item in enumerate(written):
        own = _amount(study, item.up_to)
        if highest is None or (own is not None and own <= highest):
            zh, en = (
                f"轮不到 {item.role}：前面的人额度已够",
                f"{item.role} is never reached: those before may approve as much",
            )
            hint = {"hint_zh": "按额度从小到大排列", "hint_en": "Order them from the smallest limit to the largest"}
            study.error(study.value(approval, ("by", index, "role")), "never-reached", zh, en, **hint)
        highest = own
    if highest is not None:
        last = written[-1]
        zh = f"超过 {highest} 元没有人有权批准，仍会交给 {last.role}"
        en = f"above CNY {highest} nobody may approve; it would still go to {last.role}"
        hint = {"hint_zh": "最后一位不写 up to", "hint_en": "Leave 'up to' off the last approver"}
        study.warn(study.key(approval, ("by", len(written) - 1, "up to")), "no-one-above", zh, en, **hint)


def _amount(study: Study, written: Decimal | str | None) -> Decimal | None:
    if isinstance(written, str) and written.startswith("$") and written[1:] in study.parameters:
        written = str(study.parameters[written[1:]].value)
    try:
        return Decimal(written) if written is not None else None
    except InvalidOperation:
        return None


def _roles(approval: Approval) -> list[str]:
    return [item.role if isinstance(item, Approver) else item for item in approval.by]


def _check_own(study: Study) -> None:
    """Nobody approves what they asked for: a lone approver role that alone may ask leaves the decision to a namesake."""
    for rule, path, name in askings(study):
        approval = study.names.approvals.get(name)
        if approval is None or path[:1] != ("then",) or len(set(_roles(approval))) != 1:
            continue
        askers = _askers(study, kind_of(rule), id_of(rule))
        if askers and set(askers) == set(_roles(approval)):
            zh = f"只有 {askers[0]} 能提出，也只有 {askers[0]} 能批准；自己提的不能自己批"
            en = f"only {askers[0]} may ask and only {askers[0]} may approve; nobody approves their own request"
            study.warn(
                study.value(rule, (*path, "ask")),
                "own-approval",
                zh,
                en,
                hint_zh="换上一级批准",
                hint_en="Let a higher role approve",
            )


def _askers(study: Study, kind: str, rule_id: str) -> tuple[str, ...]:
    if kind == "act":
        return study.names.own_acts[rule_id].who
    return study.names.own_duties[rule_id].who if kind == "duty" else ()
