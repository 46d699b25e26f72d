"""Local days, hours of a unit, another policy from a day on, and open cases moved: nothing changes for a case unless somebody moves it."""

import shutil
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from tests.web.conftest import PACKS, registered

from redress.cases.models import CaseDuty, CaseEvent, CaseRecord
from redress.people import packs
from redress.people.models import AdministrationEntry, PackBinding

DAYS = 24 * 60


def due_of(address: str) -> str:
    due = CaseDuty.objects.get(case_id=address.rsplit("/", 1)[-1], rule="first-call").due
    return due.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%m-%d %H:%M")


def close(gao, date: str = "2026-03-03", unit: str = ""):
    form = {"do": "add", "sort": "closed", "date": date, "zh": "盘点", "en": "stock-taking"}
    return gao.post(f"/setup/calendars?calendar=office&unit={unit}", form)


def test_a_closed_day_counts_for_cases_that_come_after_it_was_entered(visit):
    lin, gao = visit("lin"), visit("gao")
    before = registered(lin, **{"f-level": "normal"})
    assert due_of(before) == "03-04 18:00"
    assert close(gao).status_code == 303
    after = registered(lin, **{"f-level": "normal"})
    assert (due_of(before), due_of(after)) == ("03-04 18:00", "03-05 18:00")
    assert "盘点" in lin.get(after).content.decode()  # why the deadline is what it is
    page = gao.get("/setup/calendars?calendar=office").content.decode()
    assert "2026-03-03" in page and "盘点" in page
    assert CaseRecord.objects.values("hash").distinct().count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_open_case_is_moved_by_an_act_of_its_own_with_a_reason(visit):
    from redress.cases.store.verify import Proof

    lin, gao = visit("lin"), visit("gao")
    address = registered(lin, **{"f-level": "normal"})
    case_id = address.rsplit("/", 1)[-1]
    close(gao)
    page = gao.get("/setup/policy").content.decode()
    assert case_id in page and "联系客户" in page
    assert due_of(address) == "03-04 18:00"  # looking changes nothing
    assert gao.post("/setup/policy", {"do": "move", "case": case_id, "reason": ""}).status_code == 422
    assert gao.post("/setup/policy", {"do": "move", "case": case_id, "reason": "全店盘点"}).status_code == 303
    assert due_of(address) == "03-05 18:00"
    kinds = list(CaseEvent.objects.filter(case_id=case_id).order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["PackMoved", "DutyMoved"]
    said = lin.get(address).content.decode()
    assert "全店盘点" in said and "按现行制度和日历重算" in said
    assert "未结案件都在这个版本上" in gao.get("/setup/policy").content.decode()
    assert not list(Proof().differences())


def test_nobody_moves_another_organisations_case(visit, teahouse):
    from tests.web.conftest import Visitor, found_teahouse

    found_teahouse("other")
    theirs = registered(Visitor("lin", "other"), **{"f-level": "normal"})
    gao = visit("gao")
    close(gao)
    gao.post("/setup/policy", {"do": "move", "case": theirs.rsplit("/", 1)[-1], "reason": "试试"})
    assert not CaseEvent.objects.filter(kind__icontains="moved").exists()


def test_a_unit_has_hours_and_days_of_its_own(visit):
    lin, wang, gao = visit("lin"), visit("wang"), visit("gao")
    form = {"do": "hours", **{f"day-{n}": "10:00-20:00" for n in range(7)}}
    assert gao.post("/setup/calendars?calendar=office&unit=west", form).status_code == 303
    close(gao, unit="west")
    east = registered(lin, unit="east", **{"f-level": "normal"})
    west = registered(wang, unit="west", **{"f-level": "normal"})
    assert (due_of(east), due_of(west)) == ("03-04 18:00", "03-05 20:00")
    assert "10:00-20:00" in gao.get("/setup/calendars?calendar=office&unit=west").content.decode()


def test_an_extra_day_counts_and_can_be_taken_back_until_it_comes(visit):
    gao = visit("gao")
    close(gao)
    opened = {"do": "add", "sort": "open", "date": "2026-03-03", "hours": "09:00-12:00"}
    gao.post("/setup/calendars?calendar=office", opened)  # what was said last of a day counts
    assert due_of(registered(visit("lin"), **{"f-level": "normal"})) == "03-04 18:00"
    assert gao.post("/setup/calendars?calendar=office", {"do": "forget", "date": "2026-03-03"}).status_code == 303
    assert "2026-03-03" not in gao.get("/setup/calendars?calendar=office").content.decode().split("<form")[0]
    assert gao.post("/setup/calendars?calendar=office", {"do": "forget", "date": "2026-03-03"}).status_code == 422
    assert [entry.change for entry in AdministrationEntry.objects.order_by("pk")] == [
        "calendar.closed", "calendar.open", "calendar.day-forgotten",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"sort": "closed", "date": "2026-03-01", "zh": "盘点"}, "已过去的日子不能改"),
        ({"sort": "closed", "date": "2026-03-09", "zh": ""}, "为什么不上班"),
        ({"sort": "open", "date": "2026-03-09", "hours": ""}, "请写营业时间"),
        ({"sort": "open", "date": "2026-03-09", "hours": "18:00-09:00"}, "日历读不通"),
        ({"sort": "open", "date": "", "hours": "09:00-18:00"}, "今天或以后"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_what_was_typed_stays(visit, form, words):
    answer = visit("gao").post("/setup/calendars?calendar=office", {"do": "add", **form})
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert f'value="{form.get("hours", "")}"' in page


def test_a_pack_with_local_days_is_found_again_by_its_hash(visit):
    gao = visit("gao")
    close(gao)
    gao.post(
        "/setup/calendars?calendar=office&unit=west", {"do": "hours", "day-0": "10:00-20:00", "day-5": "10:00-12:00"}
    )
    registered(visit("lin"))
    known = CaseRecord.objects.get().hash
    packs.forget()
    assert packs.pinned(known).hash == known
    assert packs.pinned(known).calendars["office@west"].hours[5] == ((600, 720),)


@pytest.fixture
def two_packs(tmp_path, settings):
    """The teahouse's pack and one like it under another name, with another limit."""
    shutil.copytree(PACKS / "teahouse", tmp_path / "teahouse")
    shutil.copytree(PACKS / "teahouse", tmp_path / "tearoom")
    for file in (tmp_path / "tearoom").rglob("*.yaml"):
        text = (
            file.read_text(encoding="utf-8")
            .replace("teahouse", "tearoom")
            .replace("茶馆投诉处理办法", "茶室投诉处理办法")
        )
        file.write_text(text.replace("  value: 2 wd", "  value: 5 wd"), encoding="utf-8")
    settings.PACKS_DIR = tmp_path
    packs.forget()
    yield
    packs.forget()


def test_another_policy_holds_from_its_day_on_and_can_be_taken_back_before(two_packs, visit):
    lin, gao = visit("lin"), visit("gao")
    first = registered(lin, **{"f-level": "normal"})
    look = gao.get("/setup/policy?look=tearoom").content.decode()
    assert "茶室投诉处理办法" in look and "联系客户" in look
    assert (
        gao.post("/setup/policy?look=tearoom", {"do": "bind", "pack": "tearoom", "from_date": "2026-03-01"}).status_code
        == 422
    )
    assert gao.post("/setup/policy", {"do": "bind", "pack": "tearoom", "from_date": "2026-03-04"}).status_code == 303
    second = registered(lin, **{"f-level": "normal"})
    third = registered(lin.at(2 * DAYS), **{"f-level": "normal"})
    assert [CaseRecord.objects.get(pk=one.rsplit("/", 1)[-1]).pack for one in (first, second, third)] == [
        "teahouse", "teahouse", "tearoom",
    ]  # fmt: skip
    assert due_of(third) == "03-11 18:00"
    row = PackBinding.objects.get()
    assert gao.at(3 * DAYS).post("/setup/policy", {"do": "unbind", "binding": row.pk}).status_code == 422
    assert gao.at(0).post("/setup/policy", {"do": "unbind", "binding": row.pk}).status_code == 303
    assert lin.get(third).status_code == 200  # it keeps its policy all the same


@pytest.mark.parametrize("address", ["/setup/calendars", "/setup/policy"])
def test_only_administrators_see_and_change_it(visit, address):
    assert visit("gao").get(address).status_code == 200
    assert visit("chen").get(address).status_code == 403
    assert (
        visit("chen").post(address, {"do": "add", "sort": "closed", "date": "2026-03-09", "zh": "休"}).status_code
        == 403
    )


def test_the_preview_costs_a_fixed_number_of_queries(visit, django_assert_max_num_queries):
    lin, gao = visit("lin"), visit("gao")
    for _case in range(3):
        registered(lin, **{"f-level": "normal"})
    close(gao)
    gao.get("/setup/policy")
    with django_assert_max_num_queries(16):
        gao.get("/setup/policy")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM case_event WHERE kind = 'PackMoved'")
        assert cursor.fetchone()[0] == 0
