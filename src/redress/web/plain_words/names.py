"""What things of a pack are called, in the language of the request."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import get_language, gettext

from redress.calendars import Span, SpanError
from redress.policy.implied import APPROVING
from redress.policy.language.base import Text
from redress.policy.language.traditional import in_script
from redress.policy.pack import Pack
from redress.web.set_up.kinds import kind_words
from redress.web.stages import stage_name


def language() -> str:
    """The language of the request, such as ``zh-hans``."""
    return get_language() or "zh-hans"


def said(text: Text | None) -> str:
    """Words of a pack in the language of the request."""
    return text.of(language()) if text else ""


def chosen(zh: str, en: str) -> str:
    """Words that the programme or a pack has in Chinese and English, in the language and script of the request."""
    return en if en and language().startswith("en") else in_script(zh, language())


def role(pack: Pack, name: str) -> str:
    return said(pack.role_text(name)) if name in pack.roles else field(pack, name)


def roles(pack: Pack, names: Iterable[str]) -> str:
    return joined(role(pack, name) for name in names)


def any_of(pack: Pack, names: Iterable[str]) -> str:
    return gettext("或").join(role(pack, name) for name in names)


def field(pack: Pack, name: str) -> str:
    """A field's name; a paper or a book may name a number series, a role or the time of registration among its fields."""
    if name == "registered_at":
        return gettext("登记时间")
    if name in pack.numbers:
        return said(pack.numbers[name].text) if pack.numbers[name].zh else gettext("编号")
    found = pack.fields.get(name) or pack.roles.get(name)
    return said(found.text) if found else name


def parameter(pack: Pack, written: str) -> str:
    """What ``$rate`` is called."""
    found = pack.rule(written.removeprefix("$"))
    return said(found.text) if found else written


def rule(pack: Pack, name: str) -> str:
    """A rule of any kind by its id: what it demands or is called, else its id."""
    found = pack.rule(name)
    if name in pack.duties and not (found and found.zh):
        return duty(pack, name)
    return said(found.text) if found else name


def value(pack: Pack, name: str, written: str) -> str:
    """A value of the field ``name``: its option's words, or those of what it names (a stage, a sort of unit, a role)."""
    if name == "stage":
        return stage_name(written)
    if name == "unit_kind":
        return kind_words(written)
    words = option(pack, name, written)
    return role(pack, written) if words == written and written in pack.roles else words


def rung(pack: Pack, name: str) -> str:
    """Who is asked on a rung (``ladder.rung``)."""
    ladder, _dot, step = name.partition(".")
    rule = pack.ladders.get(ladder)
    found = next((item for item in rule.rungs if item.rung == step), None) if rule else None
    return any_of(pack, found.who) if found else name


def act(pack: Pack, name: str) -> str:
    if name == "decide":  # a recusal may name it beside the acts of the pack
        return gettext("审批")
    return said(pack.acts[name].text) if name in pack.acts else duty(pack, name)


def duty(pack: Pack, name: str) -> str:
    """What a duty demands, in a few words."""
    if name.startswith(APPROVING):
        return gettext("批准：%(what)s") % {"what": said(pack.approvals[name.removeprefix(APPROVING)].text)}
    rule = pack.duties.get(name)
    return said(rule.must or rule.text) if rule else name


def option(pack: Pack, field_id: str, value: str) -> str:
    rule = pack.fields.get(field_id)
    found = next((item for item in rule.options if item.id == value), None) if rule else None
    return said(found.text) if found else value


def span(pack: Pack, written: str | None) -> str:
    """A duration in words, resolved where a parameter names it."""
    if written is None:
        return ""
    value = pack.parameter(written)
    try:
        return in_script(Span.parse(str(value)).describe(language()), language())
    except SpanError:
        return number(value) or chosen(str(value), "")


def money(pack: Pack, written: object) -> str:
    return gettext("%(sum)s 元") % {"sum": f"{pack.money(written):,f}".removesuffix(".00")}  # type: ignore[arg-type]


def number(value: object) -> str:
    """A number with its thousands set apart; "" for what is none."""
    return f"{value:,}" if isinstance(value, int | Decimal) else ""


def entry_kind(pack: Pack, kind: str) -> str:
    """What a line of the ledger is called: in the pack's words; a fine has its own."""
    words = pack.line_texts.get(kind)
    return said(words) if words else gettext("罚款") if kind == "fine" else chosen(kind, "")


def run(*words: str) -> str:
    """Words one after the other: apart in a script that parts its words, else only where two Latin ones would meet."""
    between = " " if language().startswith("en") else ""
    whole = ""
    for word in filter(None, words):
        meets = bool(whole) and whole[-1].isascii() and word[0].isascii() and whole[-1] != " " and word[0] != " "
        whole += (between if whole else "") or (" " if meets else "")
        whole += word
    return whole


def begun(sentence: str) -> str:
    """The sentence with a capital letter first, where its script has them."""
    return sentence[:1].upper() + sentence[1:]


def joined(words: Iterable[str]) -> str:
    return gettext("、").join(word for word in words if word)


def quoted(words: str) -> str:
    return gettext("「%(words)s」") % {"words": words}
