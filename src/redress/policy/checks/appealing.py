"""Appeals that nobody could rule on, or that are about lines no rule ever enters."""

from __future__ import annotations

from redress.policy.errors import meant
from redress.policy.language.people import Appeal

from .acting import inside
from .parts import effects_of
from .study import Study


def check(study: Study) -> None:
    """Reports appeals with nobody to rule, and kinds of lines that are never entered."""
    kinds = _kinds(study)
    for appeal in study.source.of(Appeal):
        if not inside(study, appeal.by):
            zh, en = f"没有人可以裁定 {appeal.id}", f"nobody can rule on {appeal.id}"
            hint = {"hint_zh": "写上有账号的角色", "hint_en": "Name a role with an account"}
            study.error(study.key(appeal, ("by",)), "nobody", zh, en, **hint)
        for index, kind in enumerate(appeal.kinds):
            if kinds is not None and kind not in kinds:
                zh, en = f"没有规则记入种类为“{kind}”的台账", f"no rule enters a ledger line of kind '{kind}'"
                study.error(study.value(appeal, ("kinds", index)), "no-such-line", zh, en, **meant(kind, kinds))


def _kinds(study: Study) -> set[str] | None:
    """The kinds of lines that are entered; None where a field without options decides."""
    found: set[str] = set()
    for rule in study.source.rules:
        for _, effect in effects_of(rule):
            found |= {"fine"} if effect.fine is not None else set()
            if effect.entry is not None and effect.entry.kind_field:
                options = study.names.options(effect.entry.kind_field)
                if options is None:
                    return None
                found |= options
            if effect.entry is not None and effect.entry.kind:
                found.add(effect.entry.kind)
    return found
