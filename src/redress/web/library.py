"""The guidance library: everything a policy says to the person at work, found by moment, by circumstance and by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redress.policy.engine.drafts import simplified
from redress.policy.language.drafts import Phrase
from redress.policy.language.duties import Ladder
from redress.policy.language.limits import Prohibition
from redress.policy.language.playbooks import Playbook
from redress.policy.language.words import Guidance
from redress.policy.pack import Pack

from .plain_words import names
from .plain_words.conditions import condition
from .plain_words.limits import limit
from .plain_words.triggers import moment as trigger_words
from .stages import stage_name

SORTS = {
    "step": gettext_lazy("步骤"), "say": gettext_lazy("可以说"), "avoid": gettext_lazy("不要说"), "never": gettext_lazy("不许写"),
    "hold": gettext_lazy("必须写到"), "forbidden": gettext_lazy("不许做"), "technique": gettext_lazy("方法"), "warning": gettext_lazy("当心"),
    "aim": gettext_lazy("目的"), "ladder": gettext_lazy("逐级上报"),
}  # fmt: skip
FIRST = ("overview", "desk", "register")


@dataclass(frozen=True)
class Entry:
    """One piece of guidance. ``at`` are the moments it belongs to, ``facts`` the (field, value) it is meant for."""

    id: str
    sort: str
    text: str
    details: tuple[str, ...]
    when: str
    at: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    clauses: tuple[str, ...]
    searched: str

    @property
    def word(self) -> str:
        return str(SORTS[self.sort])


@dataclass(frozen=True)
class Step:
    """A step of a playbook, to be read standing."""

    number: int
    must: str
    who: str
    limit: str
    when: str
    together: bool
    record: tuple[str, ...]
    clauses: tuple[str, ...]
    guidance: tuple[Entry, ...]


def found(
    entries: Iterable[Entry], q: str = "", sort: str = "", at: str = "", fact: str = ""
) -> list[tuple[str, list[Entry]]]:
    """(moment, entries) of what fits; an entry stands under the moment asked for, else under its first."""
    words = simplified(q).split()
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if (
            (not sort or entry.sort == sort)
            and (not at or at in entry.at)
            and (not fact or fact in {f"{field}={value}" for field, value in entry.facts})
            and all(word in entry.searched for word in words)
        ):
            groups.setdefault(at or (entry.at[0] if entry.at else ""), []).append(entry)
    return sorted(groups.items(), key=lambda item: FIRST.index(item[0]) if item[0] in FIRST else len(FIRST))


@lru_cache(maxsize=64)
def entries_of(pack: Pack, _lang: str) -> tuple[Entry, ...]:
    """Every entry of a pack in the language of the request (which is ``_lang``); worked out once per process."""
    return tuple(_entries(pack))


def _entries(pack: Pack) -> Iterator[Entry]:
    for rule in pack.source.rules:
        if isinstance(rule, Guidance):
            yield _entry(pack, rule, rule.sort, names.said(rule.text), rule.at, rule.when, (_roles(pack, rule.roles),))
        elif isinstance(rule, Phrase):
            yield _phrase(pack, rule)
        elif isinstance(rule, Prohibition):
            text = names.said(rule.say) or names.said(rule.text)
            instead = _("应改为：%(act)s") % {"act": names.act(pack, rule.instead)} if rule.instead else ""
            yield _entry(pack, rule, "forbidden", text, rule.acts, rule.when, (instead,))
        elif isinstance(rule, Ladder):
            yield _ladder(pack, rule)


def _entry(
    pack: Pack,
    rule: Guidance | Phrase | Prohibition | Ladder,
    sort: str,
    text: str,
    at: tuple[str, ...],
    when: str,
    details: Iterable[str] = (),
) -> Entry:
    kept = tuple(names.begun(detail) for detail in details if detail)
    circumstance = condition(pack, when)
    where = names.joined(moment_name(pack, one) for one in at)
    searched = simplified(" ".join((text, *kept, circumstance, where, rule.zh, rule.en)))
    return Entry(
        rule.id,
        sort,
        names.begun(text),
        kept,
        circumstance,
        at,
        tuple(facts_in(pack, when)),
        rule.own_clauses(),
        searched,
    )


def _phrase(pack: Pack, rule: Phrase) -> Entry:
    acts = tuple(act.id for act in pack.acts.values() if {item.field for item in act.form} & set(rule.fields))
    words = names.joined(names.quoted(names.chosen(word, "")) for word in rule.must_hold or rule.words)
    text = names.said(rule.say) or (words if words else names.said(rule.text))
    better = _("可改为：%(words)s") % {"words": names.said(rule.better)} if rule.better else ""
    effect = _("写了就不能提交") if rule.effect == "block" else ""
    details = (words if text != words else "", better, effect)
    return _entry(pack, rule, "hold" if rule.must_hold else "never", text, acts, rule.when, details)


def _ladder(pack: Pack, rule: Ladder) -> Entry:
    rungs = tuple(
        f"{number}. {names.any_of(pack, rung.who)}"
        + (f"{_('：')}{names.said(rung.must)}" if rung.must else "")
        + (f"{_('，')}{limit(pack, rung.within)}" if rung.within else "")
        for number, rung in enumerate(rule.rungs, 1)
    )
    return _entry(pack, rule, "ladder", names.said(rule.text), (), rule.when, rungs)


def _roles(pack: Pack, roles: tuple[str, ...]) -> str:
    return _("给%(roles)s") % {"roles": names.roles(pack, roles)} if roles else ""


def facts_in(pack: Pack, when: str) -> Iterator[tuple[str, str]]:
    """The (field, value) that a condition asks for by name: an option of a choice, ``yes`` for a fact that must hold."""
    for field, value in re.findall(r"\b([a-z_]\w*)\s*==\s*[\"']([\w.-]+)[\"']", when):
        if field in pack.fields and any(option.id == value for option in pack.fields[field].options):
            yield field, value
    for bang, field in re.findall(r"(!?)\b([a-z_]\w*)\b(?!\s*[=!<>.(\[])", when):
        if not bang and field in pack.fields and pack.fields[field].type == "yes-no":
            yield field, "yes"


def moment_name(pack: Pack, at: str) -> str:
    """A moment in words: an act, a duty, a stage, the desk, the whole."""
    if at.startswith("stage "):
        return _("阶段：%(stage)s") % {"stage": stage_name(at.removeprefix("stage "))}
    special = {"overview": _("总的原则"), "desk": _("接待时"), "": _("随时")}
    return special.get(at) or (names.act(pack, at) if at in pack.acts else names.duty(pack, at))


def fact_name(pack: Pack, field: str, value: str) -> str:
    """A circumstance in words."""
    return names.field(pack, field) if value == "yes" else names.option(pack, field, value)


def playbook_of(pack: Pack, playbook_id: str) -> Playbook | None:
    return next((rule for rule in pack.source.playbooks if rule.id == playbook_id), None)


def starts_when(pack: Pack, rule: Playbook) -> str:
    """What sets a playbook going, in words."""
    begins = _("或").join(trigger_words(pack, trigger) for trigger in rule.after)
    when = condition(pack, rule.when)
    return names.begun(begins + (f"{_('，')}{_('条件：%(condition)s') % {'condition': when}}" if when else ""))


def steps_of(pack: Pack, rule: Playbook, lang: str) -> list[Step]:
    """The steps of a playbook in order, each with the guidance that belongs to it."""
    entries = entries_of(pack, lang)
    steps = []
    for number, (written, duty) in enumerate(zip(rule.steps, rule.duties(), strict=True), 1):
        duty = pack.duties.get(duty.id, duty)
        told = tuple(entry for entry in entries if duty.id in entry.at or (set(duty.done_by) & set(entry.at)))
        record = tuple(names.field(pack, item.field) for item in duty.record)
        steps.append(
            Step(
                number,
                names.said(duty.must or duty.text),
                names.any_of(pack, duty.who),
                limit(pack, duty.within),
                condition(pack, written.when),
                written.together and number > 1,
                record,
                duty.own_clauses(),
                told,
            )
        )
    return steps
