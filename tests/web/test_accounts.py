"""Accounts: invitation, limits of attempts, sessions, second factor, single sign-on."""

import time
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from tests.web.conftest import MONDAY
from tests.web.identity_provider import provider

from redress.config.environment import Oidc
from redress.people.models import AdministrationEntry, Person, SignIn

PASSWORD = "secret-for-tests"


@pytest.fixture(autouse=True)
def fresh_cache(db):
    cache.clear()  # holds which codes have been used


def signing_in(client: Client, person: str = "lin", password: str = PASSWORD, **more):
    client.cookies["redress-now"] = more.pop("at", MONDAY).isoformat()
    return client.post("/sign-in", {"username": f"teahouse.{person}", "password": password}, **more)


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_second_factor(client: Client) -> str:
    """Sets it up through the pages, and gives the secret."""
    assert client.get("/account/second-factor")["Location"].startswith("/account/confirm")
    client.post("/account/confirm?next=/account/second-factor", {"password": PASSWORD})
    page = client.get("/account/second-factor").content.decode()
    assert "data:image/svg+xml" in page
    secret = client.session["mfa.totp.secret"]
    assert "验证码不对" in client.post("/account/second-factor", {"code": "000000"}).content.decode()
    assert client.post("/account/second-factor", {"code": code_of(secret)})["Location"] == "/account/recovery-codes"
    return secret


# --- invitation -------------------------------------------------------------------------------------------------------


def test_an_invitation_opens_an_account_once(visit):
    gao = visit("gao")
    there = gao.post("/setup/people", {"do": "add", "zh": "周平", "en": "Zhou Ping"})["Location"]
    gao.post(there, {"do": "invite", "username": "zhou.ping"})
    page = gao.get(there).content.decode()
    link = urlsplit(page.split("http://testserver")[1].split("<")[0]).path
    assert "http://testserver" not in gao.get(there).content.decode()  # it is shown once

    zhou = Client()
    zhou.cookies["redress-now"] = MONDAY.isoformat()
    assert "周平" in zhou.get(link).content.decode()
    assert zhou.post(link, {"password": "tea-leaves-9", "again": "other"}).status_code == 422
    assert zhou.post(link, {"password": "tea-leaves-9", "again": "tea-leaves-9"})["Location"] == "/"
    assert zhou.get("/").status_code == 200
    assert Client().get(link).status_code == 410
    assert [entry.change for entry in AdministrationEntry.objects.order_by("pk")] == ["person.added", "account.invited"]


@pytest.mark.parametrize("link", ["/invitation/MQ/abc-def", "/invitation/%F0/x", "/invitation/OTk5OTk5/abc-def"])
def test_a_made_up_link_opens_nothing(teahouse, link):
    assert Client().get(link).status_code == 410


def test_a_reset_ends_the_sessions_and_voids_the_password(visit):
    lin, gao = Client(), visit("gao")
    signing_in(lin)
    assert lin.get("/").status_code == 200
    gao.post("/setup/people/lin", {"do": "reset"})
    assert lin.get("/").status_code == 302
    assert "用户名或密码不对" in signing_in(Client()).content.decode()


def test_a_disabled_account_is_out_at_once_and_back_when_enabled(visit):
    lin, gao = Client(), visit("gao")
    signing_in(lin)
    gao.post("/setup/people/lin", {"do": "disable"})
    assert lin.get("/").status_code == 302 and signing_in(Client()).status_code == 200
    gao.post("/setup/people/lin", {"do": "enable"})
    assert signing_in(Client()).status_code == 302
    assert gao.post("/setup/people/gao", {"do": "disable"}).status_code == 422


# --- signing in -------------------------------------------------------------------------------------------------------


def test_guessing_is_slow_and_a_right_password_in_between_does_not_help_the_guesser(teahouse):
    from datetime import timedelta

    for _try in range(5):
        assert signing_in(Client(), password="guess").status_code == 200
    answer = signing_in(Client())
    assert answer.status_code == 429 and "15 分钟后" in answer.content.decode()
    assert signing_in(Client(), "chen").status_code == 302  # somebody else is not held up
    assert signing_in(Client(), REMOTE_ADDR="10.1.2.3").status_code == 302  # nor the person, from another machine
    for _try in range(5):
        signing_in(Client(), password="guess")
    assert signing_in(Client(), at=MONDAY + timedelta(minutes=16)).status_code == 302


