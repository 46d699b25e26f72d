"""The steps of a first run: which there are, which comes next, and the page that each is shown on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from redress.people.models import FoundingDraft
from redress.people.packs import with_settings
from redress.policy.pack import Pack
from redress.web.page import page

STEPS = ("organisation", "units", "people", "values", "trial", "done")


def next_step(draft: FoundingDraft) -> str:
    """The first step that is not settled."""
    data = draft.data
    if not draft.organisation:
        if "pack" not in data:
            return "organisation"
        return "people" if data.get("units") else "units"
    return "done" if data.get("tried") else "trial" if data.get("values_seen") else "values"


def step_page(
    request: HttpRequest, name: str, draft: FoundingDraft, wrong: dict[str, Any], **more: Any
) -> HttpResponse:
    """A step with the others beside it; 422 where something is ``wrong``."""
    words = {
        "organisation": _("机构与制度"), "units": _("单位"), "people": _("人员"), "values": _("待确认的规定"),
        "trial": _("试一宗投诉"), "done": _("完成"),
    }  # fmt: skip
    here = STEPS.index(name)
    steps = [
        {"name": one, "words": words[one], "state": "here" if n == here else "past" if n < here else "ahead", "number": n + 1}
        for n, one in enumerate(STEPS)
    ]  # fmt: skip
    context = {
        "step": name,
        "steps": steps,
        "draft": draft,
        "wrong": wrong,
        "founded": bool(draft.organisation),
        **more,
    }
    member = context.pop("member", None)
    return page(request, f"web/first_run/{name}.html", member, 422 if wrong else 200, **context)


def pack_of(draft: FoundingDraft) -> Pack:
    """The policy chosen, under its own values."""
    return with_settings(draft.data["pack"], {})
