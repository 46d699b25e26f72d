"""Sign in and out; in a demo, one click per person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from redress.people import demo
from redress.people.claiming import is_unclaimed
from redress.people.models import Person
from redress.people.packs import UnknownPack, with_settings
from redress.policy.errors import PackErrors
from redress.web.clock import now
from redress.web.plain_words.names import language


class SignIn(LoginView):
    """The sign-in page."""

    template_name = "web/sign_in.html"
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; in an installation that nobody has claimed yet, on to the first run."""
        return redirect("first-run") if is_unclaimed() else super().get(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        people = demo_people(language()) if getattr(settings, "DEMO", False) else {}
        return super().get_context_data(now=now(self.request), demo=list(people.items()), **context)


class SignOut(LogoutView):
    """Signs out (POST only)."""

    next_page = "sign-in"


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
