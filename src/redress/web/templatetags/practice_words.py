"""What the templates of drills say besides: how one went."""

from __future__ import annotations

from django import template

from redress.web.practice.reviewing import grade

register = template.Library()


@register.filter
def graded(result: dict[str, int] | None) -> tuple[str, str]:
    """(word, tag class) for the result of a drill."""
    return grade(result)
