"""The people: added, renamed, leaving and coming back; and the seats they hold from one day to another."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from ..models import Appointment, Person
from . import units
from .log import Hand, record
from .refused import NotPossible


@transaction.atomic
def add(hand: Hand, zh: str, en: str = "", email: str = "", phone: str = "") -> Person:
    """Somebody new, without a seat and without an account yet."""
    taken = set(Person.objects.filter(organisation_id=hand.organisation).values_list("slug", flat=True))
    slug = units.first_free(slugify(en)[:60], "person", taken)
    values = {"zh": units.named(zh), "en": en.strip(), "email": _email(hand, email), "phone": phone.strip()}
    person = Person.objects.create(organisation_id=hand.organisation, slug=slug, **values)
    record(hand, "person.added", slug, None, values)
    return person


@transaction.atomic
def change(hand: Hand, slug: str, zh: str, en: str, email: str, phone: str) -> None:
    """Another name, address or telephone."""
    person = of(hand, slug)
    before = {"zh": person.zh, "en": person.en, "email": person.email, "phone": person.phone}
    after = {"zh": units.named(zh), "en": en.strip(), "email": _email(hand, email, person), "phone": phone.strip()}
    Person.objects.filter(pk=person.pk).update(**after)
    if person.user is not None and person.user.email != after["email"]:
        person.user.email = after["email"]
        person.user.save(update_fields=["email"])
    record(hand, "person.changed", slug, before, after)


@transaction.atomic
def administers(hand: Hand, slug: str, may: bool) -> None:
    """Whether they may set the organisation up without a seat at its top."""
    person = of(hand, slug)
    if slug == hand.by and not may:
        raise NotPossible(
            "不能取消自己的管理权限，请由另一位管理员办理",
            "you cannot take your own right away; ask another administrator",
        )
    record(hand, "person.administers", slug, {"administers": person.administers}, {"administers": may})
    Person.objects.filter(pk=person.pk).update(administers=may)


@transaction.atomic
def leave(hand: Hand, slug: str, successor: str = "") -> None:
    """They leave today: seats end with yesterday, the account closes; ``successor`` takes over the seats from today."""
    person = of(hand, slug)
    if slug == hand.by:
        raise NotPossible(
            "不能给自己办离职，请由另一位管理员办理", "you cannot let yourself leave; ask another administrator"
        )
    heir = of(hand, successor, "successor") if successor else None
    if heir is not None and (heir.pk == person.pk or not heir.active):
        raise NotPossible("请选另一位在职人员接任", "choose somebody else who works here to take over", "successor")
    for seat in current_seats(person, hand.today):
        if heir is not None and not _holds(heir, seat.role, seat.unit_id, hand.today):
            Appointment.objects.create(
                person=heir, role=seat.role, unit=seat.unit, from_date=hand.today, to_date=seat.to_date
            )
            record(hand, "seat.given", heir.slug, None, _seat_words(seat, hand.today, seat.to_date))
        _end(hand, seat)
    person.stands_in.filter(to_date__gte=hand.today).delete()
    person.active, person.administers = False, False
    person.save(update_fields=["active", "administers"])
    if person.user is not None:
        person.user.is_active = False
        person.user.save(update_fields=["is_active"])
    record(hand, "person.left", slug, {"active": True}, {"active": False, "successor": successor})


@transaction.atomic
def come_back(hand: Hand, slug: str) -> None:
    """They work here again, without their former seats."""
    person = of(hand, slug)
    person.active = True
    person.save(update_fields=["active"])
    if person.user is not None:
        person.user.is_active = True
        person.user.save(update_fields=["is_active"])
    record(hand, "person.back", slug, {"active": False}, {"active": True})


@transaction.atomic
def appoint(hand: Hand, slug: str, role: str, unit_slug: str, first: date, last: date | None) -> None:
    """A role in a unit from a day on. A seat already held on these days is refused: it would count twice."""
    person, unit = of(hand, slug, "person"), units.of(hand, unit_slug, "unit")
    if not person.active:
        raise NotPossible("此人已离职", "this person has left", "person")
    if not unit.active:
        raise NotPossible("该单位已停用", "this unit is retired", "unit")
    if last is not None and last < first:
        raise NotPossible("止日不能早于起日", "the last day cannot be before the first", "to_date")
    overlapping = Appointment.objects.filter(person=person, role=role, unit=unit).filter(
        Q(to_date__isnull=True) | Q(to_date__gte=first)
    )
    if last is not None:
        overlapping = overlapping.filter(from_date__lte=last)
    if overlapping.exists():
        raise NotPossible("这段时间已有同一任职", "they already hold this seat on these days", "role")
    seat = Appointment.objects.create(person=person, role=role, unit=unit, from_date=first, to_date=last)
    record(hand, "seat.given", slug, None, _seat_words(seat, first, last))


@transaction.atomic
def end_seat(hand: Hand, seat_id: int) -> None:
    """The seat ends: one that began today (or has not begun) never was, an older one ends with yesterday."""
    seat = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("person", "unit")
        .filter(person__organisation_id=hand.organisation, pk=seat_id)
        .first()
    )
    if seat is None:
        raise NotPossible("没有这项任职", "there is no such seat")
    if seat.person.slug == hand.by and seat.unit.parent_id is None and not seat.person.administers:
        others = Appointment.objects.filter(person=seat.person, unit=seat.unit).exclude(pk=seat.pk)
        if not others.filter(Q(to_date__isnull=True) | Q(to_date__gte=hand.today)).exists():
            raise NotPossible(
                "免去后您就不能再管理，请由另一位管理员办理",
                "you would lose your own way in; ask another administrator",
            )
    _end(hand, seat)


def of(hand: Hand, slug: str, field: str = "person") -> Person:
    """The person of that id, held until the change is done."""
    people = Person.objects.select_for_update(of=("self",)).select_related("user")
    person = people.filter(organisation_id=hand.organisation, slug=slug).first()
    if person is None:
        raise NotPossible("请选人员", "choose a person", field)
    return person


def current_seats(person: Person, today: date) -> list[Appointment]:
    seats = person.appointments.filter(Q(to_date__isnull=True) | Q(to_date__gte=today))
    return list(seats.select_related("unit").order_by("id"))


def _end(hand: Hand, seat: Appointment) -> None:
    words = _seat_words(seat, seat.from_date, seat.to_date)
    if seat.from_date >= hand.today:
        seat.delete()
        record(hand, "seat.undone", seat.person.slug, words)
    else:
        seat.to_date = hand.today - timedelta(days=1)
        seat.save(update_fields=["to_date"])
        record(hand, "seat.ended", seat.person.slug, words, _seat_words(seat, seat.from_date, seat.to_date))


def _holds(person: Person, role: str, unit_id: int, today: date) -> bool:
    return any(seat.role == role and seat.unit_id == unit_id for seat in current_seats(person, today))


def _seat_words(seat: Appointment, first: date, last: date | None) -> dict[str, object]:
    return {"role": seat.role, "unit": seat.unit.slug, "from": first, "to": last}


def _email(hand: Hand, email: str, person: Person | None = None) -> str:
    """Single sign-on finds people by it, so no two of an organisation may share one."""
    email = email.strip().lower()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        raise NotPossible("邮箱写法不对", "this is not an e-mail address", "email") from None
    others = Person.objects.filter(organisation_id=hand.organisation, email__iexact=email, active=True)
    if others.exclude(pk=person.pk if person else None).exists():
        raise NotPossible("这个邮箱已属于另一人", "this e-mail address belongs to somebody else", "email")
    return email
