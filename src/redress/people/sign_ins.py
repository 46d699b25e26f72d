"""Who signed in when and from where, which sessions last, and how often somebody may try."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q

from .models import FailedSignIn, SignIn

WINDOW = timedelta(minutes=15)
"""Attempts longer ago do not count."""
PER_NAME_AND_ADDRESS, PER_NAME, PER_ADDRESS = 5, 20, 50
"""Somebody mistypes; a guesser changes the name or the address. More from one place are a guesser or a house behind one gate."""


def note_sign_in(user: Any, session: str, how: str, address: str, agent: str, at: datetime) -> None:
    SignIn.objects.create(user=user, session=session, how=how, address=address[:64], agent=agent[:200], at=at)
    FailedSignIn.objects.filter(username=_name(user.get_username())).delete()


def note_failure(username: str, address: str, at: datetime) -> None:
    FailedSignIn.objects.filter(at__lt=at - timedelta(days=1)).delete()
    FailedSignIn.objects.create(username=_name(username), address=address[:64], at=at)


def must_wait(username: str, address: str, at: datetime) -> bool:
    """Whether this name, from this address, has been tried too often of late."""
    name, since = _name(username), at - WINDOW
    recent = FailedSignIn.objects.filter(at__gt=since).filter(Q(username=name) | Q(address=address[:64]))
    rows = list(recent.values_list("username", "address")[: PER_NAME + PER_ADDRESS])
    by_name = [place for who, place in rows if who == name]
    return (
        by_name.count(address[:64]) >= PER_NAME_AND_ADDRESS
        or len(by_name) >= PER_NAME
        or sum(place == address[:64] for _who, place in rows) >= PER_ADDRESS
    )


def open_sessions(user: Any) -> list[SignIn]:
    """The sessions of an account that still last, newest first."""
    rows = list(SignIn.objects.filter(user=user, ended__isnull=True).order_by("-at")[:100])
    alive = set(
        Session.objects.filter(session_key__in=[row.session for row in rows]).values_list("session_key", flat=True)
    )
    return [row for row in rows if row.session in alive]


def end_sessions(user: Any, at: datetime, but: str = "") -> int:
    """Ends every session of an account except ``but``. Gives how many."""
    rows = [row for row in open_sessions(user) if row.session != but]
    Session.objects.filter(session_key__in=[row.session for row in rows]).delete()
    SignIn.objects.filter(pk__in=[row.pk for row in rows]).update(ended=at)
    return len(rows)


def note_end(session: str, at: datetime) -> None:
    """Somebody signed out."""
    SignIn.objects.filter(session=session, ended__isnull=True).update(ended=at)


def renamed(old: str, new: str) -> None:
    """A session goes on under another key, as it does after a change of password."""
    SignIn.objects.filter(session=old).update(session=new)


def _name(username: str) -> str:
    return username.strip().lower()[:150]
