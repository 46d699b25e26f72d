"""The demo organisations: one per pack that brings an ``organisation.yaml``, with a person in every role."""

from __future__ import annotations

import logging
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from redress.policy.errors import PackErrors
from redress.policy.scenarios.organisation import OrganisationFile, read_organisation

from .founding import found
from .models import Organisation, Person
from .packs import packs_folder, with_settings

log = logging.getLogger(__name__)

PASSWORD = "wenguo-demo"
"""Printed at every start: whoever needs a secret makes organisations of their own."""

SignIn = tuple[str, str, str, str, str]


def seed(now: datetime | None = None) -> list[SignIn]:
    """Makes the demo organisations which are missing.

    Gives who may sign in: (organisation, user name, password, person, roles).
    """
    now = now or timezone.now()
    rows: list[SignIn] = []
    # One slow hash for all: the password is no secret.
    password_hash = ""
    for file in sorted(packs_folder().glob("*/organisation.yaml")):
        pack_id = file.parent.name
        try:
            written, first_day = read_organisation(file), with_settings(pack_id, {}).head.effective.from_
        except PackErrors as errors:
            log.warning(
                "pack %s cannot be used, so it gets no demo organisation; see `redress pack check`\n%s", pack_id, errors
            )
            continue
        if _incomplete(pack_id, written):
            password_hash = password_hash or make_password(PASSWORD)
            found(pack_id, pack_id, written, now, from_date=first_day, password_hash=password_hash)
        rows += _sign_ins(pack_id, written)
    return rows


def _incomplete(slug: str, written: OrganisationFile) -> bool:
    there = set(Person.objects.filter(organisation_id=slug).values_list("slug", flat=True))
    return not Organisation.objects.filter(slug=slug).exists() or not {p.person for p in written.people} <= there


def _sign_ins(pack_id: str, written: OrganisationFile) -> list[SignIn]:
    pack = with_settings(pack_id, {})
    title = f"{written.zh} {written.en}".strip()
    return [
        (
            title,
            f"{pack_id}.{row.person}",
            PASSWORD,
            row.zh,
            "、".join(dict.fromkeys(pack.role_text(role).zh for role, _ in row.seats)) or pack.role_text("staff").zh,
        )
        for row in written.people
    ]
