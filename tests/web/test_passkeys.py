"""Passkeys as second factor: only one's own, only after the password, never by an answer that was made up or used before."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from tests.web.test_accounts import PASSWORD, signing_in


@pytest.fixture(autouse=True)
def fresh_cache(db):
    cache.clear()


@pytest.fixture
def lin(teahouse) -> Client:
    client = Client()
    signing_in(client)
    client.post("/account/confirm", {"password": PASSWORD})
    return client


def test_a_key_is_only_made_after_the_password_once_more(teahouse):
    client = Client()
    signing_in(client)
    session = client.session  # as somebody who signed in long ago
    session["account_authentication_methods"][0]["at"] = 0
    session.save()
    assert client.get("/account/keys/new")["Location"].startswith("/account/confirm")
    client.post("/account/confirm", {"password": PASSWORD})
    page = client.get("/account/keys/new").content.decode()
    assert '"challenge"' in page and 'type="module"' in page and "onclick" not in page


@pytest.mark.parametrize(
    "credential", ["", "{}", "null", "[]", '"x"', '{"id": "AA", "rawId": "AA", "response": {}, "type": "public-key"}']
)
def test_a_made_up_answer_makes_no_key(lin, credential):
    lin.get("/account/keys/new")
    answer = lin.post("/account/keys/new", {"name": "mine", "credential": credential})
    assert answer.status_code == 422 and "没有成功" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_made_up_answer_opens_no_door(teahouse):
    user = get_user_model().objects.get(username="teahouse.lin")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    client = Client()
    assert signing_in(client)["Location"] == "/sign-in/code"
    for credential in ("", "{}", "null", '{"id": "AA", "rawId": "AA", "response": {}, "type": "public-key"}'):
        assert client.post("/sign-in/code", {"credential": credential}).status_code in (422, 429)
    assert client.get("/").status_code == 302


def test_the_keys_of_others_cannot_be_taken_away(lin):
    other = get_user_model().objects.get(username="teahouse.gao")
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Gao's", "credential": {}})
    address = f"/account/keys/{key.pk}/end"
    assert lin.get(address).status_code == lin.post(address).status_code == 404
    assert lin.get("/account/keys/999/end").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists() and "Gao's" not in lin.get("/account").content.decode()