def test_who_signed_in_when_is_seen_and_sessions_can_be_ended(visit):
    one, other = Client(), Client()
    for client in (one, other):
        signing_in(client, HTTP_USER_AGENT="Firefox")
    page = one.get("/account").content.decode()
    assert page.count("Firefox</span>") == 2 and "这里" in page
    one.post("/account", {"do": "end-sessions"})
    assert other.get("/").status_code == 302 and one.get("/").status_code == 200
    assert "林悦" in visit("gao").get("/setup/accounts").content.decode()
    one.post("/sign-out")
    assert not SignIn.objects.filter(user__username="teahouse.lin", ended=None).exists()


def test_a_new_password_keeps_this_session_and_ends_the_others(teahouse):
    one, other = Client(), Client()
    for client in (one, other):
        signing_in(client)
    wrong = one.post("/account", {"do": "password", "old_password": "no", "new_password1": "x", "new_password2": "y"})
    assert wrong.status_code == 422
    new = {"do": "password", "old_password": PASSWORD, "new_password1": "tea-leaves-9", "new_password2": "tea-leaves-9"}
    assert one.post("/account", new).status_code == 303
    assert one.get("/").status_code == 200 and other.get("/").status_code == 302
    assert signing_in(Client(), password="tea-leaves-9").status_code == 302
    assert "这里" in one.get("/account").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/accounts/signup/", "/accounts/login/", "/accounts/email/", "/accounts/password/reset/", "/accounts/2fa/"],
)
def test_the_library_of_accounts_has_no_pages_of_its_own(teahouse, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/account", "/account/second-factor", "/account/recovery-codes", "/account/second-factor/end", "/setup/accounts"],
)
def test_an_account_is_for_who_is_signed_in(teahouse, client, address):
    assert client.get(address)["Location"].startswith("/sign-in")


def test_only_administrators_see_the_accounts(visit):
    assert visit("lin").get("/setup/accounts").status_code == 403
    assert visit("lin").post("/setup/people/gao", {"do": "reset"}).status_code == 403


# --- second factor ----------------------------------------------------------------------------------------------------


def test_a_second_factor_is_asked_for_after_the_password(teahouse):
    lin = Client()
    signing_in(lin)
    secret = with_second_factor(lin)
    codes = lin.get("/account/recovery-codes").content.decode().split('<ul class="codes')[1].split("</ul>")[0]
    recovery = codes.split("<li>")[1].split("</li>")[0]

    again = Client()
    assert signing_in(again)["Location"] == "/sign-in/code"
    assert again.get("/").status_code == 302  # the password alone opens nothing
    assert again.post("/sign-in/code", {"code": "000000"}).status_code == 422
    assert again.post("/sign-in/code", {"code": code_of(secret, 1)})["Location"] == "/"
    assert again.get("/").status_code == 200

    lost = Client()
    signing_in(lost)
    assert lost.post("/sign-in/code", {"code": recovery})["Location"] == "/"
    twice = Client()
    signing_in(twice)
    assert twice.post("/sign-in/code", {"code": recovery}).status_code == 422  # used up


def test_codes_cannot_be_guessed_without_end(teahouse):
    lin = Client()
    signing_in(lin)
    with_second_factor(lin)
    guesser = Client()
    signing_in(guesser)
    answers = [guesser.post("/sign-in/code", {"code": f"{n:06}"}).status_code for n in range(6)]
    assert answers == [422] * 5 + [429]
    assert guesser.get("/").status_code == 302


def test_the_code_page_is_nothing_without_a_password_before_it(teahouse, client):
    assert client.get("/sign-in/code")["Location"] == "/sign-in"
    assert client.post("/sign-in/code", {"code": "123456"})["Location"] == "/sign-in"


def test_a_role_can_demand_it_and_then_nothing_opens_without(visit):
    gao = visit("gao")
    gao.post("/setup/accounts", {"do": "require", "role": ["keeper"]})
    lin, chen = Client(), Client()
    signing_in(lin)
    signing_in(chen, "chen")
    assert lin.get("/").status_code == 200
    for address in ("/", "/desk", "/cases", "/account"):
        assert chen.get(address)["Location"] == "/account/second-factor/needed"
    assert chen.get("/account/second-factor/needed")["Location"] == "/account/second-factor"
    with_second_factor(chen)
    assert chen.get("/").status_code == 200


