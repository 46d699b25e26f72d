"""What can ever happen: rules whose trigger never comes, rungs never climbed, signals never heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redress.policy.engine.life import LIFE
from redress.policy.language.base import Rule
from redress.policy.language.duties import Duty, Ladder
from redress.policy.language.limits import Gate
from redress.policy.language.rulings import Reaction

from .happenings import Happenings
from .parts import Path, effects_of, id_of, kind_of, parts_of
from .references import TRIGGERS
from .study import Study
from .triggers import FORMS, SINGLE, split

HAPPENS = {
    "done": "", "done_this_round": "", "met": "met", "late": "late", "asked": "ask", "approved": "approved",
    "refused": "refused", "rungs": "rung", "marks": "mark",
}  # fmt: skip
"""Lists that fill up as things happen, with the first word of the trigger by which each thing happens."""
MEMBER = re.compile(r"""["']([\w.-]+)["']\s+in\s+([a-z_]+)""")


def askings(study: Study) -> Iterator[tuple[Rule, Path, str]]:
    """Every consequence that asks for an approval: (rule, path, approval)."""
    for rule in study.source.rules:
        for path, effect in effects_of(rule):
            name = effect.ask or (effect.entry.approval if effect.entry else "")
            if name:
                yield rule, path, name


def check(study: Study) -> None:
    """Reports what can never happen in the pack as written."""
    world = Happenings(study)
    _check_direct(study, world)
    if not study.told:  # else what seems out of reach may only follow from a name that is told already
        _check_rules(study, world)
        for gate in study.source.of(Gate):
            _check_gate(study, world, gate)
    for ladder in study.source.of(Ladder):
        _check_rungs(study, ladder)
    _check_heard(study)


def _check_direct(study: Study, world: Happenings) -> None:
    """Triggers that never come for a reason that lies in what they name."""
    for rule in study.source.rules:
        for part in parts_of(rule):
            if (type(part.owner), part.key) not in TRIGGERS:
                continue
            form, name = split(str(part.value))
            why = _why(study, world, form, name)
            if why:
                zh, en = f"“{part.value}”永远不会发生：{why[0]}", f"'{part.value}' never happens: {why[1]}"
                study.error(study.value(rule, part.path), "never-fires", zh, en)


def _why(study: Study, world: Happenings, form: str, name: str) -> tuple[str, str] | None:
    if form == "late" and name in study.names.duties and not world.has_limit(name):
        return f"{name} 没有时限", f"{name} has no limit"
    if form == "stage" and name == "registered":
        return "登记不是换阶段，请写 register", "a case starts there; write register"
    if form == "stage" and name in LIFE.values() and not world.fires(f"stage {name}"):
        return "没有操作或后果走到这一阶段", "no act and no consequence leads there"
    if form == "set" and name in study.names.fields and name not in world.settable:
        return "没有表单或后果填写这个字段", "no form and no consequence fills this field"
    if form == "round" and not any(effect.new_round for effect in study.names.effects):
        return "没有后果 new round", "no consequence starts a new round"
    return None


def _check_rules(study: Study, world: Happenings) -> None:
    """Duties, ladders and reactions none of whose triggers ever comes; those that only wait for such a rule are not told."""
    dead: dict[str, Rule] = {}
    for kind in (Duty, Ladder, Reaction):
        for rule in study.source.of(kind):
            known = all(_is_known(study, trigger) for trigger in rule.after)
            if known and not any(world.fires(trigger) for trigger in rule.after):
                dead[f"{kind_of(rule)} {id_of(rule)}"] = rule
    direct = [key for key, rule in dead.items() if not _waits_for(rule, dead)]
    explained = _followers(dead, direct)
    told_directly = {key for key in direct if any(_why(study, world, *split(t)) for t in dead[key].after)}  # type: ignore[attr-defined]
    for key, rule in dead.items():
        if key in told_directly or (key in explained and key not in direct):
            continue
        triggers = "、".join(rule.after)  # type: ignore[attr-defined]
        zh = f"{rule.id} 永远不会开始：{triggers} 从不发生"
        en = f"{rule.id} never starts: {triggers.replace('、', ', ')} never happens"
        study.error(study.value(rule, ("after",)), "unreachable", zh, en)


def _is_known(study: Study, trigger: str) -> bool:
    form, name = split(trigger)
    if form in SINGLE:
        return True
    return name in (study.names.acts if form == "act" else FORMS[form].names(study.names) if form in FORMS else ())


def _waits_for(rule: Rule, dead: dict[str, Rule]) -> set[str]:
    """The dead rules that this one's triggers name."""
    names = {split(trigger)[1].split(".")[0] for trigger in rule.after}  # type: ignore[attr-defined]
    return {key for key, other in dead.items() if other.id in names}


def _followers(dead: dict[str, Rule], roots: list[str]) -> set[str]:
    found = set(roots)
    while True:
        more = {key for key, rule in dead.items() if key not in found and _waits_for(rule, dead) & found}
        if not more:
            return found
        found |= more


def _check_rungs(study: Study, ladder: Ladder) -> None:
    climbed = any(effect.climb == ladder.id for effect in study.names.effects)
    acts = {act for rung in ladder.rungs for act in rung.done_by or (f"{ladder.id}.{rung.rung}",)}
    for index, act in enumerate(ladder.climbs_by):
        if act in study.names.acts and act not in acts:
            zh, en = (
                f"{act} 不是任何一级的操作，做了也不会上报",
                f"{act} is no act of any rung, so doing it climbs nothing",
            )
            study.error(
                study.value(ladder, ("climbs by", index)),
                "no-climb",
                zh,
                en,
                hint_zh="写进那一级的 done by",
                hint_en="Put it into done by of a rung",
            )
    for index, rung in enumerate(ladder.rungs[:-1]):
        own = rung.done_by or (f"{ladder.id}.{rung.rung}",)
        late = ladder.climbs_when_late and rung.within is not None
        if not (climbed or late or set(own) & set(ladder.climbs_by)):
            above = ladder.rungs[index + 1].rung
            zh, en = (
                f"到不了 {ladder.id} 的 {above} 级：{rung.rung} 级没有向上的路",
                f"rung {above} of {ladder.id} is never reached: nothing leads up from {rung.rung}",
            )
            hint = {
                "hint_zh": "写 climbs when late: yes 和 within，或 climbs by",
                "hint_en": "Write climbs when late: yes with a within, or climbs by",
            }
            study.error(study.value(ladder, ("rungs", index + 1, "rung")), "no-climb", zh, en, **hint)
            return


def _check_gate(study: Study, world: Happenings, gate: Gate) -> None:
    """A gate that waits for what can never have happened: the plain case ``"x" in done`` among its conjuncts."""
    for conjunct in gate.needs.split("&&"):
        found = MEMBER.fullmatch(conjunct.strip(" \n()"))
        if not found or found[2] not in HAPPENS:
            continue
        form, name = HAPPENS[found[2]], found[1]
        trigger = f"{form} {name}".strip()
        if _is_known(study, trigger) and not world.fires(trigger):
            zh, en = f"{gate.id} 永远打不开：{trigger} 从不发生", f"{gate.id} never opens: {trigger} never happens"
            place = study.within(gate, ("needs",), gate.needs.index(name))
            study.error(place, "never-opens", zh, en)


def _check_heard(study: Study) -> None:
    heard = {str(p.value) for rule in study.source.rules for p in parts_of(rule) if (type(p.owner), p.key) in TRIGGERS}
    for rule in study.source.rules:
        for path, effect in effects_of(rule):
            name = effect.signal or effect.new_round
            if (
                name
                and ("signal", name) not in study.told
                and f"signal {name}" not in heard
                and not (effect.new_round and "round" in heard)
            ):
                zh, en = f"信号 {name} 没有规则接收", f"no rule listens for the signal {name}"
                key = "signal" if effect.signal else "new round"
                hint = {"hint_zh": f"写 after: signal {name}", "hint_en": f"Write after: signal {name}"}
                study.warn(study.value(rule, (*path, key)), "unheard", zh, en, **hint)
