"""How a callback ended, and how it was tried, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

OUTCOMES = {
    "satisfied": _("满意"),
    "dissatisfied": _("不满意"),
    "reached": _("联系上了"),
    "unreached": _("未联系上"),
}
CHANNELS = {"phone": _("电话"), "message": _("短信或微信"), "visit": _("上门")}


def outcome_name(outcome: str) -> str:
    return str(OUTCOMES.get(outcome, outcome))


def channel_name(channel: str) -> str:
    return str(CHANNELS.get(channel, channel))
