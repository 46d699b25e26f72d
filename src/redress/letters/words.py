"""The words of a notice. Its event names the rule and the place in it; the pack version of the case has the words."""

from __future__ import annotations

from typing import Any

from redress.policy.language.base import Rule, Text
from redress.policy.pack import Pack


def words_of(pack: Pack, rule_id: str, effect: str, duty: str = "") -> Text:
    """What a notice says, in both languages.

    ``effect`` is the place in the rule, such as ``if_late.1``; ``duty`` the key of the duty it is about, if any.
    """
    rule = pack.rule(rule_id)
    if rule is None:
        return Text(zh=rule_id, en=rule_id)
    said = getattr(_part(rule, effect), "say", None)
    return said if isinstance(said, Text) else _plain(pack, rule, effect, duty)


def _part(rule: Rule, effect: str) -> Any:
    name, _, index = effect.partition(".")
    parts = getattr(rule, name, ())
    return parts[int(index)] if index.isdigit() and int(index) < len(parts) else None


def _plain(pack: Pack, rule: Rule, effect: str, duty: str) -> Text:
    about = pack.duties.get(_rule_of(duty)) or rule
    task = getattr(about, "must", None) or (about.text if about.zh else _clause(pack, about))
    zh, en = task.zh, task.of("en")
    if effect.startswith("if_late"):
        return Text(zh=f"已逾期：{zh}", en=f"Overdue: {en}")
    if effect.startswith("remind"):
        return Text(zh=f"请尽快完成：{zh}", en=f"Please see to it soon: {en}")
    if effect.startswith("if_approved"):
        return Text(zh=f"已批准：{zh}", en=f"Approved: {en}")
    if effect.startswith("if_refused"):
        return Text(zh=f"未获批准：{zh}", en=f"Refused: {en}")
    if effect == "appealed":
        return Text(zh="有人对台账提出申诉", en="A ledger line has been appealed")
    if effect == "ruled":
        return Text(zh="台账申诉已有裁定", en="An appeal against a ledger line has been ruled on")
    return Text(zh=f"请知悉：{zh}", en=f"For your information: {en}")


def _clause(pack: Pack, rule: Rule) -> Text:
    """What a rule without words of its own is about: the first clause it stands for; its id where it cites none."""
    clause = next((pack.clauses[one] for one in rule.own_clauses() if one in pack.clauses), None)
    return Text(zh=clause.zh, en=clause.en) if clause else rule.text


def _rule_of(duty: str) -> str:
    return duty.split("#")[0].split("@")[0].split(":")[0]
