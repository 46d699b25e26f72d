"""What each key of the language names. A test holds that every key that can hold a name is listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from redress.policy.language import (
    acts,
    drafts,
    duties,
    effects,
    forms,
    limits,
    pack,
    papers,
    people,
    periodic,
    rulings,
    sums,
    words,
)

from .catalogue import STAGES, VOTE, Catalogue

Names = Callable[[Catalogue], set[str]]


@dataclass(frozen=True)
class Sort:
    """A sort of thing a key can name: its words, and the names allowed in a pack."""

    code: str
    zh: str
    en: str
    names: Names
    needs: str = ""
    """The consequence that must stand somewhere before the name can be used, such as ``mark``."""


def _fields(*types: str) -> Names:
    def of(names: Catalogue) -> set[str]:
        broken = {rule_id for kind, rule_id in names.broken if kind == "field"}
        return broken | {field.id for field in names.fields.values() if not types or field.type in types}

    return of


def _people(names: Catalogue) -> set[str]:
    return {role.id for role in names.roles.values() if role.found == "person"} | _fields("person")(names)


def _columns(names: Catalogue) -> set[str]:
    return names.of("field") | names.of("number") | names.of("role") | {"registered_at", "closed_at", "unit", "stage"}


ROLE = Sort("role", "角色", "role", lambda n: n.of("role"))
PERSON = Sort(
    "role",
    "案件中的人（found: person 的角色或人员字段）",
    "person on the case (a role found: person, or a person field)",
    _people,
)
BEARER = Sort(
    "role",
    "角色、人员字段或单位字段",
    "role, person field or unit field",
    lambda n: n.of("role") | _fields("person", "unit")(n),
)
FIELD = Sort("field", "字段", "field", _fields())
UNIT_FIELD = Sort("field", "单位字段", "unit field", _fields("unit", "units"))
DATE_FIELD = Sort("field", "日期字段", "date field", _fields("date", "datetime"))
MONEY_FIELD = Sort("field", "金额字段", "money field", _fields("money"))
PERSON_FIELD = Sort("field", "人员字段", "person field", lambda n: {"actor"} | _fields("person")(n))
YES_NO_FIELD = Sort("field", "是否字段", "yes-no field", _fields("yes-no"))
CHOICE_FIELD = Sort("field", "选项字段", "choice field", _fields("choice"))
COLUMN = Sort("field", "字段、编号或角色", "field, number or role", _columns)
ACT = Sort("act", "操作", "act", lambda n: n.acts)
ACT_OR_VOTE = Sort("act", "操作", "act", lambda n: n.acts | {VOTE})
DUTY = Sort("duty", "义务", "duty", lambda n: n.duties)
DUTY_OR_ALL = Sort("duty", "义务", "duty", lambda n: n.duties | {"all"})
PATTERN = Sort("pattern", "同类规则", "pattern", lambda n: n.of("pattern"))
DUTY_OPEN_OR_ALL = Sort("duty", "义务", "duty", lambda n: n.duties | {"open", "all"})
AUTHORITY = Sort("authority", "权限", "authority", lambda n: n.of("authority"))
APPROVAL = Sort("approval", "审批", "approval", lambda n: n.of("approval"))
LADDER = Sort("ladder", "上报阶梯", "ladder", lambda n: n.of("ladder"))
CALENDAR = Sort("calendar", "日历", "calendar", lambda n: n.of("calendar"))
STANDING = Sort("standing", "例行义务", "standing duty", lambda n: n.of("standing"))
REPORT = Sort("report", "报告", "report", lambda n: n.of("report"))
WORKSHEET = Sort("compensation", "赔偿单", "worksheet (compensation)", lambda n: n.of("compensation"))
MEASURE = Sort("measure", "指标", "measure", lambda n: n.of("measure"))
MARK = Sort("mark", "标记", "mark", lambda n: n.marks, needs="mark")
MOMENT = Sort(
    "moment", "时机（操作、义务、stage 阶段、desk、overview）", "moment (an act, a duty, stage X, desk or overview)",
    lambda n: n.acts | n.duties | {f"stage {stage}" for stage in STAGES} | {"desk", "overview"},
)  # fmt: skip
STEP = Sort("step", "操作或阶段", "act or stage", lambda n: n.acts | set(STAGES))

SINGLE: Mapping[tuple[type[BaseModel], str], Sort] = {
    (people.Role, "at"): UNIT_FIELD,
    (people.Role, "stands_in_for"): ROLE,
    (people.Role, "set_by"): ACT,
    (people.Post, "role"): ROLE,
    (people.Authority, "acts"): ACT,
    (people.Authority, "amount"): MONEY_FIELD,
    (people.Authority, "pattern"): PATTERN,
    (people.Authority, "instead"): ACT,
    (people.Approver, "role"): ROLE,
    (people.Approval, "by"): ROLE,
    (people.Approval, "amount"): MONEY_FIELD,
    (people.Approval, "calendar"): CALENDAR,
    (people.Appeal, "who"): ROLE,
    (people.Appeal, "by"): ROLE,
    (people.Appeal, "calendar"): CALENDAR,
    (people.Recusal, "who"): PERSON,
    (people.Recusal, "acts"): ACT_OR_VOTE,
    (acts.Act, "who"): ROLE,
    (acts.Act, "on"): STANDING,
    (duties.Duty, "who"): ROLE,
    (duties.Duty, "for_each"): UNIT_FIELD,
    (duties.Duty, "calendar"): CALENDAR,
    (duties.Duty, "done_by"): ACT,
    (duties.Duty, "part_of"): DUTY,
    (duties.Limit, "by"): CHOICE_FIELD,
    (duties.Limit, "until"): DATE_FIELD,
    (duties.Limit, "from_"): DATE_FIELD,
    (duties.Reminder, "to"): ROLE,
    (duties.Rung, "who"): ROLE,
    (duties.Rung, "calendar"): CALENDAR,
    (duties.Rung, "done_by"): ACT,
    (duties.Ladder, "climbs_by"): ACT,
    (limits.Gate, "before"): ACT,
    (limits.Prohibition, "acts"): ACT,
    (limits.Prohibition, "instead"): ACT,
    (rulings.Decision, "sets"): FIELD,
    (rulings.Pattern, "same"): FIELD,
    (rulings.Pattern, "different_by"): PATTERN,
    (rulings.Pattern, "found_if"): YES_NO_FIELD,
    (papers.Book, "columns"): COLUMN,
    (papers.Book, "locked_by"): ACT,
    (papers.Document, "fields"): COLUMN,
    (papers.Document, "filled_by"): ROLE,
    (papers.Document, "signed_by"): ROLE,
    (periodic.Standing, "who"): ROLE,
    (periodic.Standing, "calendar"): CALENDAR,
    (periodic.Standing, "done_by"): ACT,
    (periodic.Standing, "report"): REPORT,
    (periodic.Measure, "by"): FIELD,
    (periodic.Measure, "from_"): STEP,
    (periodic.Measure, "to"): STEP,
    (periodic.Section, "measures"): MEASURE,
    (periodic.Section, "field"): FIELD,
    (periodic.Report, "to"): ROLE,
    (words.Guidance, "at"): MOMENT,
    (words.Guidance, "roles"): ROLE,
    (forms.FormField, "field"): FIELD,
    (drafts.Phrase, "fields"): FIELD,
    (drafts.Phrase, "beyond"): AUTHORITY,
    (sums.Need, "field"): FIELD,
    (sums.Item, "approval"): APPROVAL,
    (sums.Compensation, "acts"): ACT,
    (sums.Compensation, "amount"): MONEY_FIELD,
    (effects.Assign, "slot"): PERSON,
    (effects.Assign, "slot_field"): FIELD,
    (effects.Assign, "to"): PERSON_FIELD,
    (effects.Extend, "duties"): DUTY_OR_ALL,
    (effects.Extend, "until"): DATE_FIELD,
    (effects.Entry, "kind_field"): FIELD,
    (effects.Entry, "amount_field"): MONEY_FIELD,
    (effects.Entry, "on"): BEARER,
    (effects.Entry, "approval"): APPROVAL,
    (effects.Effect, "notify"): ROLE,
    (effects.Effect, "on"): BEARER,
    (effects.Effect, "by"): CHOICE_FIELD,
    (effects.Effect, "unmark"): MARK,
    (effects.Effect, "climb"): LADDER,
    (effects.Effect, "pause"): DUTY_OR_ALL,
    (effects.Effect, "resume"): DUTY_OR_ALL,
    (effects.Effect, "cancel"): DUTY_OR_ALL,
    (effects.Effect, "waive"): DUTY_OPEN_OR_ALL,
    (effects.Effect, "ask"): APPROVAL,
    (pack.Head, "calendar"): CALENDAR,
    (pack.Head, "unit_field"): UNIT_FIELD,
}
"""Keys that hold one name, or a list of names, of one sort."""

KEYED: Mapping[tuple[type[BaseModel], str], Sort] = {
    (people.Authority, "limits"): ROLE,
    (effects.Effect, "set"): FIELD,
    (periodic.Standing, "found_as"): FIELD,
}
"""Keys that hold a table whose keys are names."""

TRIGGERS = {
    (kind, "after")
    for kind in (
        duties.Duty,
        duties.Ladder,
        rulings.Decision,
        rulings.Reaction,
        rulings.Pattern,
        rulings.Pattern,
        papers.Number,
        papers.Book,
        papers.Document,
    )
} | {(duties.Duty, "cancelled_by"), (duties.Ladder, "ends_by")}
"""Keys that hold triggers."""

CONDITIONS = {"when", "needs", "done_when", "unless", "where", "among", "required"}
"""Keys that hold a condition, in whatever model."""
