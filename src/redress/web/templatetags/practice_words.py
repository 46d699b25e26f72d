"""What the templates of sandboxes and drills say: time on a clock that is not ours."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from redress.web import durations

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