def test_a_lost_telephone_is_seen_to_by_an_administrator(visit):
    lin = Client()
    signing_in(lin)
    with_second_factor(lin)
    visit("gao").post("/setup/people/lin", {"do": "clear-second-factor"})
    assert not Authenticator.objects.exists() and lin.get("/").status_code == 302
    assert signing_in(Client())["Location"] == "/"


# --- single sign-on ---------------------------------------------------------------------------------------------------


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def through(there, client: Client):
    """From our button to the provider, and back with its answer."""
    client.cookies["redress-now"] = MONDAY.isoformat()
    asked = client.get("/sign-in/with/house")["Location"]
    assert asked.startswith(there.address + "/authorize")
    try:
        build_opener(_NoRedirects).open(asked)
    except OSError as answer:  # a redirect that is not followed
        back = answer.headers["Location"]
        answer.close()
    return client.get(back.removeprefix("http://testserver"))


@pytest.fixture
def single_sign_on(teahouse, settings):
    with provider() as there:
        settings.OIDC = Oidc(
            issuer=there.address, client_id="redress", client_secret="s3cret", name="公司账号", match="email",
            trust_email=False, organisation="",
        )  # fmt: skip
        app = {
            "provider_id": "house", "name": "", "client_id": "redress", "secret": "s3cret", "settings": {"server_url": there.address},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
        yield there


def test_the_provider_knows_somebody_by_their_mail_and_from_then_on_by_their_subject(single_sign_on):
    Person.objects.filter(slug="lin").update(email="lin@example.com")
    assert "用公司账号登录" in Client().get("/sign-in").content.decode()
    single_sign_on.claims = {"sub": "u-1", "email": "Lin@example.com", "email_verified": True}
    lin = Client()
    assert through(single_sign_on, lin)["Location"] == "/"
    assert "林悦" in lin.get("/").content.decode()
    single_sign_on.claims = {"sub": "u-1", "email": "new-address@example.com", "email_verified": True}
    assert through(single_sign_on, Client())["Location"] == "/"
    assert set(SignIn.objects.values_list("how", flat=True)) == {"socialaccount"}


def test_somebody_without_an_account_gets_one_with_the_provider(single_sign_on):
    get_user_model().objects.get(username="teahouse.zhao").delete()
    Person.objects.filter(slug="zhao").update(email="zhao@example.com", user=None)
    single_sign_on.claims = {"sub": "u-2", "email": "zhao@example.com", "email_verified": True}
    zhao = Client()
    assert through(single_sign_on, zhao)["Location"] == "/"
    assert not Person.objects.get(slug="zhao").user.has_usable_password()


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"sub": "u-3", "email": "lin@example.com"}, "经过验证的邮箱"),
        ({"sub": "u-3", "email": "stranger@example.com", "email_verified": True}, "没有人登记了邮箱"),
        ({"sub": "u-3"}, "经过验证的邮箱"),
        (None, ""),
    ],
)
def test_whom_nobody_knows_is_told_what_to_do_and_stays_outside(single_sign_on, claims, words):
    Person.objects.filter(slug="lin").update(email="lin@example.com")
    single_sign_on.claims = claims
    stranger = Client()
    answer = through(single_sign_on, stranger)
    assert answer.status_code in (302, 403) and words in answer.content.decode()
    assert stranger.get("/").status_code == 302
    assert not get_user_model().objects.filter(email="stranger@example.com").exists()


def test_who_has_left_does_not_come_back_through_the_provider(single_sign_on, visit):
    Person.objects.filter(slug="lin").update(email="lin@example.com")
    single_sign_on.claims = {"sub": "u-1", "email": "lin@example.com", "email_verified": True}
    through(single_sign_on, Client())
    visit("gao").post("/setup/people/lin", {"do": "leave"})
    lin = Client()
    answer = through(single_sign_on, lin)
    assert answer.status_code == 403 and "已停用" in answer.content.decode()
    assert lin.get("/").status_code == 302


def test_an_answer_that_nobody_asked_for_is_refused(single_sign_on):
    single_sign_on.claims = {"sub": "u-1", "email": "lin@example.com", "email_verified": True}
    answer = Client().get("/sign-in/with/house/back?code=made-up&state=made-up")
    assert answer.status_code == 403 and not Session.objects.filter(session_data__contains="_auth_user_id").exists()


def test_without_a_provider_there_is_no_button_and_no_way(teahouse, client):
    assert "/sign-in/with" not in client.get("/sign-in").content.decode()
    assert client.get("/sign-in/with/house").status_code == 404
