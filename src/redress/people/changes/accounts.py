"""Accounts: invited, reset, disabled and enabled; sessions ended, a lost second factor taken away."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.db import transaction

from .. import sign_ins
from ..models import Person
from . import staff
from .log import Hand, record
from .refused import NotPossible


@transaction.atomic
def invite(hand: Hand, slug: str, username: str = "") -> Any:
    """An account that can be opened with a one-time link; gives it. Without ``username`` it is ``organisation.person``."""
    person = staff.of(hand, slug)
    if not person.active:
        raise NotPossible("此人已离职", "this person has left")
    if person.user is not None:
        raise NotPossible("已有账号；忘了密码请用重设", "there is an account already; for a lost password use reset")
    wish = username.strip() or f"{hand.organisation}.{slug}"
    users = get_user_model()
    if not wish.isascii() or len(wish) > 150 or any(one.isspace() for one in wish):
        raise NotPossible("用户名用字母和数字", "a user name has letters and digits", "username")
    if users.objects.filter(username__iexact=wish).exists():
        raise NotPossible("这个用户名已有人用", "this user name is taken", "username")
    user = users.objects.create_user(wish, email=person.email, first_name=person.zh[:150])  # no password yet
    Person.objects.filter(pk=person.pk).update(user=user)
    record(hand, "account.invited", slug, None, {"username": wish})
    return user


@transaction.atomic
def reset(hand: Hand, slug: str) -> Any:
    """The password is void, sessions end; a new one is chosen with a one-time link. Gives the account."""
    user = _account(hand, slug)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    sign_ins.end_sessions(user, hand.at)
    record(hand, "account.reset", slug, None, {"username": user.get_username()})
    return user


@transaction.atomic
def enable(hand: Hand, slug: str, may: bool) -> None:
    """Whether the account may sign in; where it may not, its sessions end at once."""
    user = _account(hand, slug)
    if slug == hand.by:
        raise NotPossible("不能停用自己的账号", "you cannot disable your own account")
    record(hand, "account.enabled" if may else "account.disabled", slug, {"active": user.is_active}, {"active": may})
    user.is_active = may
    user.save(update_fields=["is_active"])
    if not may:
        sign_ins.end_sessions(user, hand.at)


@transaction.atomic
def end_sessions(hand: Hand, slug: str) -> None:
    count = sign_ins.end_sessions(_account(hand, slug), hand.at)
    record(hand, "account.sessions-ended", slug, None, {"count": count})


@transaction.atomic
def clear_second_factor(hand: Hand, slug: str) -> None:
    """For a lost telephone: the account has no second factor any more, and its sessions end."""
    user = _account(hand, slug)
    if not Authenticator.objects.filter(user=user).exists():
        raise NotPossible("没有设两步验证", "there is no second factor")
    Authenticator.objects.filter(user=user).delete()
    sign_ins.end_sessions(user, hand.at)
    record(hand, "account.second-factor-cleared", slug, None, {"username": user.get_username()})


def _account(hand: Hand, slug: str) -> Any:
    person = staff.of(hand, slug)
    if person.user is None:
        raise NotPossible("此人没有账号", "this person has no account")
    return person.user
