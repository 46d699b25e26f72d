"""One's own account: name and seats, language and light, password, second factor, sessions."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCode
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _

from redress.people.sign_ins import end_sessions, open_sessions, renamed
from redress.web.access import Member, member_of, member_only
from redress.web.clock import now
from redress.web.page import go, page, say


@member_only
def account(request: HttpRequest, member: Member) -> HttpResponse:
    """The page; posted, a new password or the end of all other sessions."""
    form = PasswordChangeForm(request.user)
    if request.method == "POST" and request.POST.get("do") == "end-sessions":
        count = end_sessions(request.user, member.now, but=request.session.session_key or "")
        say(request, _("已退出其他 %(count)s 处登录。") % {"count": count})
        return go(request, reverse("account"))
    if request.method == "POST":
        form = PasswordChangeForm(request.user, request.POST)
        if form.is_valid():
            _change_password(request, form, member)
            say(request, _("密码已改，其他各处登录已退出。"))
            return go(request, reverse("account"))
    codes = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    return page(
        request, "web/account.html", member, 422 if form.errors else 200, pack=member.pack, form=form,
        second_factor=is_mfa_enabled(request.user, [Authenticator.Type.TOTP]), keys=keys_of(request.user), required=member.needs_second_factor,
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
        sessions=open_sessions(request.user), this_session=request.session.session_key,
        has_password=request.user.has_usable_password(),
    )  # fmt: skip


def keys_of(user: Any) -> list[Authenticator]:
    """The passkeys of an account, the oldest first."""
    return list(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("pk"))


def _change_password(request: HttpRequest, form: PasswordChangeForm, member: Member) -> None:
    form.save()
    old = request.session.session_key or ""
    update_session_auth_hash(request, form.user)
    renamed(old, request.session.session_key or "")
    end_sessions(request.user, member.now, but=request.session.session_key or "")


@login_required
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """A role demands the second factor: on to setting it up, or to giving the code once more."""
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        return redirect(f"{reverse('mfa_reauthenticate')}?next=/")
    if is_mfa_enabled(request.user, [Authenticator.Type.WEBAUTHN]):
        return redirect(f"{reverse('mfa_reauthenticate_webauthn')}?next=/")
    return redirect("mfa_activate_totp")


class _InFrame:
    """A page of the library in our frame."""

    request: HttpRequest

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        member = member_of(self.request)
        required = bool(member and member.needs_second_factor)
        more = super().get_context_data(**context)  # type: ignore[misc]
        return {**more, "member": member, "now": now(self.request), "required": required}


class SetUpSecondFactor(_InFrame, ActivateTOTPView):
    template_name = "web/signing/set_up_second_factor.html"

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        # Whoever has just shown a right code need not show another one to go on working.
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        return answer


class _ByKey(_InFrame):
    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again, with a new question to the key: an answer counts once."""
        return self.render_to_response({**self.get_context_data(), "wrong": True}, status=422)  # type: ignore[attr-defined, no-any-return]


class AddKey(_ByKey, AddWebAuthnView):
    """A passkey as second factor, made by the browser and the machine it runs on, or a key plugged into it."""

    template_name = "web/signing/add_key.html"

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="webauthn")
        return answer


class EndKey(_InFrame, RemoveWebAuthnView):
    template_name = "web/signing/end_key.html"
    success_url = reverse_lazy("account")


class ConfirmByKey(_ByKey, ReauthenticateWebAuthnView):
    template_name = "web/signing/confirm_by_key.html"


class EndSecondFactor(_InFrame, DeactivateTOTPView):
    template_name = "web/signing/end_second_factor.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(keys=keys_of(self.request.user), **context)


class RecoveryCodes(_InFrame, ViewRecoveryCodesView):
    template_name = "web/signing/recovery_codes.html"


class NewRecoveryCodes(_InFrame, GenerateRecoveryCodesView):
    template_name = "web/signing/new_recovery_codes.html"


class Confirm(_InFrame, ReauthenticateView):
    """The password once more, before something about the account is changed."""

    template_name = "web/signing/confirm.html"


class ConfirmByCode(_InFrame, ReauthenticateByCode):
    template_name = "web/signing/confirm_by_code.html"
