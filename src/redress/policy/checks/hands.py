"""Duties and acts that fall to nobody."""

from __future__ import annotations

from redress.policy.language.base import Rule
from redress.policy.language.duties import Duty, Ladder, Rung
from redress.policy.language.effects import Effect
from redress.policy.language.people import Post
from redress.policy.language.periodic import Standing

from .acting import ActInPack, acts_of, always_blocked, inside, shares_a_role
from .parts import Path, models_of
from .study import Study


def check(study: Study) -> None:
    """Reports duties and acts with no one to do them, duties no act can meet, and slots nobody is named for."""
    acts = acts_of(study)
    for act in study.names.own_acts.values():
        if not inside(study, act.who):
            _nobody(study, act, ("who",), f"没有人可以做“{act.id}”", f"nobody may do '{act.id}'")
    duties: list[Duty | Standing] = [*study.names.own_duties.values(), *study.names.standing.values()]
    for duty in duties:
        _check_duty(study, duty, (), duty.id, duty, acts)
    for ladder in study.names.ladders.values():
        for index, rung in enumerate(ladder.rungs):
            _check_duty(study, ladder, ("rungs", index), f"{ladder.id}.{rung.rung}", rung, acts)
    for post in study.source.of(Post):
        role = study.names.roles.get(post.role)
        if role is not None and role.found != "seat":
            zh, en = (
                f"{post.role} 是 found: {role.found}，无法任命",
                f"{post.role} is found: {role.found}, nobody is appointed to it",
            )
            study.error(
                study.value(post, ("role",)),
                "no-seat",
                zh,
                en,
                hint_zh="职位要 found: seat 的角色",
                hint_en="A post needs a role found: seat",
            )
    _check_slots(study)


def _nobody(study: Study, rule: Rule, path: Path, zh: str, en: str) -> None:
    hint = {
        "hint_zh": "写上有账号的角色（不是 found: outside）",
        "hint_en": "Name a role with an account (not found: outside)",
    }
    study.error(study.key(rule, path), "nobody", zh, en, **hint)


def _check_duty(
    study: Study,
    rule: Rule,
    base: Path,
    name: str,
    duty: Duty | Standing | Rung,
    acts: dict[str, ActInPack],
) -> None:
    who, done_by = duty.who, duty.done_by
    if not inside(study, who):
        _nobody(study, rule, (*base, "who"), f"没有人可以履行 {name}", f"nobody can do the duty {name}")
        return
    known = [acts[act] for act in done_by if act in acts]
    if not known or len(known) < len(done_by):
        return
    blocked = always_blocked(study)
    standing = rule.id if isinstance(rule, Standing) else ""
    able = [
        act
        for act in known
        if inside(study, act.who) and act.id not in blocked and (not standing or standing in act.on)
    ]
    place = study.value(rule, (*base, "done by"))
    if not able:
        zh, en = (
            f"没有操作能完成 {name}：{_why(study, known[0], blocked, 'zh')}",
            f"no act can meet {name}: {_why(study, known[0], blocked, 'en')}",
        )
        hint = (
            {"hint_zh": f"在该操作上写 on: {standing}", "hint_en": f"Write on: {standing} on that act"}
            if standing
            else {}
        )
        study.error(place, "nobody-meets", zh, en, **hint)
    elif duty.within and not any(shares_a_role(study, who, act.who) for act in able):
        zh = f"{name} 由 {'、'.join(who)} 负责，可完成它的操作只有 {'、'.join(able[0].who)} 能做"
        en = f"{name} falls to {', '.join(who)}, but only {', '.join(able[0].who)} may do what meets it"
        hint = {
            "hint_zh": f"把角色加到操作 {able[0].id} 的 who",
            "hint_en": f"Add the role to who of the act {able[0].id}",
        }
        study.warn(place, "wrong-hands", zh, en, **hint)


def _why(study: Study, act: ActInPack, blocked: set[str], lang: str) -> str:
    zh, en = f"{act.id} 不属于这条例行义务", f"{act.id} does not belong to this standing duty"
    if not inside(study, act.who):
        zh, en = f"{act.id} 没有人可以做", f"nobody may do {act.id}"
    elif act.id in blocked:
        zh, en = f"{act.id} 一律被禁止", f"{act.id} is always forbidden"
    return zh if lang == "zh" else en


def _check_slots(study: Study) -> None:
    """A role found on the case must be named by an act, a consequence, or a person field of the same name."""
    used = _roles_used(study)
    named = _named_by_rules(study) | set(study.names.fields)
    for role in study.names.roles.values():
        if role.found == "person" and role.id in used and not role.set_by and role.id not in named:
            zh, en = f"没有操作或后果给 {role.id} 指定人选", f"no act or consequence names who is {role.id}"
            hint = {
                "hint_zh": "写 set by: 操作，或后果 assign",
                "hint_en": "Write set by: ACT, or a consequence assign",
            }
            study.warn(study.value(role, ("role",)), "never-named", zh, en, **hint)


def _roles_used(study: Study) -> set[str]:
    kinds = (Duty, Standing)
    used = {role for kind in kinds for rule in study.source.of(kind) for role in rule.who}
    used |= {role for ladder in study.source.of(Ladder) for rung in ladder.rungs for role in rung.who}
    return used | {role for act in study.names.own_acts.values() for role in act.who}


def _named_by_rules(study: Study) -> set[str]:
    named: set[str] = set()
    for rule in study.source.rules:
        for _, model in models_of(rule):
            if isinstance(model, Effect) and model.assign:
                named.add(model.assign.slot)
                named |= study.names.options(model.assign.slot_field) or set()
    return named
