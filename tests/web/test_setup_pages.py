"""Administration: units, people and seats, absences, values to confirm; and that every change is in the log."""

import pytest
from django.db import DatabaseError, transaction
from tests.web.conftest import COMPLAINT, registered

from redress.people.models import Absence, AdministrationEntry, Appointment, Organisation, Person, StandIn, Unit

PAGES = [
    "/setup", "/setup/units", "/setup/people", "/setup/people/lin", "/setup/absences", "/setup/assumptions", "/setup/log",
]  # fmt: skip


def changes() -> list[tuple[str, str, str]]:
    return list(AdministrationEntry.objects.order_by("pk").values_list("by", "change", "subject"))


@pytest.mark.parametrize("address", PAGES)
def test_only_those_who_administer_see_it_and_nobody_else_changes_anything(visit, address):
    assert visit("gao").get(address).status_code == 200
    for person in ("lin", "chen", "zhao"):
        assert visit(person).get(address).status_code == 403
        assert (
            visit(person).post(address, {"do": "add", "zh": "北街店", "kind": "shop", "under": "house"}).status_code
            == 403
        )
    assert changes() == []


def test_an_administrator_need_not_sit_at_the_top(visit):
    visit("gao").post("/setup/people/zhao", {"do": "administers", "may": "yes"})
    assert visit("zhao").get("/setup").status_code == 200
    answer = visit("zhao").post("/setup/people/zhao", {"do": "administers", "may": "no"})
    assert answer.status_code == 422 and "另一位管理员" in answer.content.decode()


def test_another_organisations_people_are_not_there(visit, teahouse):
    from tests.web.conftest import found_teahouse

    found_teahouse("other")
    Person.objects.filter(organisation="other", slug="lin").update(slug="only-there")
    gao = visit("gao")
    assert gao.get("/setup/people/only-there").status_code == gao.get("/setup/people/nobody").status_code == 403
    seat = Appointment.objects.get(person__organisation="other", person__slug="only-there")
    assert gao.post("/setup/people/lin", {"do": "end-seat", "seat": seat.pk}).status_code == 422
    assert Appointment.objects.filter(pk=seat.pk, to_date=None).exists()


def test_a_unit_is_added_renamed_moved_and_retired_and_the_log_has_all_of_it(visit, teahouse):
    gao = visit("gao")
    gao.post("/setup/units", {"do": "add", "zh": "北街店", "en": "North Street", "kind": "shop", "under": "house"})
    unit = Unit.objects.get(slug="north-street")
    gao.post(
        "/setup/units?unit=north-street",
        {"do": "change", "unit": unit.slug, "zh": "北门店", "en": "", "kind": "shop", "under": "east"},
    )
    unit.refresh_from_db()
    assert (unit.zh, unit.parent.slug) == ("北门店", "east")
    assert (
        gao.post(
            "/setup/units", {"do": "change", "unit": "east", "zh": "东街店", "kind": "shop", "under": unit.slug}
        ).status_code
        == 422
    )
    gao.post("/setup/units", {"do": "retire", "unit": unit.slug})
    assert "北门店" in gao.get("/setup/units").content.decode()
    assert [change for _, change, subject in changes() if subject == unit.slug] == [
        "unit.added", "unit.changed", "unit.moved", "unit.retired",
    ]  # fmt: skip
    page = gao.get("/setup/log").content.decode()
    assert "北街店" in page and "北门店" in page and "高山" in page


def test_a_retired_unit_takes_no_complaint_and_keeps_those_it_has(visit):
    lin, gao = visit("lin"), visit("gao")
    address = registered(lin, unit="east")
    refused = gao.post("/setup/units", {"do": "retire", "unit": "east"})
    assert refused.status_code == 422 and "林悦" in refused.content.decode()
    Appointment.objects.filter(unit__slug="east").delete()
    assert gao.post("/setup/units", {"do": "retire", "unit": "east"}).status_code == 303
    assert 'value="east"' not in gao.get("/desk").content.decode()
    assert gao.post("/desk", {**COMPLAINT, "unit": "east"}).status_code == 422
    assert gao.get(address).status_code == 200 and "东街店" in gao.get(address).content.decode()


def test_somebody_new_gets_a_seat_from_a_day_on_and_it_can_be_undone_the_same_day(visit):
    gao = visit("gao")
    there = gao.post("/setup/people", {"do": "add", "zh": "周平", "en": "Zhou Ping", "email": "Zhou@example.com"})[
        "Location"
    ]
    form = {"do": "appoint", "role": "keeper", "unit": "west", "from_date": "2026-03-02", "to_date": ""}
    assert gao.post(there, form).status_code == 303
    assert gao.post(there, form).status_code == 422  # the same seat twice
    assert (
        "制度要求的岗位都有人" in gao.get("/setup").content.decode()
        or "西街店" not in gao.get("/setup").content.decode()
    )
    seat = Appointment.objects.get(person__slug="zhou-ping")
    gao.post(there, {"do": "end-seat", "seat": seat.pk})
    assert not Appointment.objects.filter(person__slug="zhou-ping").exists()
    assert changes()[-1] == ("gao", "seat.undone", "zhou-ping")
    twice = gao.post("/setup/people", {"do": "add", "zh": "周萍", "email": "zhou@example.com"})
    assert twice.status_code == 422 and "已属于另一人" in twice.content.decode()


