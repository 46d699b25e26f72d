"""Sign in (password, second factor, provider, one-time link) and out; in a demo, one click per person."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, perform_password_login
from allauth.account.models import Login
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from redress.people import demo
from redress.people.claiming import is_unclaimed
from redress.people.models import Person
from redress.people.packs import UnknownPack, with_settings
from redress.people.sealing import KeyIsLost
from redress.people.sign_ins import must_wait, note_end, note_failure
from redress.policy.errors import PackErrors
from redress.web.clock import now
from redress.web.page import page
from redress.web.plain_words.names import language
from redress.web.signing.links import invited
from redress.web.signing.origin import address_of


class SignIn(LoginView):
    """The sign-in page."""

    template_name = "web/sign_in.html"
    redirect_authenticated_user = True
    waits = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; in an installation that nobody has claimed yet, on to the first run."""
        return redirect("first-run") if is_unclaimed() else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A try; one too many is not even looked at, so that guessing teaches nothing."""
        if must_wait(request.POST.get("username", ""), address_of(request), now(request)):
            self.waits = True
            return self.render_to_response(self.get_context_data(form=self.get_form()), status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponseBase:
        user = form.get_user()
        whither = Login(user=user, redirect_url=self.get_redirect_url() or None)
        return perform_password_login(self.request, {"username": user.get_username()}, whither)

    def form_invalid(self, form: Any) -> HttpResponseBase:
        note_failure(form.data.get("username", ""), address_of(self.request), now(self.request))
        return super().form_invalid(form)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        people = demo_people(language()) if getattr(settings, "DEMO", False) else {}
        return super().get_context_data(
            now=now(self.request), demo=list(people.items()), waits=self.waits, oidc=settings.OIDC, **context
        )


class SecondFactor(AuthenticateView):
    """After the password: a passkey, the code of the authenticator, or one of the recovery codes."""

    template_name = "web/signing/second_factor.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if must_wait(self._username, address_of(request), now(request)):
            self.stage.abort()
            return page(request, "web/signing/refused.html", status=429, words=_("试错太多次，请 15 分钟后再试。"))
        try:
            return super().post(request, *args, **kwargs)
        except KeyIsLost:
            return page(
                request,
                "web/signing/refused.html",
                status=503,
                words=_("服务器上读取两步验证的密钥不见了，请管理员恢复密钥，或替您重设两步验证。"),
            )

    def form_invalid(self, form: Any) -> HttpResponse:
        note_failure(self._username, address_of(self.request), now(self.request))
        return self.render_to_response(
            self.get_context_data(wrong=True, wrong_key="code" not in self.request.POST), status=422
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user = self.stage.login.user
        by_app = is_mfa_enabled(user, [Authenticator.Type.TOTP])
        by_code = by_app or is_mfa_enabled(user, [Authenticator.Type.RECOVERY_CODES])
        by_key = is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN])
        options = super().get_context_data()["js_data"] if by_key else None
        return {
            "now": now(self.request),
            "wrong": False,
            "by_app": by_app,
            "by_code": by_code,
            "options": options,
            **context,
        }

    @property
    def _username(self) -> str:
        return str(self.stage.login.user.get_username())


class SignOut(LogoutView):
    """Signs out (POST only)."""

    next_page = "sign-in"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        note_end(request.session.session_key or "", now(request))
        return super().post(request, *args, **kwargs)


@never_cache
def invitation(request: HttpRequest, account: str, token: str) -> HttpResponse:
    """Somebody follows a one-time link and chooses a password; then they are signed in."""
    user = invited(account, token)
    if user is None:
        return page(
            request, "web/signing/refused.html", status=410, words=_("这个链接已用过或已过期，请管理员再发一次。")
        )
    wrong: dict[str, str] = {}
    if request.method == "POST":
        password = request.POST.get("password", "")
        try:
            validate_password(password, user)
        except ValidationError as error:
            wrong["password"] = " ".join(error.messages)
        if password != request.POST.get("again"):
            wrong["again"] = _("两次输入的密码不一样")
        if not wrong:
            user.set_password(password)
            user.save(update_fields=["password"])
            return perform_login(request, Login(user=user))
    return page(request, "web/signing/invitation.html", None, 422 if wrong else 200, account=user, wrong=wrong)


def demo_people(lang: str) -> dict[str, list[dict[str, str]]]:
    """Who may sign in to each demo organisation, by its name: name, roles, user name and the printed password."""
    found: dict[str, list[dict[str, str]]] = {}
    people = Person.objects.filter(user__isnull=False, active=True).select_related("organisation", "user")
    for person in people.prefetch_related("appointments").order_by("organisation_id", "id"):
        organisation = person.organisation
        if person.user.username != f"{organisation.slug}.{person.slug}":
            continue
        try:
            pack = with_settings(organisation.pack, organisation.settings)
        except (UnknownPack, PackErrors):
            continue  # a pack that cannot be used costs only its own organisation
        roles = dict.fromkeys(pack.role_text(seat.role).of(lang) for seat in person.appointments.all())
        english = lang.startswith("en")
        title = organisation.en if english and organisation.en else organisation.zh
        found.setdefault(title, []).append(
            {
                "name": person.en if english and person.en else person.zh,
                "roles": " / ".join(roles),
                "username": person.user.username,
                "password": demo.PASSWORD,
            }
        )
    return found
