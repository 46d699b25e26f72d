"""Which policy the organisation lives by from which day, and its own days and hours on top of the policy's calendars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from redress.calendars import CalendarError
from redress.policy.language.pack import Calendar as WrittenCalendar
from redress.policy.local_days import LOCAL
from redress.policy.pack import Pack

from ..models import Organisation, PackBinding
from ..packs import UnknownPack, with_settings
from . import units
from .log import Hand, record
from .refused import NotPossible

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@transaction.atomic
def bind(hand: Hand, pack_id: str, first: date | None) -> None:
    """From that day on new cases come under that pack."""
    if first is None or first < hand.today:
        raise NotPossible("请写今天或以后的日期", "write today or a later day", "from_date")
    try:
        pack = with_settings(pack_id, {})
    except UnknownPack:
        raise NotPossible("没有这份制度", "there is no such policy", "pack") from None
    if pack.head.effective.from_ > first:
        day = pack.head.effective.from_
        raise NotPossible(f"该制度自 {day} 起施行", f"that policy is in force from {day}", "from_date")
    organisation = Organisation.objects.select_for_update().get(slug=hand.organisation)
    if organisation.bindings.filter(from_date=first).exists():
        raise NotPossible("这一天已经安排了制度", "a policy is chosen for that day already", "from_date")
    before = organisation.bindings.filter(from_date__lt=first).order_by("-from_date").first()
    if (before.pack if before else organisation.pack) == pack_id:
        raise NotPossible("那一天执行的已是这份制度", "that is the policy of that day already", "pack")
    PackBinding.objects.create(organisation=organisation, pack=pack_id, from_date=first)
    record(hand, "policy.bound", pack_id, None, {"from": first})


@transaction.atomic
def unbind(hand: Hand, binding_id: int) -> None:
    """Takes back what has not begun."""
    row = PackBinding.objects.filter(organisation=hand.organisation, pk=binding_id).first()
    if row is None or row.from_date <= hand.today:
        raise NotPossible("只能撤销尚未开始的安排", "only what has not begun can be taken back")
    record(hand, "policy.unbound", row.pack, {"from": row.from_date})
    row.delete()


def close_day(hand: Hand, pack: Pack, calendar: str, unit: str, day: date | None, zh: str, en: str) -> None:
    """A day on which the house, or one unit, is closed."""
    if not zh.strip():
        raise NotPossible("请写为什么不上班", "write why it is closed", "zh")
    entry = {"date": _ahead(hand, day).isoformat(), "zh": zh.strip(), "en": en.strip()}
    _set_day(hand, pack, calendar, unit, "closed", entry)


def open_day(hand: Hand, pack: Pack, calendar: str, unit: str, day: date | None, hours: str) -> None:
    """A day on which it is open besides, with its hours."""
    windows = _windows(hours)
    if not windows:
        raise NotPossible("请写营业时间，如 09:00-18:00", "write the hours, such as 09:00-18:00", "hours")
    _set_day(hand, pack, calendar, unit, "open", {"date": _ahead(hand, day).isoformat(), "hours": windows})


def forget_day(hand: Hand, pack: Pack, calendar: str, unit: str, day: date | None) -> None:
    """Takes back a day that has not come."""
    gone = _ahead(hand, day).isoformat()
    found: list[dict[str, Any]] = []

    def without(entry: dict[str, Any]) -> None:
        for kind in ("closed", "open"):
            found.extend(one for one in entry.get(kind, ()) if one["date"] == gone)
            entry[kind] = [one for one in entry.get(kind, ()) if one["date"] != gone]

    _change(hand, pack, calendar, unit, without)
    if not found:
        raise NotPossible("没有这一天", "there is no such day", "date")
    record(hand, "calendar.day-forgotten", calendar, {"unit": unit, "date": gone})


def set_hours(hand: Hand, pack: Pack, calendar: str, unit: str, written: Sequence[str]) -> None:
    """Hours of their own, one text for each weekday from Monday; all empty: the hours of the policy again."""
    hours = {day: _windows(text) for day, text in zip(WEEK, written, strict=True) if text.strip()}
    before: dict[str, Any] = {}

    def change(entry: dict[str, Any]) -> None:
        before.update(entry.get("hours") or {})
        entry["hours"] = hours

    _change(hand, pack, calendar, unit, change)
    words = {"unit": unit, "hours": _in_words(hours)}
    record(hand, "calendar.hours", calendar, {"unit": unit, "hours": _in_words(before)}, words)


def _set_day(hand: Hand, pack: Pack, calendar: str, unit: str, kind: str, day: dict[str, Any]) -> None:
    def change(entry: dict[str, Any]) -> None:
        for one in ("closed", "open"):
            entry[one] = [old for old in entry.get(one, ()) if old["date"] != day["date"]]
        entry[kind] = sorted([*entry[kind], day], key=lambda one: one["date"])

    _change(hand, pack, calendar, unit, change)
    words = {"date": day["date"], "unit": unit, "reason": day.get("zh", ""), "hours": " ".join(day.get("hours", ()))}
    record(hand, f"calendar.{kind}", calendar, None, words)


@transaction.atomic
def _change(hand: Hand, pack: Pack, calendar: str, unit: str, change: Any) -> None:
    """Changes the entry of a calendar and unit among the settings, and sees that the calendars still can be read."""
    if all(rule.id != calendar for rule in pack.source.of(WrittenCalendar)):
        raise NotPossible("没有这个日历", "there is no such calendar", "calendar")
    if unit:
        units.of(hand, unit, "unit")
    organisation = Organisation.objects.select_for_update().get(slug=hand.organisation)
    entries = [dict(entry) for entry in organisation.settings.get(LOCAL, ())]
    mine = next((one for one in entries if one["calendar"] == calendar and one.get("unit", "") == unit), None)
    if mine is None:
        mine = {"calendar": calendar, "unit": unit, "closed": [], "open": []}
        entries.append(mine)
    change(mine)
    kept = sorted(
        (one for one in entries if one.get("closed") or one.get("open") or one.get("hours")),
        key=lambda one: (one["calendar"], one.get("unit", "")),
    )
    settings = {key: value for key, value in organisation.settings.items() if key != LOCAL}
    organisation.settings = {**settings, LOCAL: kept} if kept else settings
    try:
        pack.with_settings(organisation.settings)
    except CalendarError as error:
        raise NotPossible(f"日历读不通：{error}", f"the calendar cannot be read: {error}") from None
    organisation.save(update_fields=["settings"])


def _ahead(hand: Hand, day: date | None) -> date:
    if day is None or day < hand.today:
        raise NotPossible(
            "请写今天或以后的日期；已过去的日子不能改", "write today or a later day; what is past stays", "date"
        )
    return day


def _windows(text: str) -> list[str]:
    """``09:00-12:00 13:00-18:00``: windows parted by spaces or commas; a dash alone is a closed day."""
    parts = text.replace("，", " ").replace(",", " ").replace("、", " ").replace("：", ":").split()
    return [
        part.replace("–", "-").replace("—", "-").replace("至", "-") for part in parts if part not in ("-", "—", "休")
    ]


def _in_words(hours: dict[str, Any]) -> str:
    return "; ".join(f"{day} {' '.join(windows) or '-'}" for day, windows in hours.items())
