"""When a standing duty comes round, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redress.calendars import Recurrence

from . import names

EVERY = {
    "day": gettext_lazy("每天"),
    "working-day": gettext_lazy("每个工作日"),
    "week": gettext_lazy("每周"),
    "month": gettext_lazy("每月"),
    "quarter": gettext_lazy("每季度"),
    "half-year": gettext_lazy("每半年"),
    "year": gettext_lazy("每年"),
}
DAYS = (
    gettext_lazy("周一"), gettext_lazy("周二"), gettext_lazy("周三"), gettext_lazy("周四"), gettext_lazy("周五"),
    gettext_lazy("周六"), gettext_lazy("周日"),
)  # fmt: skip
WRITTEN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekday(written: str) -> str:
    """A weekday by the word that packs write (``mon``); a word that is none stays."""
    return str(DAYS[WRITTEN.index(written)]) if written in WRITTEN else written


def recurrence(written: Mapping[str, Any]) -> str:
    """「每周 周一 09:00」."""
    read = Recurrence.parse(written)
    return " ".join(
        part for part in (str(EVERY[read.every]), _on(read), f"{read.at // 60:02d}:{read.at % 60:02d}") if part
    )


def _on(read: Recurrence) -> str:
    if read.on is None:
        return ""
    if read.on == "last":
        return _("最后一天")
    if read.on == "first-working-day":
        return _("第一个工作日")
    if isinstance(read.on, tuple):
        return names.joined(
            _("%(month)s月%(day)s日") % {"month": month, "day": day, "short": f"{month}/{day}"}
            for month, day in read.on
        )
    if read.every == "week":
        return str(DAYS[int(read.on)])
    day = _("%(day)s 日") % {"day": read.on}
    if read.every in ("quarter", "half-year", "year"):
        return names.joined(_("%(month)s 月") % {"month": month} for month in read.months) + " " + day
    return day
