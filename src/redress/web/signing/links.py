"""One-time links: whoever has one chooses the password of an account. Using it, or another reset, makes it worthless."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode


class _Invitations(PasswordResetTokenGenerator):
    key_salt = "redress.invitation"


_invitations = _Invitations()


def invitation_for(request: HttpRequest, user: Any) -> str:
    """The whole address; it holds for the days of ``PASSWORD_RESET_TIMEOUT``."""
    parts = [urlsafe_base64_encode(str(user.pk).encode()), _invitations.make_token(user)]
    return request.build_absolute_uri(reverse("invitation", args=parts))


def invited(account: str, token: str) -> Any | None:
    """The account of a link that still holds."""
    try:
        pk = int(urlsafe_base64_decode(account).decode())
    except (ValueError, UnicodeDecodeError):
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True, person__active=True).first()
    return user if user is not None and _invitations.check_token(user, token) else None