def test_an_older_seat_ends_with_the_day_before(visit):
    gao = visit("gao")
    seat = Appointment.objects.get(person__slug="lin")
    gao.post("/setup/people/lin", {"do": "end-seat", "seat": seat.pk})
    seat.refresh_from_db()
    assert str(seat.to_date) == "2026-03-01"
    assert "前厅" not in visit("lin").get("/").content.decode().split("<main")[0]


def test_whoever_leaves_hands_over_seats_and_cannot_sign_in_again(visit):
    gao, chen = visit("gao"), visit("chen")
    registered(visit("lin"))
    assert "离职与交接" in gao.get("/setup/people/chen").content.decode()
    assert gao.post("/setup/people/chen", {"do": "leave", "successor": "zhao"}).status_code == 303
    assert chen.get("/").status_code in (302, 403)
    assert "店长" in visit("zhao").get("/").content.decode()
    assert gao.post("/setup/people/gao", {"do": "leave"}).status_code == 422
    assert Person.objects.get(slug="gao").active


AWAY = {
    "do": "add",
    "person": "chen",
    "from_date": "2026-03-02",
    "to_date": "2026-03-06",
    "reason": "年休假",
    "deputy": "zhao",
}


def test_who_is_away_has_a_stand_in_who_acts_from_the_first_day(visit):
    gao = visit("gao")
    assert gao.post("/setup/absences", AWAY).status_code == 303
    assert "店长" in visit("zhao").get("/").content.decode()
    page = gao.get("/setup/absences").content.decode()
    assert "年休假 → 赵磊" in page and "陈诚" in page
    gao.post("/setup/absences", {"do": "end-absence", "id": Absence.objects.get().pk})
    assert not StandIn.objects.exists() and not Absence.objects.exists()
    assert "店长" not in visit("zhao").get("/").content.decode()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({**AWAY, "deputy": "wang"}, "已登记不在岗"),
        ({**AWAY, "deputy": "wang", "present": "yes"}, "时间重叠"),
        ({**AWAY, "person": "lin", "deputy": "chen"}, "不能代理"),
        ({**AWAY, "person": "zhao", "deputy": "lin", "present": "yes", "from_date": "2026-03-09"}, "止日不早于起日"),
        ({**AWAY, "person": "wang", "deputy": "wang"}, "两个不同"),
        ({**AWAY, "person": "wang", "deputy": "lin", "to_date": "2026-02-27", "from_date": "2026-02-27"}, "已经过去"),
    ],
)
def test_overlapping_and_impossible_stand_ins_are_refused_with_the_reason(visit, form, words):
    gao = visit("gao")
    gao.post("/setup/absences", AWAY)
    refused = gao.post("/setup/absences", form)
    assert refused.status_code == 422 and words in refused.content.decode()
    assert StandIn.objects.count() == Absence.objects.count() == 1


def test_stand_ins_in_a_circle_are_refused(visit):
    gao = visit("gao")
    days = {"do": "add", "present": "yes", "from_date": "2026-03-02", "to_date": "2026-03-04"}
    for person, deputy in (("chen", "zhao"), ("zhao", "wang")):
        assert gao.post("/setup/absences", {**days, "person": person, "deputy": deputy}).status_code == 303
    refused = gao.post("/setup/absences", {**days, "person": "wang", "deputy": "chen"})
    assert refused.status_code == 422 and "循环代理" in refused.content.decode()


def test_a_confirmed_value_counts_until_it_changes(visit, teahouse):
    from redress.cases.models import CaseRecord

    lin, gao = visit("lin"), visit("gao")
    registered(lin)
    before = CaseRecord.objects.get().hash
    assert (
        gao.post(
            "/setup/assumptions", {"do": "confirm", "parameter": "fine", "value": "80", "note": "二月会议"}
        ).status_code
        == 303
    )
    assert Organisation.objects.get(slug=teahouse).settings == {"fine": 80}
    registered(lin)
    assert set(CaseRecord.objects.values_list("hash", flat=True)) > {before}
    assert "二月会议" in gao.get("/setup/assumptions").content.decode()
    gao.post("/setup/assumptions", {"do": "save", "parameter": "fine", "value": "90"})
    assert "此后值已改变" in gao.get("/setup/assumptions").content.decode()


def test_a_value_that_cannot_be_read_is_told_and_nothing_is_saved(visit, teahouse):
    answer = visit("gao").post("/setup/assumptions", {"do": "save", "parameter": "reply-limit", "value": "soon"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "请写时长和单位" in page and 'value="soon"' in page
    assert Organisation.objects.get(slug=teahouse).settings == {}


def test_what_is_missing_is_said_at_once(visit):
    page = visit("gao").get("/setup").content.decode()
    assert "西街店" in page and "店长" in page


def test_nobody_changes_the_log(visit):
    visit("gao").post("/setup/units", {"do": "add", "zh": "北街店", "kind": "shop", "under": "house"})
    for change in (lambda rows: rows.update(by="lin"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            change(AdministrationEntry.objects.all())


def test_a_change_needs_the_token_of_the_page(teahouse):
    from tests.web.conftest import Visitor

    gao = Visitor("gao", enforce_csrf_checks=True)
    assert gao.post("/setup/units", {"do": "retire", "unit": "west"}).status_code == 403
    assert Unit.objects.get(slug="west").active


def test_a_page_costs_a_fixed_number_of_queries(visit, django_assert_max_num_queries):
    gao = visit("gao")
    for address in PAGES:
        gao.get(address)
        with django_assert_max_num_queries(14):
            gao.get(address)
