"""From a signed-in account to the person it belongs to."""

from __future__ import annotations

from typing import Any

from .directory import Directory, directory_at
from .models import Person


def signed_in(user: Any) -> tuple[Directory, str] | None:
    """The organisation as it now stands and the active person of an account, in one query; None for an account without one."""
    row = (
        Person.objects.filter(user_id=user.pk, active=True)
        .values_list("organisation_id", "organisation__version", "slug")
        .first()
    )
    return (directory_at(row[0], row[1]), row[2]) if row else None
