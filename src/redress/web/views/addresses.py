"""Addresses that several pages lead to."""

from __future__ import annotations

from django.urls import reverse


def case_address(case_id: object) -> str:
    return reverse("case", args=[case_id])
