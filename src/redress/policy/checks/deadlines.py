"""Deadlines that contradict each other or can never bite: parts and wholes, reminders, calendars, limits without use."""

from __future__ import annotations

from redress.calendars import Span
from redress.policy.language.base import Rule
from redress.policy.language.duties import Duty, Ladder, Limit
from redress.policy.language.effects import Effect
from redress.policy.language.people import Appeal, Approval
from redress.policy.language.periodic import Standing

from .parts import Path, models_of
from .spans import WORKING, minutes, rows_of, span_of
from .study import Study


def check(study: Study) -> None:
    """Reports limits written in two ways, needless reminders, working time without a calendar, lateness without a limit."""
    for rule in study.source.rules:
        for path, model in models_of(rule):
            if isinstance(model, Limit):
                _check_form(study, rule, path, model)
    for duty in study.source.of(Duty):
        _check_reminders(study, duty)
        _check_calendar(study, duty, duty.calendar, [(("wait",), duty.wait), *_written(("within",), duty.within)])
        _check_late(study, duty, ("if late",), duty.if_late, duty.within)
    for standing in study.source.of(Standing):
        _check_calendar(study, standing, standing.calendar, _written(("within",), standing.within))
        _check_late(study, standing, ("if late",), standing.if_late, standing.within)
    for approval in study.source.of(Approval):
        _check_calendar(study, approval, approval.calendar, [(("within",), approval.within)])
    for appeal in study.source.of(Appeal):
        limits: list[tuple[Path, str | None]] = [(("within",), appeal.within), (("open for",), appeal.open_for)]
        _check_calendar(study, appeal, appeal.calendar, limits)
    for ladder in study.source.of(Ladder):
        for index, rung in enumerate(ladder.rungs):
            base: Path = ("rungs", index)
            _check_calendar(study, ladder, rung.calendar, _written((*base, "within"), rung.within))
            _check_late(study, ladder, (*base, "if late"), rung.if_late, rung.within)


def _written(path: Path, limit: Limit | None) -> list[tuple[Path, str | None]]:
    if limit is None:
        return []
    rows: list[tuple[Path, str | None]] = [((*path, row), text) for row, text in limit.table.items()]
    named = (("otherwise", limit.otherwise), ("at most", limit.at_most))
    return [*rows, (path, limit.span), *(((*path, key), text) for key, text in named)]


def _check_form(study: Study, rule: Rule, path: Path, limit: Limit) -> None:
    ways = [bool(limit.until), bool(limit.table), limit.span is not None]
    if sum(ways) > 1:
        zh, en = "时限写了两种", "the limit is written in two ways"
        hint = {
            "hint_zh": "只写一个时限、一张表，或 until",
            "hint_en": "Write one span, or one table, or until (with at most)",
        }
        study.error(study.key(rule, path), "limit-form", zh, en, **hint)
    elif limit.at_most is not None and not limit.until:
        zh, en = "“at most”只和 until 一起用", "'at most' goes only with until"
        hint = {"hint_zh": "写 until 日期字段，或去掉 at most", "hint_en": "Write until FIELD, or drop 'at most'"}
        study.error(study.key(rule, (*path, "at most")), "limit-form", zh, en, **hint)
    elif limit.unless and limit.at_most is None:
        zh, en = "“unless”只解除 at most 的上限", "'unless' only lifts an 'at most'"
        study.error(study.key(rule, (*path, "unless")), "limit-form", zh, en)
    elif not any(ways) and limit.otherwise is None:
        zh, en = "没有写明多久", "it does not say how long"
        study.error(study.key(rule, path), "limit-form", zh, en)


def _check_reminders(study: Study, duty: Duty) -> None:
    rows = rows_of(study, duty.within)
    for index, reminder in enumerate(duty.remind):
        path: Path = ("remind", index)
        if (reminder.before is None) is (reminder.every is None):
            zh, en = "提醒要么写 before，要么写 every", "a reminder has either before or every"
            study.error(study.key(duty, path), "reminder", zh, en)
            continue
        if duty.within is None:
            zh, en = "没有时限的义务无从提醒", "a duty without a limit has nothing to be reminded of"
            study.error(study.key(duty, path), "reminder", zh, en, hint_zh="加上 within", hint_en="Add within")
            continue
        before = span_of(study, reminder.before)
        if before and rows and minutes(before) >= max(map(minutes, rows.values())):
            place = study.value(duty, (*path, "before"))
            most = max(rows.values(), key=minutes)
            zh = f"提前 {before.describe('zh')}提醒，可时限最长只有 {most.describe('zh')}"
            en = f"the reminder is {before.describe('en')} before, but the longest limit is {most.describe('en')}"
            study.error(place, "reminder", zh, en, hint_zh="缩短提前量", hint_en="Remind later")


def _check_calendar(study: Study, rule: Rule, calendar: str, written: list[tuple[Path, str | None]]) -> None:
    if calendar or study.source.head.calendar:
        return
    for path, text in written:
        span: Span | None = span_of(study, text)
        if span and span.unit in WORKING:
            zh = f"“{span.describe('zh')}”要有工作日历，本制度没有"
            en = f"a limit of {span.describe('en')} needs a working calendar, and the pack has none"
            hint = {
                "hint_zh": "在 pack.yaml 写 calendar，或在此写 calendar",
                "hint_en": "Name a calendar in pack.yaml, or here",
            }
            study.error(study.value(rule, path), "no-calendar", zh, en, **hint)


def _check_late(study: Study, rule: Rule, path: Path, effects: tuple[Effect, ...], limit: Limit | None) -> None:
    if effects and limit is None:
        zh, en = "没有时限，永远不会逾期", "without a limit it is never late"
        study.error(study.key(rule, path), "never-late", zh, en, hint_zh="加上 within", hint_en="Add within")
