"""Accounts: who can sign in, who did when, second factors; and what a person's page does with theirs."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from redress.people.changes import Hand, NotPossible, values
from redress.people.changes import accounts as changes
from redress.people.models import Person, SignIn
from redress.people.sign_ins import open_sessions
from redress.web.access import Member
from redress.web.plain_words import names
from redress.web.plain_words.names import language
from redress.web.signing.links import invitation_for

from .admitted import Change, administrators_only, answer

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LATEST = 40
_LINK = "invitation"
"""Under this key a one-time link waits in the session of whoever made it, until their next page shows it, once."""


@administrators_only
def accounts(request: HttpRequest, member: Member) -> HttpResponse:
    """The list; posted, which roles need a second factor."""

    def require(hand: Hand, form: Any) -> None:
        chosen = form.getlist("role")
        if any(role != "*" and role not in member.pack.roles for role in chosen):
            raise NotPossible("没有这个岗位", "there is no such role")
        values.require_second_factor(hand, chosen)

    return answer(
        request,
        member,
        "web/setup/accounts.html",
        {"require": require},
        lambda: _shown(member),
        reverse("setup-accounts"),
    )


def _shown(member: Member) -> dict[str, Any]:
    people = list(
        Person.objects.filter(organisation=member.organisation, user__isnull=False)
        .select_related("user")
        .order_by("id")[:500]
    )
    users = [person.user_id for person in people]
    secured = set(Authenticator.objects.filter(user__in=users, type__in=SECOND_FACTORS).values_list("user", flat=True))
    latest = {
        row.user_id: row for row in SignIn.objects.filter(user__in=users).order_by("user", "-at").distinct("user")
    }
    sign_ins = SignIn.objects.filter(user__person__organisation=member.organisation).select_related("user__person")
    needed = member.directory.second_factor
    return {
        "rows": [
            {"person": person, "name": _name(person), "secured": person.user_id in secured, "latest": latest.get(person.user_id)}
            for person in people
        ],
        "without": Person.objects.filter(organisation=member.organisation, active=True, user__isnull=True).count(),
        "sign_ins": [{"row": row, "name": _name(row.user.person)} for row in sign_ins.order_by("-at")[:LATEST]],
        "everybody": "*" in needed,
        "roles": [
            (role.id, names.role(member.pack, role.id), role.id in needed)
            for role in member.pack.roles.values()
            if role.found == "seat"
        ],
    }  # fmt: skip


def account_changes(request: HttpRequest, slug: str) -> dict[str, Change]:
    """What a person's page can do with their account."""

    def link(user: Any) -> None:
        request.session[_LINK] = {"slug": slug, "link": invitation_for(request, user)}

    return {
        "invite": lambda hand, form: link(changes.invite(hand, slug, form.get("username", ""))),
        "reset": lambda hand, form: link(changes.reset(hand, slug)),
        "disable": lambda hand, form: changes.enable(hand, slug, False),
        "enable": lambda hand, form: changes.enable(hand, slug, True),
        "end-sessions": lambda hand, form: changes.end_sessions(hand, slug),
        "clear-second-factor": lambda hand, form: changes.clear_second_factor(hand, slug),
    }


def account_shown(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What a person's page shows of their account, and the one-time link that has just been made."""
    kept = request.session.get(_LINK) or {}
    link = kept.get("link", "") if kept.get("slug") == person.slug else ""
    if link:
        del request.session[_LINK]
    shown: dict[str, Any] = {"link": link, "wish": f"{person.organisation_id}.{person.slug}"}
    if person.user is None:
        return shown
    user = person.user
    shown["secured"] = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()
    shown["sessions"] = open_sessions(user)
    shown["latest"] = list(SignIn.objects.filter(user=user).order_by("-at")[:5])
    shown["unopened"] = not user.has_usable_password() and not shown["latest"]
    return shown


def _name(person: Person) -> str:
    return person.en if language().startswith("en") and person.en else person.zh
