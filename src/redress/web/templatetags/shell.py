"""What the frame around every page asks for: the places of the navigation, and the reader's choice of light or dark."""

from __future__ import annotations

from typing import Any

from django import template

from redress.web.access import Member
from redress.web.appearance import theme_of
from redress.web.places import groups_for

register = template.Library()


@register.inclusion_tag("web/parts/nav.html", takes_context=True)
def places(context: dict[str, Any], member: Member) -> dict[str, Any]:
    """The navigation, with the place marked in which the reader is."""
    match = context["request"].resolver_match
    here = match.url_name if match else ""
    groups = [(words, [(place, _is_here(place, here)) for place in shown]) for words, shown in groups_for(member)]
    first = [one for _, shown in groups for one in shown if one[0].first]
    return {"groups": groups, "first": first, "elsewhere": not any(current for _, current in first)}


def _is_here(place: Any, here: str) -> bool:
    return place.holds(here) or (place.name == "setup" and here.startswith("setup-"))


@register.simple_tag(takes_context=True)
def theme(context: dict[str, Any]) -> str:
    """``light``, ``dark``, or "" where the reader's machine decides."""
    request = context.get("request")
    return theme_of(request) if request else ""
