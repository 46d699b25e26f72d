"""First run: from an empty installation to an organisation that takes complaints, step by step. Every step is kept."""

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

from redress.people import claiming, founding_drafts
from redress.people.changes import Hand, NotPossible, accounts
from redress.people.models import FoundingDraft, Person
from redress.people.packs import offered, with_settings
from redress.policy.engine.case import Case
from redress.policy.pack import Pack
from redress.web.access import Member, forbidden, member_of
from redress.web.asking import ask, typed
from redress.web.clock import now
from redress.web.first_run import people_sheet, templates, trial, units_sheet
from redress.web.page import go, page
from redress.web.plain_words import names
from redress.web.plain_words.names import language
from redress.web.set_up import missing
from redress.web.set_up.kinds import kind_words
from redress.web.signing.links import invitation_for
from redress.web.views.setup.admitted import hand_of
from redress.web.views.setup.assumptions import is_open, open_count, parameters, save

STEPS = ("organisation", "units", "people", "values", "trial", "done")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def first_run(request: HttpRequest) -> HttpResponse:
    """Where one is: the claim of an empty installation, the step that comes next, or nothing for others."""
    if claiming.is_unclaimed():
        return _claim(request)
    if not request.user.is_authenticated:
        return redirect("sign-in")
    draft = founding_drafts.draft_of(request.user)
    if draft is None and request.method == "POST" and founding_drafts.may_found(request.user):
        name = Person.objects.filter(user=request.user).values_list("zh", flat=True).first() or request.user.first_name
        draft = FoundingDraft.objects.create(user=request.user, begun=now(request), data={"administrator": name})
    if draft is not None:
        return redirect("first-run-step", _next(draft))
    if founding_drafts.may_found(request.user):
        return page(request, "web/first_run/again.html", member_of(request))
    return _nothing_here(request)


def step(request: HttpRequest, name: str) -> HttpResponse:
    """One step of the draft that the reader has begun; earlier ones may be opened again until the organisation is founded."""
    draft = founding_drafts.draft_of(request.user) if request.user.is_authenticated else None
    if draft is None or name not in STEPS:
        return redirect("first-run") if claiming.is_unclaimed() else _nothing_here(request)
    reached = STEPS.index(_next(draft))
    if STEPS.index(name) > reached or (draft.organisation and STEPS.index(name) < STEPS.index("values")):
        return redirect("first-run-step", _next(draft))
    return _VIEWS[name](request, draft)


