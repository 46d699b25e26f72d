"""Claiming an empty installation: whoever reads the word on its console becomes its first account."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.people import claiming
from redress.web.clock import now
from redress.web.page import page


def claim(request: HttpRequest) -> HttpResponse:
    """The form of the claim; posted and right, whoever claimed is signed in."""
    wrong: dict[str, str] = {}
    if request.method == "POST":
        wrong = _wrong_in_claim(request.POST)
        if not wrong:
            form = request.POST
            try:
                user = claiming.claim(form["username"].strip(), form["password"], form["name"].strip(), now(request))
            except claiming.Claimed:
                return redirect("sign-in")
            return perform_login(request, Login(user=user, redirect_url=reverse("first-run")))
    return page(request, "web/first_run/claim.html", None, 422 if wrong else 200, wrong=wrong, posted=request.POST)


def _wrong_in_claim(form: Any) -> dict[str, str]:
    wrong = {}
    if not claiming.is_claim_word(form.get("word", "")):
        wrong["word"] = _("口令不对。它印在启动 Redress 的控制台上，重新启动会再印一次。")
    if not form.get("name", "").strip():
        wrong["name"] = _("请写姓名")
    if not form.get("username", "").strip().isascii() or not form.get("username", "").strip():
        wrong["username"] = _("请写用户名，用字母和数字")
    try:
        validate_password(form.get("password", ""))
    except ValidationError as error:
        wrong["password"] = " ".join(error.messages)
    if form.get("password") != form.get("again"):
        wrong["again"] = _("两次输入的密码不一样")
    return wrong
