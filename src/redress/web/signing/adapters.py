"""What the library of accounts asks of us: nobody signs up, every sign-in is noted, a provider's answer becomes a person."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from redress.people import sealing
from redress.people.models import Person
from redress.people.sign_ins import note_sign_in
from redress.web.clock import now
from redress.web.page import page

from .origin import address_of, agent_of


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        methods = [record["method"] for record in get_authentication_records(request, user)]
        how = next((method for method in methods if method != "mfa"), "password")
        note_sign_in(user, request.session.session_key or "", how, address_of(request), agent_of(request), now(request))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say what has happened in their own words."""

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return refused(request, _("这个账号已停用，请找管理员。"))


class ProviderAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Somebody comes from the provider for the first time: the person they are, or a refusal that says what to do."""
        if sociallogin.is_existing:
            return
        if settings.OIDC.match == "email":
            self._by_email(request, sociallogin)
        else:
            self._by_name(request, sociallogin)

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(refused(request, _("单点登录没有成功，请再试一次；还不行请找管理员。")))

    def _by_email(self, request: HttpRequest, sociallogin: Any) -> None:
        claims = _claims(sociallogin)
        email = str(claims.get("email") or "").strip()
        if not email or not (claims.get("email_verified") is True or settings.OIDC.trust_email):
            raise ImmediateHttpResponse(
                refused(request, _("单点登录没有给出经过验证的邮箱，认不出您是谁。请找管理员。"))
            )
        people = Person.objects.filter(email__iexact=email, active=True).select_related("user")
        if settings.OIDC.organisation:
            people = people.filter(organisation=settings.OIDC.organisation)
        found = list(people[:2])
        if len(found) != 1:
            raise ImmediateHttpResponse(
                refused(request, _("没有人登记了邮箱 %(email)s，或者不止一人。请找管理员。") % {"email": email})
            )
        sociallogin.connect(request, found[0].user or _new_account(found[0]))

    def _by_name(self, request: HttpRequest, sociallogin: Any) -> None:
        name = str(_claims(sociallogin).get(settings.OIDC.match) or "").strip()
        user = get_user_model().objects.filter(username=name, person__active=True).first() if name else None
        if user is None:
            raise ImmediateHttpResponse(refused(request, _("没有与单点登录对应的账号。请找管理员。")))
        sociallogin.connect(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are kept under a key that is not in the database."""

    def encrypt(self, text: str) -> str:
        return sealing.sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.opened(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return _("通行密钥 %(n)s") % {"n": Authenticator.objects.filter(user=user, type=type).count() + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": str(settings.MFA_TOTP_ISSUER)}


def refused(request: HttpRequest, words: str) -> HttpResponse:
    """The page for somebody who cannot be let in, with what to do."""
    return page(request, "web/signing/refused.html", status=403, words=words)


def _claims(sociallogin: Any) -> dict[str, Any]:
    data = sociallogin.account.extra_data
    return {**(data.get("id_token") or {}), **(data.get("userinfo") or {})} or data


def _new_account(person: Person) -> Any:
    """An account without a password: this person signs in with the provider only."""
    user = get_user_model().objects.create_user(
        f"{person.organisation_id}.{person.slug}", email=person.email, first_name=person.zh[:150]
    )
    person.user = user
    person.save(update_fields=["user"])
    return user
