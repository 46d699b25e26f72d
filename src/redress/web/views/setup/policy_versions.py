"""Which policy holds from which day, in which version; and open cases moved to the version that now holds, foreseen first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from redress.cases import moving
from redress.people import packs
from redress.people.changes import Hand, NotPossible, policies, record
from redress.people.models import PackBinding, PackVersion
from redress.policy.errors import PackErrors
from redress.policy.pack import Pack
from redress.web.access import Member
from redress.web.page import say
from redress.web.plain_words import names
from redress.web.plain_words.names import language
from redress.web.set_up import missing

from .admitted import administrators_only, answer, day, number

SHOWN = 30
"""So many cases the preview names; it counts the others."""


@administrators_only
def policy_versions(request: HttpRequest, member: Member) -> HttpResponse:
    """The versions; with ``look`` the preview of another policy for new cases, else of the one that holds for open ones."""

    def move(hand: Hand, form: Any) -> None:
        say(request, move_cases(hand, member, form.getlist("case"), form.get("reason", "")))

    changes = {
        "bind": lambda hand, form: policies.bind(hand, form.get("pack", ""), day(form.get("from_date", ""))),
        "unbind": lambda hand, form: policies.unbind(hand, number(form.get("binding", ""))),
        "move": move,
    }
    said = {"bind": _("已安排。"), "unbind": _("已撤销。"), "move": _("已记在每宗案件的记录里。")}
    shown = lambda: _shown(request, member)  # noqa: E731 - read again only where the page is shown
    return answer(request, member, "web/setup/policy.html", changes, shown, reverse("setup-policy"), said)


def move_cases(hand: Hand, member: Member, ids: list[str], reason: str) -> str:
    """Moves the cases chosen to the version that now holds. Gives what to say."""
    if not reason.strip():
        raise NotPossible("请写理由，它会记在每宗案件里", "write the reason; it is kept with every case", "reason")
    if not ids or len(ids) > moving.AT_ONCE:
        raise NotPossible(f"请选 1 到 {moving.AT_ONCE} 宗案件", f"choose 1 to {moving.AT_ONCE} cases", "case")
    try:
        chosen = [UUID(one) for one in ids]
    except ValueError:
        raise NotPossible("没有这宗案件", "there is no such case", "case") from None
    moved = sum(
        moving.move(member.organisation, one, member.pack, member.person, member.now, reason.strip()) for one in chosen
    )
    record(hand, "policy.cases-moved", member.pack.id, None, {"count": moved, "reason": reason.strip()})
    return _("已移案件：%(n)s 宗。") % {"n": moved}


def _shown(request: HttpRequest, member: Member) -> dict[str, Any]:
    looked = _looked_at(request.GET.get("look", ""), member)
    pack = looked or member.pack
    cases = moving.foreseen(member.directory, pack, member.now)
    changed = [case for case in cases if case.moved or case.gone]
    versions = list(
        PackVersion.objects.filter(pack=member.pack.id).defer("files").order_by("-effective_from", "-first_seen")[:20]
    )
    heads = {head.pack: head for head in packs.offered()}
    return {
        "ruling": member.pack,
        "folder": _folder_ahead(member),
        "versions": versions,
        "bindings": [
            {"row": row, "head": heads.get(row.pack), "ahead": row.from_date > member.today}
            for row in PackBinding.objects.filter(organisation=member.organisation).order_by("-from_date")
        ],
        "heads": list(heads.values()),
        "looked": looked,
        "posts": missing.empty_posts(looked, member.directory, member.today) if looked else [],
        "vacant": missing.vacant_roles(looked, member.directory, member.today) if looked else [],
        "elsewhere": moving.elsewhere(member.organisation, pack),
        "same": len(cases) - len(changed),
        "cases": [_case_view(pack, case) for case in changed[:SHOWN]],
        "unnamed": max(0, len(changed) - SHOWN),
        "lang": language(),
    }


def _looked_at(pack_id: str, member: Member) -> Pack | None:
    if not pack_id or pack_id == member.pack.id:
        return None
    try:
        return packs.with_settings(pack_id, {})
    except (packs.UnknownPack, PackErrors):
        return None


def _folder_ahead(member: Member) -> Pack | None:
    """The version in the folder that has not taken effect yet, None where it is the one that holds."""
    folder = packs.chosen_pack(member.directory, member.today)
    return folder if folder.hash != member.pack.hash else None


def _case_view(pack: Pack, case: moving.Foreseen) -> dict[str, Any]:
    old = packs.pinned(case.hash)
    return {
        "case": case,
        "version": old.version,
        "moved": [(names.duty(pack, one.rule), one.old, one.new) for one in case.moved],
        "gone": [names.duty(old, rule) for rule in case.gone],
    }
