"""Founding an organisation step by step: what has been written so far, and the moment when it becomes real."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from redress.policy.scenarios.organisation import OrganisationFile

from .changes import Hand, record
from .changes.units import first_free
from .founding import found
from .models import FoundingDraft, Organisation, Person

Rows = list[dict[str, Any]]


def draft_of(user: Any) -> FoundingDraft | None:
    """The organisation that an account is setting up, None where there is none unfinished."""
    return FoundingDraft.objects.filter(user=user, finished__isnull=True).order_by("-pk").first()


def may_found(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_staff)


def keep(draft: FoundingDraft, **written: Any) -> None:
    """Keeps what a step has settled."""
    draft.data = {**draft.data, **written}
    draft.save(update_fields=["data"])


@transaction.atomic
def make_real(draft: FoundingDraft, now: datetime, today: date) -> Organisation:
    """Founds the organisation of a draft whose steps are all settled; its writer administers it."""
    draft = FoundingDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.organisation:
        return Organisation.objects.get(slug=draft.organisation)
    data = draft.data
    taken = set(Organisation.objects.values_list("slug", flat=True))
    slug = first_free(slugify(data.get("en") or data["pack"])[:60], "organisation", taken)
    written, people = _as_file(data)
    organisation = found(slug, data["pack"], written, now, from_date=today)
    for person, row in people.items():
        Person.objects.filter(organisation=organisation, slug=person).update(
            email=row.get("email", ""), phone=row.get("phone", ""), administers=bool(row.get("administers"))
        )
    me = Person.objects.get(organisation=organisation, slug=next(p for p, row in people.items() if row.get("me")))
    if not Person.objects.filter(user=draft.user).exists():
        me.user = draft.user
        me.save(update_fields=["user"])
    draft.organisation = slug
    draft.save(update_fields=["organisation"])
    after = {"zh": organisation.zh, "units": len(written.units), "people": len(people), "pack": organisation.pack}
    record(Hand(slug, me.slug, now, today), "organisation.founded", slug, None, after)
    return organisation


def _as_file(data: dict[str, Any]) -> tuple[OrganisationFile, dict[str, dict[str, Any]]]:
    """The draft in the written form of an organisation, and its people's rows by their new ids."""
    units = _named(data["units"], "unit")
    slug_of = {row["zh"]: slug for slug, row in units.items()}
    people = _named(with_administrator(data), "person")
    whole = {
        "organisation": {"zh": data["zh"], "en": data.get("en", "")},
        "units": [
            {"unit": slug, "kind": row["kind"], "under": slug_of.get(row["under"], ""), "zh": row["zh"], "en": row["en"]}
            for slug, row in units.items()
        ],
        "people": [
            {
                "person": slug, "zh": row["zh"], "en": row.get("en", ""),
                "seats": [[role, slug_of[unit]] for role, unit in row["seats"]],
            }
            for slug, row in people.items()
        ],
    }  # fmt: skip
    return OrganisationFile.model_validate(whole), people


def with_administrator(data: dict[str, Any]) -> Rows:
    """The people of a draft; whoever founds is among them: the row of that name, else one more."""
    rows = [dict(row) for row in data["people"]]
    name = data["administrator"]
    mine = next((row for row in rows if row["zh"] == name or row.get("en") == name), None)
    if mine is None:
        mine = {"zh": name, "en": "", "seats": []}
        rows.append(mine)
    mine.update(me=True, administers=True)
    return rows


def _named(rows: Rows, word: str) -> dict[str, dict[str, Any]]:
    named: dict[str, dict[str, Any]] = {}
    for row in rows:
        named[first_free(slugify(row.get("en", ""))[:60], word, set(named))] = row
    return named
