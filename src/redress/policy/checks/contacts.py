"""Which acts are contacts with the customer: a duty can say so of its own act only."""

from __future__ import annotations

from redress.policy.language.duties import Duty

from .study import Study


def check(study: Study) -> None:
    """Reports a contact written on a duty that other acts fulfil: nothing would read it there."""
    for duty in study.source.of(Duty):
        if duty.contact and duty.done_by:
            zh = f"这项义务由操作 {'、'.join(duty.done_by)} 完成，contact 要写在操作上"
            en = f"this duty is done by {', '.join(duty.done_by)}: write contact on the act"
            study.error(study.key(duty, ("contact",)), "contact", zh, en)
