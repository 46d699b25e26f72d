"""Whose an empty installation is: whoever reads the word that the start prints on the console.

The word follows from the installation's secret key, so nothing is kept, and it is worth nothing once there is an account.
"""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from .models import FoundingDraft

LETTERS = 20
_LOCK = 7_203_114_205_811


class Claimed(Exception):
    """Somebody has an account already: nobody else may claim this installation."""


def is_unclaimed() -> bool:
    """Whether nobody has an account yet."""
    return not get_user_model().objects.exists()


def claim_word() -> str:
    """The word, in groups of five letters and digits."""
    whole = base64.b32encode(salted_hmac("redress.first-run", "claim", algorithm="sha256").digest()).decode()[:LETTERS]
    return "-".join(whole[start : start + 5] for start in range(0, LETTERS, 5))


def is_claim_word(typed: str) -> bool:
    letters = "".join(one for one in typed.upper() if one.isalnum())
    return hmac.compare_digest(letters.encode(), claim_word().replace("-", "").encode())


@transaction.atomic
def claim(username: str, password: str, name: str, now: datetime) -> Any:
    """The first account: it may found organisations. Of two who claim at once the second gets ``Claimed``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if not is_unclaimed():
        raise Claimed
    user = get_user_model().objects.create_user(username, password=password, first_name=name[:150], is_staff=True)
    FoundingDraft.objects.create(user=user, begun=now, data={"administrator": name})
    return user
