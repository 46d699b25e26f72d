"""What things of a pack are called, in the language of the request."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language, gettext

from redress.calendars import Span, SpanError
from redress.policy.implied import APPROVING
from redress.policy.language.base import Text
from redress.policy.language.traditional import in_script
from redress.policy.pack import Pack


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
    """A field's name; a number series may stand among the fields of a paper."""
    found = pack.fields.get(name) or pack.numbers.get(name)
    return said(found.text) if found else name


def mark(pack: Pack, name: str) -> str:
    """A mark: the words of a rule of that name, else of the act, duty or reaction that sets it; its id where none has words."""
    setters = (
        rule for rule in pack.source.rules if rule.zh and any(e.mark == name for e in getattr(rule, "then", ()) or ())
    )
    rule = pack.rule(name) or next(setters, None)
    return said(rule.text) if rule else name


def rung(pack: Pack, name: str) -> str:
    """Who is asked on a rung (``ladder.rung``)."""
    ladder, _dot, step = name.partition(".")
    rule = pack.ladders.get(ladder)
    found = next((item for item in rule.rungs if item.rung == step), None) if rule else None
    return any_of(pack, found.who) if found else name


def act(pack: Pack, name: str) -> str:
    return (
        said(pack.acts[name].text)
        if name in pack.acts
        else (said(pack.duties[name].text) if name in pack.duties else name)
    )


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
    try:
        return in_script(Span.parse(str(pack.parameter(written))).describe(language()), language())
    except SpanError:
        return chosen(str(written), "")


def money(pack: Pack, written: object) -> str:
    return gettext("%(sum)s 元") % {"sum": f"{pack.money(written):f}".removesuffix(".00")}  # type: ignore[arg-type]


def entry_kind(pack: Pack, kind: str) -> str:
    """What a line of the ledger is called: in the pack's words; a fine has its own."""
    words = pack.line_texts.get(kind)
    return said(words) if words else gettext("罚款") if kind == "fine" else chosen(kind, "")


def begun(sentence: str) -> str:
    """The sentence with a capital letter first, where its script has them."""
    return sentence[:1].upper() + sentence[1:]


def joined(words: Iterable[str]) -> str:
    return gettext("、").join(word for word in words if word)


def quoted(words: str) -> str:
    return gettext("「%(words)s」") % {"words": words}
