"""What the worker does with the clock: the boards' figures, each minute."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from procrastinate.contrib.django import app

from redress.cases import tallies
from redress.people import packs
from redress.people.directory import NoSuchOrganisation, directory_of
from redress.people.models import Organisation

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tally-cases", pass_context=False)
def tally_cases(timestamp: int) -> None:
    """Counts every organisation's cases for its boards. ``timestamp`` is when the run was planned."""
    now = datetime.now(UTC)
    for organisation in Organisation.objects.order_by("slug").values_list("slug", flat=True):
        try:
            zone = packs.pack_for(directory_of(organisation), now).zone()
        except (packs.UnknownPack, NoSuchOrganisation):
            continue
        tallies.count(organisation, now, zone)
