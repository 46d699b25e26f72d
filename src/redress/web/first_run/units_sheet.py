"""The table of units: every unit with the one above it and its kind; exactly one stands at the top."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from redress.policy.pack import Pack
from redress.web.set_up.kinds import WORDS, kind_words, kinds_known

from .sheets import Headings, Sheet, heading, read_upload

HEADINGS: Headings = {
    "zh": ("单位", "Unit"), "under": ("上级单位", "Unit above"), "kind": ("类别", "Kind"), "en": ("英文名称", "English name"),
}  # fmt: skip
REQUIRED = ("zh", "kind")


def read_units(pack: Pack, upload: Any, pasted: str) -> tuple[list[dict[str, str]], Sheet]:
    """The units, each after the one above it; and the sheet, with its mistakes."""
    sheet = read_upload(upload, pasted, HEADINGS, REQUIRED)
    kinds = _kinds(pack)
    names: dict[str, int] = {}
    for line, row in sheet.rows:
        if row["zh"] in names and row["zh"]:
            told = _("与第 %(line)s 行重名") % {"line": names[row["zh"]]}
            sheet.wrong(line, heading(HEADINGS, "zh"), told)
        names.setdefault(row["zh"], line)
        if row["kind"] and row["kind"].lower() not in kinds:
            told = _("没有这个类别，可写：%(kinds)s") % {"kinds": "、".join(kind_words(k) for k in kinds_known(pack))}
            sheet.wrong(line, heading(HEADINGS, "kind"), told)
    for line, row in sheet.rows:
        if row["under"] and row["under"] not in names:
            sheet.wrong(line, heading(HEADINGS, "under"), unknown(row["under"], names))
    _check_shape(sheet)
    if sheet.mistakes:
        return [], sheet
    rows = [{**row, "kind": kinds[row["kind"].lower()]} for _line, row in sheet.rows]
    return _top_down(rows), sheet


def unknown(name: str, known: Any) -> str:
    near = get_close_matches(name, list(known), 1, 0.5)
    return (
        _("没有“%(name)s”，是不是“%(near)s”") % {"name": name, "near": near[0]}
        if near
        else _("没有“%(name)s”") % {"name": name}
    )


def _kinds(pack: Pack) -> dict[str, str]:
    """Every way to write a kind: its id, and its words in the reader's language."""
    ids = dict.fromkeys([*kinds_known(pack), *WORDS])
    return {spelt.lower(): kind for kind in ids for spelt in (kind_words(kind), kind)}


def _check_shape(sheet: Sheet) -> None:
    if sheet.mistakes:
        return
    column = heading(HEADINGS, "under")
    tops = [line for line, row in sheet.rows if not row["under"]]
    for line in tops[1:]:
        sheet.wrong(line, column, _("只能有一个最上级单位（第 %(line)s 行），这里请写上级") % {"line": tops[0]})
    above = {row["zh"]: row["under"] for _line, row in sheet.rows}
    for line, row in sheet.rows:
        place, seen = row["under"], {row["zh"]}
        while place and place not in seen:
            seen.add(place)
            place = above[place]
        if place == row["zh"]:
            sheet.wrong(line, column, _("上级绕了一圈又回到自己"))
    if not tops and not sheet.mistakes:
        sheet.wrong(0, column, _("没有最上级单位：请有一行不写上级"))


def _top_down(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    below: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        below.setdefault(row["under"], []).append(row)
    ordered: list[dict[str, str]] = []
    waiting = list(below.get("", []))
    while waiting:
        row = waiting.pop(0)
        ordered.append(row)
        waiting = below.get(row["zh"], []) + waiting
    return ordered