def template_table(request: HttpRequest, name: str) -> HttpResponse:
    """The spreadsheet to fill in: units or people."""
    draft = founding_drafts.draft_of(request.user) if request.user.is_authenticated else None
    if draft is None or "pack" not in draft.data or name not in ("units", "people"):
        return _nothing_here(request)
    pack = _pack(draft)
    whole = (
        templates.units_table(pack) if name == "units" else templates.people_table(pack, draft.data.get("units", []))
    )
    response = HttpResponse(whole, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _claim(request: HttpRequest) -> HttpResponse:
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


def _organisation(request: HttpRequest, draft: FoundingDraft) -> HttpResponse:
    packs = offered()
    wrong: dict[str, str] = {}
    if request.method == "POST":
        zh, pack = request.POST.get("zh", "").strip(), request.POST.get("pack", "")
        if not zh:
            wrong["zh"] = _("请写机构名称")
        if pack not in {head.pack for head in packs}:
            wrong["pack"] = _("请选一份制度")
        if not wrong:
            written: dict[str, Any] = {"zh": zh, "en": request.POST.get("en", "").strip(), "pack": pack}
            if pack != draft.data.get("pack"):
                written["people"] = []  # their roles were another policy's
            founding_drafts.keep(draft, **written)
            return go(request, reverse("first-run-step", args=["units"]))
    return _page(request, "organisation", draft, wrong, packs=packs, posted=request.POST)


def _units(request: HttpRequest, draft: FoundingDraft) -> HttpResponse:
    pack = _pack(draft)
    if request.method == "POST":
        rows, sheet = units_sheet.read_units(pack, request.FILES.get("file"), request.POST.get("pasted", ""))
        if not sheet.mistakes:
            founding_drafts.keep(draft, units=rows)
            return go(request, reverse("first-run-step", args=["units"]))
        return _page(
            request, "units", draft, {"sheet": sheet}, pack=pack, tree=[], pasted=request.POST.get("pasted", "")
        )
    return _page(
        request, "units", draft, {}, pack=pack, tree=_tree(draft.data.get("units", [])), kinds=_kinds_wanted(pack)
    )


def _people(request: HttpRequest, draft: FoundingDraft) -> HttpResponse:
    pack, units = _pack(draft), draft.data["units"]
    if request.method == "POST" and request.POST.get("do") == "found":
        if "people" not in draft.data:
            founding_drafts.keep(draft, people=[])
        today = now(request).astimezone(pack.zone()).date()
        founding_drafts.make_real(draft, now(request), today)
        draft.refresh_from_db()
        return go(request, reverse("first-run-step", args=[_next(draft)]))
    if request.method == "POST":
        rows, sheet = people_sheet.read_people(pack, units, request.FILES.get("file"), request.POST.get("pasted", ""))
        if not sheet.mistakes:
            founding_drafts.keep(draft, people=rows)
            return go(request, reverse("first-run-step", args=["people"]))
        return _page(request, "people", draft, {"sheet": sheet}, pack=pack, pasted=request.POST.get("pasted", ""))
    people = founding_drafts.with_administrator(draft.data) if draft.data.get("people") else []
    return _page(
        request, "people", draft, {}, pack=pack, rows=[{**row, "seats_in_words": _seats(pack, row)} for row in people],
        vacant=_vacant(pack, units, people) if people else [], roles=[r for r in pack.roles.values() if r.found == "seat"],
    )  # fmt: skip


def _values(request: HttpRequest, draft: FoundingDraft, member: Member) -> HttpResponse:
    wrong: dict[str, str] = {}
    if request.method == "POST":
        hand = hand_of(member)
        for rule in member.pack.parameters.values():
            value, meant = request.POST.get(f"value-{rule.id}"), request.POST.get(f"confirm-{rule.id}")
            if value is None or not is_open(rule):
                continue
            try:
                save(hand, member, {"parameter": rule.id, "value": value, "note": ""}, confirmed=bool(meant))
            except NotPossible as error:
                wrong[rule.id] = error.text.of(language())
        if not wrong:
            founding_drafts.keep(draft, values_seen=True)
            return go(request, reverse("first-run-step", args=["trial"]))
    rows = [row for row in parameters(member) if row["open"]]
    for row in rows:
        row["shown"] = request.POST.get(f"value-{row['rule'].id}", row["value"])
        row["wrong"] = wrong.get(row["rule"].id, "")
    return _page(request, "values", draft, wrong, member=member, pack=member.pack, rows=rows)


def _trial(request: HttpRequest, draft: FoundingDraft, member: Member) -> HttpResponse:
    act = member.pack.acts["register"]
    likely, where = _likely_taker(member)
    taker, unit = request.POST.get("taker") or likely, request.POST.get("unit") or where
    if request.method == "POST" and request.POST.get("do") == "go-on":
        founding_drafts.keep(draft, tried=True)
        return go(request, reverse("first-run-step", args=["done"]))
    tried, raw = None, trial.begun(member, act)
    if request.method == "POST" and taker in member.directory.people and unit in member.directory.units:
        raw, values = typed(member.desk, act, request.POST, Case(unit=unit))
        tried = trial.try_out(member, unit, values, taker)
    asked = ask(member.desk, act, Case(unit=unit), raw=raw)
    asked.fields = [view for view in asked.fields if view.control != "files"]
    return _page(
        request, "trial", draft, {}, member=member, pack=member.pack, asked=asked, tried=tried, unit=unit, taker=taker,
        units=[(one.slug, one.text.of(language())) for one in member.directory.open_units],
        people=[(one.slug, one.text.of(language())) for one in member.directory.people.values() if one.active],
    )  # fmt: skip


def _done(request: HttpRequest, draft: FoundingDraft, member: Member) -> HttpResponse:
    if request.method == "POST":
        draft.finished = now(request)
        draft.save(update_fields=["finished"])
        return go(request, reverse("setup"))
    return _page(
        request, "done", draft, {}, member=member, pack=member.pack,
        posts=missing.empty_posts(member.pack, member.directory, member.today),
        vacant=missing.vacant_roles(member.pack, member.directory, member.today), to_confirm=open_count(member),
        without_account=Person.objects.filter(organisation=member.organisation, active=True, user__isnull=True).count(),
    )  # fmt: skip


def _as_member(view: Any) -> Any:
    """A step after the founding: the reader is a member by then, unless their account is another organisation's."""

    def guarded(request: HttpRequest, draft: FoundingDraft) -> HttpResponse:
        member = member_of(request)
        if member is None or member.organisation != draft.organisation:
            draft.finished = now(request)
            draft.save(update_fields=["finished"])
            return page(
                request, "web/first_run/elsewhere.html", member, organisation=draft.data["zh"],
                invitation=_invitation(request, draft),
            )  # fmt: skip
        return view(request, draft, member)

    return guarded


def _invitation(request: HttpRequest, draft: FoundingDraft) -> str:
    """The link by which the administrator of a further organisation opens their account there."""
    me = Person.objects.filter(organisation=draft.organisation, administers=True, user__isnull=True).first()
    if me is None:
        return ""
    hand = Hand(draft.organisation, me.slug, now(request), now(request).date())
    return invitation_for(request, accounts.invite(hand, me.slug))


_VIEWS = {
    "organisation": _organisation, "units": _units, "people": _people,
    "values": _as_member(_values), "trial": _as_member(_trial), "done": _as_member(_done),
}  # fmt: skip


def _next(draft: FoundingDraft) -> str:
    """The first step that is not settled."""
    data = draft.data
    if not draft.organisation:
        if "pack" not in data:
            return "organisation"
        return "people" if data.get("units") else "units"
    return "done" if data.get("tried") else "trial" if data.get("values_seen") else "values"


def _page(request: HttpRequest, name: str, draft: FoundingDraft, wrong: dict[str, Any], **more: Any) -> HttpResponse:
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


def _pack(draft: FoundingDraft) -> Pack:
    return with_settings(draft.data["pack"], {})


def _tree(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    depth: dict[str, int] = {}
    for row in rows:
        depth[row["zh"]] = depth[row["under"]] + 1 if row["under"] else 0
    return [{**row, "depth": min(depth[row["zh"]], 6), "kind_words": kind_words(row["kind"])} for row in rows]


def _kinds_wanted(pack: Pack) -> list[tuple[str, str, list[str]]]:
    """Which kinds the posts of the policy ask for: (id, words, the roles to fill there)."""
    wanted: dict[str, list[str]] = {}
    for post in pack.posts:
        for kind in post.unit_kinds:
            wanted.setdefault(kind, []).append(names.role(pack, post.role))
    return [(kind, kind_words(kind), roles) for kind, roles in wanted.items()]


def _seats(pack: Pack, row: dict[str, Any]) -> list[str]:
    return [f"{names.role(pack, role)} · {unit}" for role, unit in row["seats"]]


def _vacant(pack: Pack, units: list[dict[str, str]], people: list[dict[str, Any]]) -> list[str]:
    """Posts that these people would leave empty: role and unit, in words."""
    above = {row["zh"]: row["under"] for row in units}
    held = {(role, unit) for row in people for role, unit in row["seats"]}

    def filled(role: str, unit: str) -> bool:
        while unit:
            if (role, unit) in held:
                return True
            unit = above[unit]
        return False

    return [
        f"{names.role(pack, post.role)} · {row['zh']}"
        for post in pack.posts
        for row in units
        if (not post.unit_kinds or row["kind"] in post.unit_kinds) and not filled(post.role, row["zh"])
    ]


def _likely_taker(member: Member) -> tuple[str, str]:
    """Who would probably take a complaint, and where: whoever holds a seat lowest in the tree."""
    seats = [seat for seat in member.directory.held if seat.on(member.today)]
    lowest = max(seats, key=lambda seat: len(member.directory.lineage(seat.unit)), default=None)
    return (lowest.person, lowest.unit) if lowest else (member.person, member.home)


def _nothing_here(request: HttpRequest) -> HttpResponse:
    member = member_of(request) if request.user.is_authenticated else None
    return forbidden(request, member) if member else redirect("sign-in")
