"""Founding an organisation from its written form: units, people, seats and accounts. What is there already stays as it is."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from redress.policy.scenarios.organisation import OrganisationFile

from .models import Appointment, Organisation, Person, Unit


@transaction.atomic
def found(
    slug: str, pack: str, written: OrganisationFile, now: datetime, *, from_date: date, password_hash: str = ""
) -> Organisation:
    """Makes what is missing of an organisation that lives by ``pack``, with everybody appointed from ``from_date``.

    With ``password_hash`` everybody gets an account ``<slug>.<person>``.
    """
    organisation, _ = Organisation.objects.get_or_create(
        slug=slug, defaults={"zh": written.zh, "en": written.en, "pack": pack, "created": now}
    )
    units: dict[str, Unit] = {}
    for row in written.units:
        units[row.unit], _ = Unit.objects.get_or_create(
            organisation=organisation,
            slug=row.unit,
            defaults={"parent": units.get(row.under), "kind": row.kind, "zh": row.zh, "en": row.en},
        )
    for person_row in written.people:
        person, new = Person.objects.get_or_create(
            organisation=organisation, slug=person_row.person, defaults={"zh": person_row.zh, "en": person_row.en}
        )
        if new:
            Appointment.objects.bulk_create(
                Appointment(person=person, role=role, unit=units[unit], from_date=from_date)
                for role, unit in person_row.seats
            )
            if password_hash:
                _account(person, password_hash)
    return organisation


def _account(person: Person, password_hash: str) -> None:
    user, _ = get_user_model().objects.get_or_create(
        username=f"{person.organisation_id}.{person.slug}",
        defaults={"password": password_hash, "first_name": person.zh[:150]},
    )
    person.user = user
    person.save(update_fields=["user"])
