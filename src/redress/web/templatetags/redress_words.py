"""What the templates say: words of a pack, clause chips, times and countdowns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redress.policy.language.base import Text
from redress.policy.pack import Pack
from redress.web import durations
from redress.web.asking import voting_act
from redress.web.case_sheet import slot_of
from redress.web.forms import FieldView, form_view
from redress.web.forms.shown import shown
from redress.web.plain_words import names, rule_words, sums
from redress.web.plain_words.case_names import case_name
from redress.web.plain_words.channels import channel_name
from redress.web.stages import stage_name

register = template.Library()


@register.filter
def said(text: Any) -> str:
    """Words of a pack (a ``Text``, or anything with ``text``) in the language of the request."""
    return names.said(text if isinstance(text, Text) else text.text)


register.filter("stage_name", stage_name)
register.filter("in_words", durations.in_words)
register.simple_tag(channel_name)


@register.simple_tag
def clauses(pack: Pack, ids: Iterable[str]) -> SafeString:
    """A chip per clause, linked to the policy page, with the clause's words on hover and focus."""
    policy = reverse("policy")
    chips = []
    for clause_id in dict.fromkeys(ids):
        clause = pack.clauses.get(clause_id)
        text = names.chosen(clause.zh, clause.en) if clause else clause_id
        label = clause_id.removeprefix(f"{pack.id}-")
        chips.append((policy, clause_id, _("条款 %(ref)s：%(text)s") % {"ref": label, "text": text}, label, text))
    if not chips:
        return mark_safe("")
    inner = format_html_join(
        "", '<a class="clause" href="{}#{}" aria-label="{}">{}<span class="tip" aria-hidden="true">{}</span></a>', chips
    )
    return format_html('<span class="clauses">{}</span>', inner)


@register.simple_tag
def when(at: datetime | None, now: datetime) -> SafeString:
    """A time in words, with the exact one on hover."""
    if at is None:
        return mark_safe("")
    exact = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        exact.isoformat(),
        f"{exact:%Y-%m-%d %H:%M:%S}",
        durations.moment(at, now),
    )


@register.simple_tag
def count_down(due: datetime | None, now: datetime, start: datetime | None = None, clock: str = "ours") -> SafeString:
    """How long is left; the server writes it, so that it is right without a script.

    ``clock``: "ours" runs on in the browser; "drill" does so at the drill's speed, in digits; "still" stands.
    """
    told = durations.countdown(due, now, start)
    if told.due is None:
        return format_html('<span class="count-down calm">{}</span>', told.lead)
    left = format_html_join("", '{}<span class="unit">{}</span>', told.parts)
    return format_html(
        '<time class="count-down {}"{} datetime="{}"><span class="lead">{}</span><span class="left">{}</span></time>',
        told.state,
        format_html(RUNS[clock], told.due.isoformat(), told.soon_from.isoformat() if told.soon_from else ""),
        timezone.localtime(told.due).isoformat(),
        told.lead,
        durations.digits(abs(told.due - now)) if clock == "drill" else left,
    )


RUNS = {"ours": ' data-due="{}" data-soon="{}"', "drill": ' data-drill-due="{}" data-drill-soon="{}"', "still": ""}
"""How each clock tells ``countdown.js`` or ``drill.js`` to let a countdown run."""


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html('<svg aria-hidden="true"><use href="{}#{}"></use></svg>', static("web/icons.svg"), name)


@register.simple_tag
def duty_name(pack: Pack, rule: str) -> str:
    return names.duty(pack, rule)


@register.filter
def clause_text(clause: Any) -> str:
    """A clause's words in the language of the request."""
    return names.chosen(clause.zh, clause.en)


@register.filter
def policy_title(head: Any) -> str:
    return names.chosen(head.zh, head.en)


@register.filter
def policy_summary(head: Any) -> str:
    return names.chosen(head.summary_zh or "", head.summary_en or "")


GROUPS = {
    "customer": gettext_lazy("客户"),
    "matter": gettext_lazy("事情经过"),
    "rating": gettext_lazy("分类"),
    "place": gettext_lazy("归属"),
}
SORTS = {
    "step": gettext_lazy("步骤"), "say": gettext_lazy("可以说"), "avoid": gettext_lazy("不要说"), "technique": gettext_lazy("方法"),
    "warning": gettext_lazy("当心"), "aim": gettext_lazy("目的"),
}  # fmt: skip


@register.simple_tag
def group_name(group: str) -> str:
    return str(GROUPS[group])


@register.simple_tag
def guidance_sort(sort: str) -> str:
    return str(SORTS[sort])


@register.simple_tag
def act_name(pack: Pack, act: str) -> str:
    return names.act(pack, act)


@register.simple_tag
def unit_name(directory: Any, unit: str) -> str:
    return str(directory.unit_text(unit).of(names.language()))


