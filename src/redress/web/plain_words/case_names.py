"""What a list calls a case that nobody has written the story of yet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from redress.policy.pack import Pack

from . import names


def case_name(pack: Pack, title: str, *, category: str = "", channel: str = "", number: str = "") -> str:
    """Its own words, else what sort of complaint it is and how it came, else its number; never a person's name."""
    sorts = [
        names.option(pack, field, value) for field, value in (("category", category), ("channel", channel)) if value
    ]
    return title or " · ".join(sorts) or number or _("尚未写经过")
