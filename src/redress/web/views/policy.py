"""The policy as a document: every clause with its words, its rules in sentences, and how far the system stands for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from redress.people.packs import packs_folder
from redress.policy.language.base import Rule
from redress.policy.language.words import Clause
from redress.policy.pack import Pack
from redress.policy.scenarios.coverage import ClauseCoverage, coverage
from redress.policy.scenarios.suite import Suite
from redress.web.access import Member, member_only
from redress.web.page import page
from redress.web.plain_words import RuleWords, rule_words
from redress.web.plain_words.names import language

STATUS = {
    "enforced": (_("系统执行"), "done"),
    "prompted": (_("系统提示"), "accent"),
    "shown": (_("指引"), ""),
    "missing": (_("尚无规则"), "late"),
}
CLAUSE_KINDS = {
    "acceptance": _("验收"), "approval": _("审批"), "authority": _("权限"), "classification": _("分类"), "closure-gate": _("了结关口"),
    "communication": _("沟通"), "compensation": _("补偿"), "confidentiality": _("保密"), "corrective-action": _("纠正措施"),
    "customer-consent": _("客户同意"), "deadline": _("时限"), "definition": _("定义"), "duty": _("义务"), "emergency": _("应急"),
    "escalation": _("上报"), "evidence": _("证据"), "follow-up": _("跟进"), "form": _("表单"), "intake-channel": _("受理渠道"),
    "kpi": _("考核指标"), "media": _("媒体"), "penalty-reward": _("奖惩"), "prevention": _("预防"), "prohibition": _("禁止"),
    "recusal": _("回避"), "record-field": _("记录项目"), "record-retention": _("保存期限"), "report": _("报告"), "routing": _("分派"),
    "statistic": _("统计"), "training": _("培训"),
}  # fmt: skip
"""Kinds of clauses in words; a kind that a pack names otherwise is shown as it is."""


@dataclass(frozen=True)
class Article:
    """A clause as it is shown; ``status`` (key, words, tag class) is None where no scenarios are known."""

    clause: Clause
    label: str
    kind: str
    rules: tuple[RuleWords, ...]
    status: tuple[str, str] | None
    scenarios: tuple[str, ...]


@member_only
def policy(request: HttpRequest, member: Member) -> HttpResponse:
    """The document."""
    pack = member.pack
    shown = articles(pack, language())
    counted: dict[str, int] = defaultdict(int)
    for article in shown:
        if article.status:
            counted[str(article.status[0])] += 1
    return page(
        request,
        "web/policy.html",
        member,
        pack=pack,
        articles=shown,
        parameters=[rule_words(pack, rule) for rule in pack.parameters.values()],
        counted=dict(counted),
    )


@lru_cache(maxsize=64)
def articles(pack: Pack, lang: str) -> list[Article]:
    """Every clause of the pack, in its own order, in ``lang`` (that of the request); worked out once per process."""
    rules: dict[str, list[Rule]] = defaultdict(list)
    for rule in pack.source.rules:
        for clause in rule.own_clauses():
            rules[clause].append(rule)
    told = coverage_of(pack.id)
    return [
        Article(
            clause,
            clause.id.removeprefix(f"{pack.id}-"),
            str(CLAUSE_KINDS.get(clause.kind, clause.kind)),
            tuple(rule_words(pack, rule) for rule in rules[clause.id]),
            STATUS[told[clause.id].status] if clause.id in told else None,  # type: ignore[arg-type]
            told[clause.id].scenarios if clause.id in told else (),
        )
        for clause in pack.source.clauses
    ]


@lru_cache(maxsize=64)
def coverage_of(pack_id: str) -> dict[str, ClauseCoverage]:
    """The coverage of the folder's pack by clause; its scenarios are played once per process (milliseconds each)."""
    folder = packs_folder() / pack_id
    if not (folder / "scenarios").is_dir() or not (folder / "organisation.yaml").is_file():
        return {}
    return {row.clause: row for row in coverage(Suite.of(folder))}
