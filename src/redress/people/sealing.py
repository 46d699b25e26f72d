"""Secrets that the product must be able to read again, kept under a key that is not in the database.

Fernet (AES-128 in CBC with HMAC-SHA256): written with the first of ``settings.ENCRYPTION_KEYS``, read with any. What is no such
text is never taken for a secret: a plain one, or none, would be a second factor that anybody could reckon.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

START = "gAAAA"
"""How every sealed text begins; neither a secret (base 32) nor a seed (hexadecimal) can."""
_NAMES = ("secret", "seed")


class KeyIsLost(RuntimeError):
    """A secret was kept under a key that is no longer known."""


def sealed(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """What was sealed. Raises ``KeyIsLost``."""
    try:
        return _keys().decrypt(text.encode()).decode()
    except InvalidToken:
        raise KeyIsLost("a secret cannot be read with the keys of this installation") from None


def seal_all(authenticators: Any) -> int:
    """Seals what an earlier version kept in the open; gives the number of accounts' factors that were changed."""
    return _rewrite(authenticators, lambda text: text if text.startswith(START) else sealed(text))


def open_all(authenticators: Any) -> int:
    """The way back."""
    return _rewrite(authenticators, lambda text: opened(text) if text.startswith(START) else text)


def reseal_all(authenticators: Any) -> int:
    """Writes everything anew under the first key. Raises ``KeyIsLost`` and changes nothing where something cannot be read."""
    return _rewrite(authenticators, lambda text: sealed(opened(text)))


def _rewrite(authenticators: Any, change: Callable[[str], str]) -> int:
    changed = 0
    with transaction.atomic():
        for factor in authenticators.objects.select_for_update().order_by("pk"):
            data = dict(factor.data)
            for name in _NAMES:
                if isinstance(data.get(name), str):
                    data[name] = change(data[name])
            if isinstance(data.get("migrated_codes"), list):
                data["migrated_codes"] = [change(code) for code in data["migrated_codes"]]
            if data != factor.data:
                authenticators.objects.filter(pk=factor.pk).update(data=data)
                changed += 1
    return changed


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])
