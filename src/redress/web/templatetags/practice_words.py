"""What the templates of sandboxes and drills say: time on a clock that is not ours."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from redress.web import durations
from redress.web.reviewing import grade

register = template.Library()


@register.simple_tag
def still_left(due: datetime | None, clock: datetime, start: datetime | None = None) -> SafeString:
    """How long is left on a clock that stands still: it looks like a countdown and does not run."""
    told = durations.countdown(due, clock, start)
    if told.due is None:
        return format_html('<span class="count-down calm">{}</span>', told.lead)
    numbers = format_html_join("", '{}<span class="unit">{}</span>', told.parts)
    return format_html(
        '<time class="count-down {}" datetime="{}"><span class="lead">{}</span><span class="left">{}</span></time>',
        told.state,
        timezone.localtime(told.due).isoformat(),
        told.lead,
        numbers,
    )


@register.simple_tag
def running_left(due: datetime | None, clock: datetime, start: datetime | None = None) -> SafeString:
    """How long is left on a drill's clock, in digits; ``drill.js`` lets it run at the drill's speed."""
    told = durations.countdown(due, clock, start)
    if told.due is None:
        return format_html('<span class="count-down calm">{}</span>', told.lead)
    return format_html(
        '<time class="count-down {}" data-drill-due="{}" data-drill-soon="{}" datetime="{}"><span class="lead">{}</span><span class="left">{}</span></time>',
        told.state,
        told.due.isoformat(),
        told.soon_from.isoformat() if told.soon_from else "",
        timezone.localtime(told.due).isoformat(),
        told.lead,
        digits(int(abs((told.due - clock).total_seconds()))),
    )


def digits(seconds: int) -> str:
    """A length as a clock shows it: ``9:05``, ``1:09:05``; from two days on in days."""
    if seconds >= 2 * 86400:
        return " ".join(f"{number} {unit}" for number, unit in durations.parts(timedelta(seconds=seconds)))
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def graded(result: dict[str, int] | None) -> tuple[str, str]:
    """(word, tag class) for the result of a drill."""
    return grade(result)
