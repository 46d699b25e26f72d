"""The organisation's own values of the policy's parameters, which of them are confirmed, and who needs a second factor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from ..models import Confirmation, Organisation
from .log import Hand, record
from .refused import NotPossible


@transaction.atomic
def set_value(hand: Hand, parameter: str, value: Any, own: str) -> None:
    """The value of one parameter; ``own`` is the policy's, which needs no entry."""
    organisation = Organisation.objects.select_for_update().get(slug=hand.organisation)
    before = {parameter: organisation.settings.get(parameter, own)}
    kept = {key: old for key, old in organisation.settings.items() if key != parameter}
    if str(value) != own:
        kept[parameter] = value
    organisation.settings = kept
    organisation.save(update_fields=["settings"])
    record(hand, "parameter.set", parameter, before, {parameter: kept.get(parameter, own)})


@transaction.atomic
def confirm(hand: Hand, parameter: str, value: str, note: str = "") -> None:
    """The value that holds now is what the organisation means."""
    Confirmation.objects.create(
        organisation_id=hand.organisation, parameter=parameter, value=value, by=hand.by, at=hand.at, note=note.strip()
    )
    record(hand, "parameter.confirmed", parameter, None, {"value": value, "note": note.strip()})


def confirmations(organisation: str) -> Mapping[str, Confirmation]:
    """The newest confirmation of every parameter that has one."""
    rows = Confirmation.objects.filter(organisation_id=organisation).order_by("parameter", "-at", "-id")
    return {row.parameter: row for row in rows.distinct("parameter")}


@transaction.atomic
def require_second_factor(hand: Hand, roles: Iterable[str]) -> None:
    """The roles that may only be worked in after a second factor ("*": everybody)."""
    organisation = Organisation.objects.select_for_update().get(slug=hand.organisation)
    before, chosen = organisation.second_factor, sorted(set(roles))
    organisation.second_factor = chosen
    organisation.save(update_fields=["second_factor"])
    record(hand, "second-factor.required", hand.organisation, {"roles": before}, {"roles": chosen})


@transaction.atomic
def name(hand: Hand, zh: str, en: str) -> None:
    """The organisation's own name."""
    if not zh.strip():
        raise NotPossible("请写名称", "write the name", "zh")
    organisation = Organisation.objects.select_for_update().get(slug=hand.organisation)
    before = {"zh": organisation.zh, "en": organisation.en}
    organisation.zh, organisation.en = zh.strip(), en.strip()
    organisation.save(update_fields=["zh", "en"])
    record(hand, "organisation.named", hand.organisation, before, {"zh": organisation.zh, "en": organisation.en})
