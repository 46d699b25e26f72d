"""How a callback was tried, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CHANNELS = {"phone": _("电话"), "message": _("短信或微信"), "visit": _("上门")}


def channel_name(channel: str) -> str:
    """By what means the customer was called."""
    return str(CHANNELS.get(channel, channel))
