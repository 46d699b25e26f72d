"""The policy as a document: chapters of clauses, each with its rules in sentences and how far the system stands for it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from redress.people.packs import packs_folder
from redress.policy.language.base import Rule
from redress.policy.language.words import Clause
from redress.policy.pack import Pack
from redress.policy.scenarios.coverage import ClauseCoverage, coverage
from redress.policy.scenarios.suite import Suite
from redress.web.plain_words import RuleWords, names, rule_words
from redress.web.plain_words.names import language

STATUS = {
    "enforced": (_("系统执行"), "done"),
    "prompted": (_("系统提示"), "accent"),
    "shown": (_("指引"), ""),
    "missing": (_("尚无规则"), "late"),
}
MEANS = {
    "enforced": _("系统自己让它发生，并有情景证明"),
    "prompted": _("系统提醒或要求，由人来做"),
    "shown": _("在合适的时候给人看的话"),
    "missing": _("还没有规则承担这一条"),
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
    """A clause as it is shown; ``status`` is "" where no scenarios are known."""

    clause: Clause
    label: str
    kind: str
    rules: tuple[RuleWords, ...]
    status: str
    scenarios: tuple[tuple[str, str], ...]

    @property
    def status_words(self) -> str:
        return str(STATUS[self.status][0]) if self.status else ""

    @property
    def status_class(self) -> str:
        return STATUS[self.status][1] if self.status else ""


@dataclass(frozen=True)
class Chapter:
    """A chapter of the document, as its clauses are numbered."""

    id: str
    title: str
    articles: tuple[Article, ...]


def chapters(pack: Pack, lang: str) -> tuple[Chapter, ...]:
    """The clauses gathered by the first part of their number, in the order of the document."""
    gathered: dict[str, list[Article]] = defaultdict(list)
    for article in articles(pack, lang):
        gathered[re.split(r"[.-]", article.label)[0]].append(article)
    return tuple(Chapter(f"chapter-{name}", _title(name, found), tuple(found)) for name, found in gathered.items())


@lru_cache(maxsize=16)
def text_of(pack: Pack, lang: str, shows: str = "") -> SafeString:
    """The text of the document, or what of it has the status ``shows``: the same for all readers, so written once per process."""
    parameters = [rule_words(pack, rule) for rule in pack.parameters.values()]
    told = {"chapters": chapters(pack, lang), "parameters": parameters, "shows": shows}
    return render_to_string("web/policy/text.html", told)


def _title(name: str, found: list[Article]) -> str:
    """What the document calls the chapter: what the places of its clauses begin with."""
    refs = [re.sub(r"\s*@.*|^L\d+\s*", "", article.clause.ref) for article in found]
    alike = takewhile(lambda characters: len(set(characters)) == 1, zip(*refs, strict=False))
    return "".join(characters[0] for characters in alike).rstrip(" （(.·-") or name


@lru_cache(maxsize=64)
def articles(pack: Pack, lang: str) -> list[Article]:
    """Every clause of the pack, in its own order, in ``lang`` (that of the request); worked out once per process."""
    assert lang == language()
    rules: dict[str, list[Rule]] = defaultdict(list)
    for rule in pack.source.rules:
        for clause in rule.own_clauses():
            rules[clause].append(rule)
    told, titles = coverage_of(pack.id)
    return [
        Article(
            clause,
            clause.id.removeprefix(f"{pack.id}-"),
            str(CLAUSE_KINDS.get(clause.kind, clause.kind)),
            tuple(rule_words(pack, rule) for rule in rules[clause.id]),
            told[clause.id].status if clause.id in told else "",
            tuple((name, names.chosen(*titles.get(name, (name, name)))) for name in told[clause.id].scenarios)
            if clause.id in told
            else (),
        )
        for clause in pack.source.clauses
    ]


@lru_cache(maxsize=64)
def coverage_of(pack_id: str) -> tuple[dict[str, ClauseCoverage], dict[str, tuple[str, str]]]:
    """(the coverage of the folder's pack by clause, its scenarios' titles in both languages); played once per process."""
    folder = packs_folder() / pack_id
    if not (folder / "scenarios").is_dir() or not (folder / "organisation.yaml").is_file():
        return {}, {}
    suite = Suite.of(folder)
    titles = {one.scenario: (one.zh or one.scenario, one.en or one.zh or one.scenario) for one in suite.scenarios}
    return {row.clause: row for row in coverage(suite)}, titles
