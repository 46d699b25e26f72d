"""Whose time it was, as a bar from registration to now whose parts add up to the whole."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from redress.cases.case_file import OpenFile
from redress.policy.engine.holders import NOBODY, WAITING, stretches
from redress.web.durations import in_words
from redress.web.plain_words import names
from redress.web.worksheets import HeldView, time_held

WIDE = 1000
"""The bar's own units from end to end."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the bar: where it begins and how wide it is (of ``WIDE``), its tone, and what it says."""

    x: int
    width: int
    tone: str
    words: str


@dataclass(frozen=True)
class Times:
    pieces: tuple[Piece, ...]
    held: tuple[HeldView, ...]
    whole: str


def times_of(file: OpenFile) -> Times:
    """The bar in the order of time, and beneath it each holder's sum."""
    found = stretches(file.case, file.now)
    begun = found[0].start if found else file.now
    whole = (found[-1].end - begun).total_seconds() if found else 0
    pieces = []
    for stretch in found if whole >= 60 else ():
        x = round(WIDE * (stretch.start - begun).total_seconds() / whole)
        end = round(WIDE * (stretch.end - begun).total_seconds() / whole)
        tone = (
            "hold"
            if stretch.holder == WAITING
            else "idle"
            if stretch.holder == NOBODY
            else "late"
            if stretch.late
            else "held"
        )
        length = in_words(int(stretch.length.total_seconds() // 60))
        pieces.append(Piece(x, end - x, tone, f"{_who(file, stretch.holder)} {length}"))
    return Times(tuple(pieces), tuple(time_held(file)), in_words(int(whole // 60)))


def _who(file: OpenFile, holder: str) -> str:
    return {WAITING: _("停表等候"), NOBODY: _("无人经手")}.get(holder) or names.role(file.pack, holder)
