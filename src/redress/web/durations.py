"""Times in words: how long is left, how late it is, when it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

SOON = timedelta(minutes=30)
"""From here on a due time is shown in amber; for a longer limit a fifth of it, at most a day."""


@dataclass(frozen=True)
class Countdown:
    """A due time at a moment: ``state`` is late, soon, ahead or none; ``parts`` the two largest units of what is left."""

    due: datetime | None
    state: str
    lead: str
    parts: tuple[tuple[int, str], ...]
    soon_from: datetime | None = None


def countdown(due: datetime | None, now: datetime, start: datetime | None = None) -> Countdown:
    """What is left until ``due`` at ``now``. ``start``: when the limit began to run."""
    if due is None:
        return Countdown(None, "none", _("无时限"), ())
    whole = due - start if start else timedelta(0)
    soon_from = due - max(SOON if whole > SOON * 2 else whole / 3, min(whole / 5, timedelta(days=1)))
    late = now >= due
    state = "late" if late else "soon" if now >= soon_from else "ahead"
    return Countdown(due, state, _("已逾期") if late else _("还剩"), parts(abs(due - now)), soon_from)


def parts(length: timedelta) -> tuple[tuple[int, str], ...]:
    """The two largest units of a length, such as (2, "天"), (3, "小时"); seconds only under ten minutes."""
    seconds = int(length.total_seconds())
    days, hours, minutes, rest = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
    if days:
        return (days, _("天")), (hours, _("小时"))
    if hours:
        return (hours, _("小时")), (minutes, _("分"))
    if minutes >= 10:
        return ((minutes, _("分")),)
    return (minutes, _("分")), (rest, _("秒"))


def digits(length: timedelta) -> str:
    """A length as a clock shows it: ``9:05``, ``1:09:05``; from two days on in days."""
    if length >= timedelta(days=2):
        return " ".join(f"{number} {unit}" for number, unit in parts(length))
    seconds = int(length.total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def in_words(minutes: int) -> str:
    """A length in minutes, in words."""
    return " ".join(f"{number} {unit}" for number, unit in parts(timedelta(minutes=minutes)) if number) or _("0 分")


def moment(at: datetime, now: datetime) -> str:
    """A time as people say it: today only the hour, this year the day, else the whole date; in the active zone."""
    local, today = timezone.localtime(at), timezone.localtime(now)
    if local.date() == today.date():
        return _("今天 %(time)s") % {"time": f"{local:%H:%M}"}
    if local.date() == today.date() + timedelta(days=1):
        return _("明天 %(time)s") % {"time": f"{local:%H:%M}"}
    if local.date() == today.date() - timedelta(days=1):
        return _("昨天 %(time)s") % {"time": f"{local:%H:%M}"}
    day = _("%(month)s月%(day)s日") % {"month": local.month, "day": local.day, "short": f"{local:%b}"}
    if local.year != today.year:
        day = f"{local:%Y-%m-%d}"
    return f"{day} {local:%H:%M}"
