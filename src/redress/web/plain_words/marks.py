"""What a mark is called. A pack gives a mark no words of its own: it is told by what sets it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from redress.policy.language.effects import Effect
from redress.policy.pack import Pack

from . import names


def mark(pack: Pack, name: str) -> str:
    """The words of a rule of that name, else of the lateness, the condition or the rule that sets it; else its id."""
    from .conditions import condition  # a condition may look into the marks, and a mark may be told by a condition

    named = pack.rule(name)
    if named and named.zh:
        return names.said(named.text)
    setters = sorted(_setters(pack, name), key=lambda setter: setter[0])
    for sort, rule, effect in setters:
        if sort == LATE:
            return _("%(what)s逾期") % {"what": names.rule(pack, rule.id)}
        if effect.when and name not in effect.when:
            return condition(pack, effect.when)
        words = names.rule(pack, rule.id)
        if words != rule.id:
            return words
    return name


LATE, ALWAYS, SOMETIMES = range(3)


def _setters(pack: Pack, name: str) -> Iterator[tuple[int, Any, Effect]]:
    """(what sort of setting, rule, effect), for each place where the mark is set."""
    for rule in [*pack.source.rules, *pack.duties.values()]:
        for key in ("if_late", "then", "if_approved", "if_refused"):
            for effect in getattr(rule, key, ()) or ():
                if effect.mark == name:
                    yield LATE if key == "if_late" else SOMETIMES if effect.when else ALWAYS, rule, effect
