"""The review of a drill as the page shows it: clause by clause, the worst first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from redress.people.directory import Directory
from redress.policy.engine.commands import Perform
from redress.policy.errors import Refusal
from redress.policy.language.base import Text
from redress.policy.language.words import Clause
from redress.policy.sandbox.drill import Run
from redress.policy.sandbox.review import Review, Verdict

from ..durations import in_words
from ..plain_words import names
from .steps import move_words

ORDER = {"missed": 0, "forbidden": 1, "late": 2, "words": 3, "met": 4, "open": 5}


@dataclass(frozen=True)
class Point:
    """One thing to say under a clause. ``state``: missed, forbidden, late, words, met, open; ``should``: what the story does."""

    state: str
    word: str
    what: str
    at: datetime | None = None
    due: datetime | None = None
    should: str = ""
    told: str = ""

    @property
    def tag(self) -> str:
        """The class of its tag."""
        return {"missed": "late", "forbidden": "late", "late": "late", "words": "soon", "met": "done"}.get(
            self.state, ""
        )


@dataclass
class ClauseView:
    """A clause that was in play, with what is to be said of it."""

    id: str
    label: str
    clause: Clause | None
    points: list[Point] = field(default_factory=list)

    @property
    def worst(self) -> int:
        return min(ORDER[point.state] for point in self.points)


def by_clause(run: Run, directory: Directory, told: Review) -> list[ClauseView]:
    """Every clause that was in play for the trainee."""
    pack = run.sandbox.pack
    views: dict[str, ClauseView] = {}
    for clauses, point in _points(run, directory, told):
        for clause in clauses or ("",):
            label = clause.removeprefix(f"{pack.id}-")
            views.setdefault(clause, ClauseView(clause, label, pack.clauses.get(clause))).points.append(point)
    return sorted(views.values(), key=lambda view: (view.worst, view.id))


def _points(run: Run, directory: Directory, told: Review) -> Iterator[tuple[tuple[str, ...], Point]]:
    for verdict in told.verdicts:
        yield verdict.clauses, _of_duty(run, directory, verdict)
    for attempt in told.attempts:
        what = move_words(run.sandbox, attempt.move)
        said = names.joined(_said(refusal) for refusal in attempt.refusals)
        yield attempt.clauses, Point("forbidden", _("被制度拦下"), what, attempt.move.at, told=said)
    for wording in told.wordings:
        finding = wording.finding
        better = names.said(Text(zh=finding.better_zh, en=finding.better_en)) if finding.better_zh else ""
        what = names.quoted(wording.text) if wording.text else _said(finding.refusal)
        should = _("可改为：%(words)s") % {"words": better} if better else ""
        told_ = _said(finding.refusal) if wording.text else ""
        yield finding.refusal.clauses, Point("words", _("用语"), what, wording.move.at, should=should, told=told_)


def _of_duty(run: Run, directory: Directory, verdict: Verdict) -> Point:
    duty = verdict.duty
    words = {
        "met": _("按时"),
        "late": _("晚了 %(late)s") % {"late": in_words(verdict.late_by)},
        "missed": _("没有办"),
        "open": _("未到期"),
    }
    return Point(
        verdict.state,
        words[verdict.state],
        names.duty(run.sandbox.pack, duty.rule),
        duty.met_at,
        duty.due,
        _in_the_story(run, directory, verdict) if verdict.state in ("late", "missed") else "",
    )


def _in_the_story(run: Run, directory: Directory, verdict: Verdict) -> str:
    """What should have been done, and how soon after the complaint the story does it."""
    cue = verdict.cue
    if cue is None:
        acts = run.sandbox.pack.duties[verdict.duty.rule].done_by or (verdict.duty.rule,)
        return _("应办：%(acts)s") % {"acts": names.joined(names.act(run.sandbox.pack, act) for act in acts[:3])}
    minutes = int((cue.at - run.script.cues[0].at).total_seconds() // 60)
    act = (
        names.act(run.sandbox.pack, cue.command.act)
        if isinstance(cue.command, Perform)
        else names.duty(run.sandbox.pack, verdict.duty.rule)
    )
    who = directory.person_text(cue.who).of(names.language())
    return _("情景里，登记后 %(after)s，%(who)s：%(act)s") % {"after": in_words(minutes), "who": who, "act": act}


def _said(refusal: Refusal) -> str:
    return names.chosen(refusal.zh, refusal.en)


def grade(result: dict[str, int] | None) -> tuple[str, str]:
    """(word, tag class) for a result: how it went, no finer than the figures bear."""
    if not result:
        return _("没有做完"), ""
    if not any(result.values()):
        return _("没有轮到您"), ""
    if result["missed"] or result["forbidden"] > 2:
        return _("再练一次"), "late"
    if result["late"] or result["forbidden"] or result["words"]:
        return _("基本做到"), "soon"
    return _("稳妥"), "done"
