"""A notice reaches whom it is for, in the words of the case's own pack version, once."""

from datetime import date

import pytest
from django.core import mail
from django.db import connection
from tests.store.canteen import after, complain

from redress.cases import case_file
from redress.cases.models import Notice
from redress.letters import channels
from redress.letters.inbox import inbox, mark_read, unread_count
from redress.letters.models import Sending
from redress.letters.relay import relay
from redress.people.models import Organisation, Person, StandIn

pytestmark = pytest.mark.django_db


def late(canteen: str, **fields: str):
    case_id = complain(canteen, **fields).case_id
    case_file.tick(case_id, after(31))
    return case_id


def test_a_late_duty_is_told_to_the_manager_in_the_packs_words(canteen: str) -> None:
    case_id = late(canteen)
    assert relay(after(31)) == 2
    (letter,) = inbox(canteen, "chen")
    assert (letter.case_id, letter.text.zh, letter.clauses) == (case_id, "联系客户已逾期", ("c-2",))
    assert letter.number == "CT2026-0001"
    assert inbox(canteen, "gao") == []


def test_a_reminder_without_words_of_its_own_names_the_duty(canteen: str) -> None:
    late(canteen)
    relay(after(31))
    (letter,) = inbox(canteen, "lin")
    assert (letter.text.zh, letter.text.en) == ("请尽快完成：联系客户", "Please see to it soon: contact the customer")


def test_a_notice_is_delivered_once(canteen: str) -> None:
    late(canteen)
    assert [relay(after(31)), relay(after(32))] == [2, 0]
    assert unread_count(canteen, "chen") == 1
    assert mark_read(canteen, "chen", [letter.id for letter in inbox(canteen, "chen")], after(33)) == 1
    assert unread_count(canteen, "chen") == 0
    assert inbox(canteen, "chen", unread=True) == []


def test_who_stands_in_is_told_too_and_the_accused_is_not(canteen: str) -> None:
    chen, gao = (Person.objects.get(organisation=canteen, slug=slug) for slug in ("chen", "gao"))
    StandIn.objects.create(person=gao, for_person=chen, from_date=date(2026, 3, 1), to_date=date(2026, 3, 9))
    late(canteen, accused="chen")
    relay(after(31))
    assert unread_count(canteen, "chen") == 0
    assert unread_count(canteen, "gao") == 1


def test_nobody_to_tell_is_kept_as_such(canteen: str) -> None:
    Person.objects.filter(organisation=canteen, slug="chen").update(active=False)
    late(canteen)
    relay(after(31))
    assert set(Notice.objects.values_list("state", flat=True)) == {"delivered", "nobody"}


def test_mail_goes_out_once_with_a_key_of_its_own(canteen: str, django_user_model) -> None:
    Organisation.objects.filter(slug=canteen).update(channels={"mail": True})
    user = django_user_model.objects.create(username="chen", email="chen@example.com")
    Person.objects.filter(organisation=canteen, slug="chen").update(user=user)
    late(canteen)
    relay(after(31))
    for sending in Sending.objects.all():
        channels.send(sending.pk, after(32))
        channels.send(sending.pk, after(33))
    (message,) = mail.outbox
    assert message.to == ["chen@example.com"] and "联系客户已逾期" in message.subject
    assert message.extra_headers["Message-ID"].startswith("<redress-notice-")
    assert sorted(Sending.objects.values_list("person", "state")) == [("chen", "sent"), ("lin", "nowhere")]


def test_the_jobs_are_in_the_same_transaction_as_the_delivery(canteen: str) -> None:
    Organisation.objects.filter(slug=canteen).update(channels={"mail": True})
    late(canteen)
    relay(after(31))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE %s", ["%send"])
        assert cursor.fetchone() == (2,)
