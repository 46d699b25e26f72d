"""Secrets of second factors at rest: sealed under a key outside the database, turned over, and never guessed at when it is lost."""

import os
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from tests.web.test_accounts import code_of, signing_in, with_second_factor

from redress.cli.rotate_key import rotated
from redress.config import environment
from redress.config.trouble import Trouble
from redress.people import sealing


@pytest.fixture(autouse=True)
def fresh_cache(db):
    cache.clear()


@pytest.fixture
def secret(teahouse) -> str:
    """Lin has a second factor; its secret."""
    lin = Client()
    signing_in(lin)
    found = with_second_factor(lin)
    lin.get("/account/recovery-codes")
    return found


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(a::text, ' ') FROM mfa_authenticator a")
        return cursor.fetchone()[0]


def in_the_open() -> None:
    """As an earlier version kept them."""
    sealing.open_all(Authenticator)


def signs_in(code: str) -> int:
    again = Client()
    signing_in(again)
    return again.post("/sign-in/code", {"code": code}).status_code


def test_neither_the_secret_nor_the_seed_of_the_codes_is_in_the_database(secret):
    assert secret not in stored() and stored().count(sealing.START) == 2
    seed = sealing.opened(Authenticator.objects.get(type="recovery_codes").data["seed"])
    assert len(seed) == 80 and seed not in stored()


def test_what_an_earlier_version_kept_in_the_open_is_sealed_once_and_works_on(secret):
    in_the_open()
    assert secret in stored()
    assert sealing.seal_all(Authenticator) == 2 and sealing.seal_all(Authenticator) == 0
    assert secret not in stored()
    assert signs_in(code_of(secret, 1)) == 302


def test_what_is_not_sealed_is_no_secret(secret):
    in_the_open()
    assert signs_in(code_of(secret, 1)) == 503


def test_codes_work_while_keys_change_and_after(secret, settings):
    old, new = settings.ENCRYPTION_KEYS, (environment.new_encryption_key(),)
    settings.ENCRYPTION_KEYS = (*new, *old)
    assert signs_in(code_of(secret, -1)) == 302
    before = stored()
    assert sealing.reseal_all(Authenticator) == 2 and stored() != before
    settings.ENCRYPTION_KEYS = new
    assert signs_in(code_of(secret, 1)) == 302


def test_with_the_key_lost_nobody_comes_in_by_any_code_and_is_told_what_to_do(secret, settings):
    settings.ENCRYPTION_KEYS = (environment.new_encryption_key(),)
    lin = Client()
    signing_in(lin)
    for code in (code_of(secret, 1), code_of("", 0), "000000"):
        answer = lin.post("/sign-in/code", {"code": code})
        assert answer.status_code == 503 and "管理员" in answer.content.decode()
    assert lin.get("/").status_code == 302
    before = stored()
    with pytest.raises(sealing.KeyIsLost):
        sealing.reseal_all(Authenticator)
    assert stored() == before


def kept_in(folder: Path) -> environment.Environment:
    return environment.read({"REDRESS_DATA": str(folder)})


def test_the_key_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    first = kept_in(tmp_path)
    assert first.keys_kept and kept_in(tmp_path).encryption_keys == first.encryption_keys
    assert os.stat(tmp_path / "encryption-keys").st_mode & 0o777 == 0o600
    assert first.encryption_keys[0] not in first.secret_key


def test_the_key_in_the_data_folder_is_turned_over_as_a_whole(secret, settings, tmp_path):
    first = kept_in(tmp_path)
    settings.ENCRYPTION_KEYS = first.encryption_keys
    in_the_open_then_sealed = Authenticator.objects.get(type="totp")
    in_the_open_then_sealed.data = {"secret": sealing.sealed(secret)}
    in_the_open_then_sealed.save()
    Authenticator.objects.filter(type="recovery_codes").delete()

    def reseal() -> int:
        settings.ENCRYPTION_KEYS = kept_in(tmp_path).encryption_keys
        assert len(settings.ENCRYPTION_KEYS) == 2
        return sealing.reseal_all(Authenticator)

    assert rotated(first, reseal) == 1
    now = kept_in(tmp_path).encryption_keys
    assert len(now) == 1 and now != first.encryption_keys
    assert os.stat(tmp_path / "encryption-keys").st_mode & 0o777 == 0o600
    settings.ENCRYPTION_KEYS = now
    assert sealing.opened(Authenticator.objects.get().data["secret"]) == secret


def test_where_something_cannot_be_read_the_old_key_stays(tmp_path):
    first = kept_in(tmp_path)

    def reseal() -> int:
        raise Trouble("Nothing was changed.")

    with pytest.raises(Trouble):
        rotated(first, reseal)
    assert kept_in(tmp_path).encryption_keys == first.encryption_keys


@pytest.mark.parametrize("wrong", ["short", "not base 64 at all, certainly not", "QUJD"])
def test_a_key_that_is_none_is_refused_without_repeating_it(tmp_path, wrong):
    with pytest.raises(Trouble, match="REDRESS_ENCRYPTION_KEYS") as told:
        environment.read({"REDRESS_DATA": str(tmp_path), "REDRESS_ENCRYPTION_KEYS": wrong})
    assert wrong not in str(told.value)
