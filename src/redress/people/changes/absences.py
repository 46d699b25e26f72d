"""Who is away, and who stands in for whom on which days. Overlapping and circular stand-ins are refused."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from ..models import Absence, Organisation, Person, StandIn
from . import staff
from .log import Hand, record
from .refused import NotPossible


@transaction.atomic
def add(
    hand: Hand, slug: str, first: date | None, last: date | None, reason: str = "", deputy: str = "", role: str = ""
) -> None:
    """Somebody is away; with ``deputy``, who acts for them meanwhile (in ``role``, or in all their roles)."""
    first, last = _days(hand, first, last)
    person = staff.of(hand, slug)
    if not person.active:
        raise NotPossible("此人已离职", "this person has left", "person")
    if person.absences.filter(from_date__lte=last, to_date__gte=first).exists():
        raise NotPossible("这段时间已登记不在岗", "these days are already entered as away", "from_date")
    if deputy:
        stand_in(hand, deputy, slug, first, last, role)
    Absence.objects.create(person=person, reason=reason.strip()[:200], from_date=first, to_date=last)
    record(hand, "absence.added", slug, None, {"from": first, "to": last, "reason": reason.strip(), "deputy": deputy})


@transaction.atomic
def stand_in(hand: Hand, slug: str, for_slug: str, first: date | None, last: date | None, role: str = "") -> None:
    """``slug`` acts for ``for_slug`` on these days."""
    first, last = _days(hand, first, last)
    # Two stand-ins entered at once could each be lawful and be a circle together: one waits for the other.
    Organisation.objects.select_for_update().get(slug=hand.organisation)
    deputy, absent = staff.of(hand, slug, "deputy"), staff.of(hand, for_slug, "person")
    if deputy.pk == absent.pk or not deputy.active or not absent.active:
        raise NotPossible("请选两个不同的在职人员", "choose two different people who work here", "deputy")
    _refuse_away(deputy, first, last)
    rows = list(
        StandIn.objects.filter(
            person__organisation_id=hand.organisation, from_date__lte=last, to_date__gte=first
        ).select_related("person", "for_person")
    )
    _refuse_overlap(rows, absent, role)
    _refuse_circle(rows, deputy, absent)
    StandIn.objects.create(person=deputy, for_person=absent, role=role, from_date=first, to_date=last)
    record(hand, "stand-in.added", slug, None, {"for": for_slug, "role": role, "from": first, "to": last})


@transaction.atomic
def end_stand_in(hand: Hand, row_id: int) -> None:
    """The stand-in ends today; one that has not begun, or began today, never was."""
    row = StandIn.objects.select_related("person", "for_person").filter(
        person__organisation_id=hand.organisation, pk=row_id
    ).first()  # fmt: skip
    if row is None:
        raise NotPossible("没有这项代理", "there is no such stand-in")
    before = {"for": row.for_person.slug, "role": row.role, "from": row.from_date, "to": row.to_date}
    _cut(hand, row)
    record(hand, "stand-in.ended", row.person.slug, before, {"to": row.to_date if row.pk else None})


@transaction.atomic
def end_absence(hand: Hand, row_id: int) -> None:
    """They are back today; stand-ins for them of the same days end with it."""
    row = Absence.objects.select_related("person").filter(person__organisation_id=hand.organisation, pk=row_id).first()
    if row is None:
        raise NotPossible("没有这项记录", "there is no such absence")
    before = {"from": row.from_date, "to": row.to_date}
    same = StandIn.objects.filter(for_person=row.person, from_date=row.from_date, to_date=row.to_date)
    for stand in same.select_related("person", "for_person"):
        end_stand_in(hand, stand.pk)
    _cut(hand, row)
    record(hand, "absence.ended", row.person.slug, before, {"to": row.to_date if row.pk else None})


def _cut(hand: Hand, row: Absence | StandIn) -> None:
    if row.from_date >= hand.today:
        row.delete()
    elif row.to_date >= hand.today:
        row.to_date = hand.today - timedelta(days=1)
        row.save(update_fields=["to_date"])


def _days(hand: Hand, first: date | None, last: date | None) -> tuple[date, date]:
    if first is None or last is None or last < first:
        raise NotPossible(
            "请写起止日期，止日不早于起日", "write the first and the last day, in this order", "from_date"
        )
    if last < hand.today:
        raise NotPossible("这段时间已经过去", "these days are over", "to_date")
    return first, last


def _refuse_away(deputy: Person, first: date, last: date) -> None:
    away = deputy.absences.filter(from_date__lte=last, to_date__gte=first).first()
    if away is not None:
        raise NotPossible(
            f"{deputy.zh} {away.from_date} 至 {away.to_date} 不在岗，不能代理",
            f"{deputy.en or deputy.zh} is away from {away.from_date} to {away.to_date} and cannot stand in",
            "deputy",
        )


def _refuse_overlap(rows: list[StandIn], absent: Person, role: str) -> None:
    for row in rows:
        if row.for_person_id == absent.pk and (not role or not row.role or row.role == role):
            raise NotPossible(
                f"{row.from_date} 至 {row.to_date} 已由 {row.person.zh} 代理，时间重叠",
                f"{row.person.en or row.person.zh} already stands in from {row.from_date} to {row.to_date}",
                "deputy",
            )


def _refuse_circle(rows: list[StandIn], deputy: Person, absent: Person) -> None:
    """Whoever stands in must be there: not stood in for, in the same days, by the one they stand in for, in any steps."""
    steps = {(row.for_person_id, row.person_id) for row in rows}
    reached, waiting = set(), [deputy.pk]
    while waiting:
        place = waiting.pop()
        if place == absent.pk:
            raise NotPossible(
                f"形成循环代理：这段时间 {absent.zh} 又代理 {deputy.zh}",
                f"a circle: on these days {absent.en or absent.zh} stands in for {deputy.en or deputy.zh}",
                "deputy",
            )
        if place not in reached:
            reached.add(place)
            waiting += [to for away, to in steps if away == place]
