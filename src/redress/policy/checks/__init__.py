"""What makes a readable pack wrong: undefined names, unreachable rules, contradictions, clauses without a rule."""

from __future__ import annotations

from typing import Any

from redress.policy.errors import Problem


def check_source(read: Any) -> list[Problem]:
    return []
