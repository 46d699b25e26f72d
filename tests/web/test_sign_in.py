"""Signing in and out."""

import shutil

from django.test import Client
from tests.web.conftest import PACKS


def test_the_right_password_leads_to_the_page_asked_for(teahouse, client):
    form = {"username": "teahouse.lin", "password": "secret-for-tests", "next": "/cases"}
    answer = client.post("/sign-in", form)
    assert answer.status_code == 302 and answer["Location"] == "/cases"


def test_the_wrong_one_says_so_and_keeps_the_name(teahouse, client):
    page = client.post("/sign-in", {"username": "teahouse.lin", "password": "no"}).content.decode()
    assert "用户名或密码不对" in page and 'value="teahouse.lin"' in page


def test_nobody_is_led_to_a_foreign_page(teahouse, client):
    form = {"username": "teahouse.lin", "password": "secret-for-tests", "next": "https://elsewhere.example/"}
    assert client.post("/sign-in", form)["Location"] == "/"


def test_signing_out_ends_it(visit):
    lin = visit("lin")
    assert lin.get("/sign-out").status_code == 405
    lin.post("/sign-out")
    assert lin.get("/").status_code == 302


def test_only_a_demo_lists_who_may_sign_in(teahouse, settings):
    settings.DEMO = True
    page = Client().get("/sign-in").content.decode()
    assert "清风茶馆" in page and "林悦" in page and "前厅" in page
    settings.DEMO = False
    assert "林悦" not in Client().get("/sign-in").content.decode()


def test_a_broken_pack_leaves_the_others_their_sign_in(teahouse, settings, tmp_path):
    settings.DEMO = True
    shutil.copytree(PACKS / "teahouse", tmp_path / "teahouse")
    (tmp_path / "teahouse" / "pack.yaml").write_text("pack: [")
    settings.PACKS_DIR = tmp_path
    assert Client().get("/sign-in").status_code == 200