@register.simple_tag
def person_name(directory: Any, person: str) -> str:
    return str(directory.person_text(person).of(names.language())) if person else _("制度")


@register.simple_tag
def in_language(texts: dict[str, str]) -> str:
    """One of two texts, by the language of the request."""
    return names.chosen(texts["zh"], texts["en"])


@register.simple_tag
def span_words(pack: Pack, span: str) -> str:
    """A duty's span: a duration, or the field with the agreed date."""
    if span.startswith("until "):
        return _("约定的%(field)s") % {"field": names.quoted(names.field(pack, span.removeprefix("until ")))}
    return names.span(pack, span)


@register.simple_tag
def shift_words(shift: Any, now: datetime) -> str:
    """A change of a due time in words."""
    why = {
        "extended": _("经批准延期"),
        "resumed": _("恢复计时"),
        "recomputed": _("日历公布后重新计算"),
        "agreed": _("改为约定时间"),
        "changed": _("随级别改变"),
        "renewed": _("按现行制度和日历重算"),
    }
    new = durations.moment(shift.new, now) if shift.new else _("无时限")
    return f"{why.get(shift.why, shift.why)} → {new}"


@register.simple_tag
def fact_text(file: Any, name: str) -> str:
    """A field's value in words, "" where it has none."""
    rule = file.pack.fields.get(name)
    return shown(rule, file.case.fields.get(name), file.directory, file.pack.zone(), names.language())


@register.simple_tag
def entry_words(pack: Pack, line: Any) -> str:
    """A ledger line's kind and sum."""
    kind = names.entry_kind(pack, line.kind)
    return f"{kind} {names.money(pack, line.amount)}" if line.amount else kind


@register.simple_tag
def ledger_bearer(file: Any, line: Any) -> str:
    """On whom a ledger line is: the person, or the role in its unit."""
    lang = names.language()
    if line.person:
        return str(file.directory.person_text(line.person).of(lang))
    return f"{names.role(file.pack, line.role)} · {file.directory.unit_text(line.unit).of(lang)}"


LINE_STATUS = {
    "proposed": gettext_lazy("建议"),
    "confirmed": gettext_lazy("已确认"),
    "waived": gettext_lazy("已免除"),
    "appealed": gettext_lazy("申诉中"),
}


@register.simple_tag
def ledger_kind(pack: Pack, kind: str) -> str:
    """What a line of the ledger is called."""
    return names.entry_kind(pack, kind)


@register.simple_tag
def line_status(status: str) -> str:
    return str(LINE_STATUS.get(status, status))


REQUEST_STATUS = {
    "asked": gettext_lazy("等待批准"), "approved": gettext_lazy("已批准"), "refused": gettext_lazy("未批准"),
    "withdrawn": gettext_lazy("不再需要"),
}  # fmt: skip


@register.simple_tag
def request_status(status: str) -> str:
    return str(REQUEST_STATUS.get(status, status))


@register.filter
def slot(key: str) -> str:
    """The id of the place on the page where the forms of a duty open."""
    return slot_of(key)


@register.simple_tag
def vote_fields(file: Any, request: Any) -> list[FieldView]:
    """What an approver records with the answer."""
    return form_view(
        file.pack, voting_act(file.pack, request.approval), file.directory, names.language(), case=file.case
    )


@register.simple_tag
def option_name(pack: Pack, field: str, value: str) -> str:
    return names.option(pack, field, value)


@register.filter
def yuan(amount: Any) -> str:
    """A sum in yuan."""
    return sums.yuan(amount)


@register.simple_tag
def called(pack: Pack, row: Any) -> str:
    """What a list calls the case of a row."""
    category, channel = (getattr(row, facet, "") for facet in ("category", "channel"))
    return case_name(pack, row.title, category=category, channel=channel, number=row.number)


@register.simple_tag
def rule_sentence(pack: Pack, rule: Any) -> str:
    """A rule in a sentence."""
    return rule_words(pack, rule).sentence


@register.simple_tag
def role_name(pack: Pack, role: str) -> str:
    return names.role(pack, role)


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """The value of a key that a template cannot spell."""
    return mapping.get(key)


@register.simple_tag
def better(finding: Any) -> str:
    """The wording a draft check proposes, in the language of the request; "" for none."""
    return names.chosen(finding.better_zh, finding.better_en)


@register.simple_tag
def payer_name(pack: Pack, payer: str) -> str:
    """Who pays a line of a worksheet: the words of the role of that name, or of the option that names it."""
    if payer in pack.roles:
        return names.role(pack, payer)
    options = (option for field in pack.fields.values() for option in field.options if option.id == payer)
    found = next(options, None)
    return names.said(found.text) if found else _("本单位") if payer == "company" else payer
