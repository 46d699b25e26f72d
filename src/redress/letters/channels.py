"""The ways out of the house: mail, and a webhook that any chat or message system can be fed from."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction

from redress.cases.models import Notice
from redress.people.directory import Directory, directory_of

from .inbox import Letter, letter_of
from .models import Sending

TIMEOUT = 15
"""Seconds that a webhook may take to answer."""


def send(sending_id: int, now: datetime) -> None:
    """Sends what has not been sent yet. The row is held meanwhile, so that two workers do not both send it.

    Should a worker die between sending and committing, it is sent again with the same key, by which the receiver can tell.
    """
    with transaction.atomic():
        sending = Sending.objects.select_for_update().get(pk=sending_id)
        if sending.state != "waiting":
            return
        directory = directory_of(sending.organisation)
        letter = letter_of(Notice.objects.get(pk=sending.notice))
        sent = _WAYS[sending.channel](sending, letter, directory)
        sending.state, sending.sent_at = ("sent", now) if sent else ("nowhere", None)
        sending.save(update_fields=["state", "sent_at"])


def _mail(sending: Sending, letter: Letter, directory: Directory) -> bool:
    user = get_user_model().objects.filter(
        person__organisation_id=sending.organisation, person__slug=sending.person
    ).exclude(email="").first()  # fmt: skip
    if user is None:
        return False
    EmailMessage(
        subject=f"[{directory.text.zh}] {letter.number} {letter.text.zh}".replace("\n", " "),
        body=f"{letter.text.zh}\n{letter.text.of('en')}\n\n{letter.number}\n",
        to=[user.email],
        headers={"Message-ID": f"<{sending.idempotency_key}@redress>"},
    ).send()
    return True


def _webhook(sending: Sending, letter: Letter, directory: Directory) -> bool:
    url = directory.channels.get("webhook")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        return False
    body = {
        "organisation": sending.organisation,
        "person": sending.person,
        "case": str(letter.case_id),
        "number": letter.number,
        "text": {"zh": letter.text.zh, "en": letter.text.of("en")},
        "clauses": list(letter.clauses),
    }
    request = urllib.request.Request(
        url,
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json", "Idempotency-Key": sending.idempotency_key},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT):
        return True


_WAYS: dict[str, Callable[[Sending, Letter, Directory], bool]] = {"mail": _mail, "webhook": _webhook}
