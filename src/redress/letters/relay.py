"""The relay: notices from the outbox into inboxes, and a job for every way out of the house, in one transaction.

So nothing is sent for what did not happen, and nothing that happened is left untold. Any number of relays may run.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from redress.people import packs
from redress.people.directory import Directory, directory_at

from .models import InboxItem, Sending
from .recipients import recipients

BATCH = 500
CHANNELS = ("mail", "webhook")

_PENDING = """
    SELECT n.id, n.organisation, o.version, n.roles, n.unit, n.person, n.pack_hash, coalesce(c.hidden_from, '{}')
    FROM notice n JOIN organisation o ON o.slug = n.organisation LEFT JOIN case_record c ON c.id = n.case_id
    WHERE n.state = 'pending' ORDER BY n.id LIMIT %s FOR UPDATE OF n SKIP LOCKED
"""
_DONE = "UPDATE notice SET state = %s WHERE id = ANY(%s)"


def relay(now: datetime, batch: int = BATCH) -> int:
    """Delivers everything that is pending. Gives the number of notices."""
    total = 0
    while delivered := _relay_batch(now, batch):
        total += delivered
    return total


def _relay_batch(now: datetime, batch: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PENDING, [batch])
        rows = cursor.fetchall()
        items: list[InboxItem] = []
        sendings: list[Sending] = []
        states: dict[str, list[int]] = {"delivered": [], "nobody": []}
        for row in rows:
            notice, organisation, version = row[:3]
            directory = directory_at(organisation, version)
            people = _people(directory, row, now)
            states["delivered" if people else "nobody"].append(notice)
            items += [InboxItem(notice=notice, organisation=organisation, person=p, created=now) for p in people]
            sendings += [
                Sending(notice=notice, organisation=organisation, person=person, channel=channel)
                for person in people
                for channel in CHANNELS
                if directory.channels.get(channel)
            ]
        InboxItem.objects.bulk_create(items, ignore_conflicts=True)
        _defer(sendings)
        for state, ids in states.items():
            if ids:
                cursor.execute(_DONE, [state, ids])
    return len(rows)


def _people(directory: Directory, row: tuple[Any, ...], now: datetime) -> tuple[str, ...]:
    _, _, _, roles, unit, person, pack_hash, hidden_from = row
    pack = packs.pinned(pack_hash)
    seats = [role for role in roles if role in pack.roles and pack.roles[role].found == "seat"]
    day = now.astimezone(pack.zone()).date()
    return recipients(directory, seats or roles, unit, person, day, hidden_from)


def _defer(sendings: list[Sending]) -> None:
    if not sendings:
        return
    from .tasks import send

    Sending.objects.bulk_create(sendings, ignore_conflicts=True)
    notices = {sending.notice for sending in sendings}
    for sending in Sending.objects.filter(notice__in=notices, state="waiting"):
        send.configure(queueing_lock=sending.idempotency_key).defer(sending_id=sending.pk)
