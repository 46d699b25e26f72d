"""Setting the organisation up: parameters, seats, stand-ins."""

from redress.people.models import Organisation, StandIn


def test_a_changed_parameter_makes_a_new_hash_and_the_old_case_keeps_its_own(visit, teahouse):
    from tests.web.conftest import registered

    from redress.cases.models import CaseRecord

    lin, gao = visit("lin"), visit("gao")
    registered(lin)
    before = CaseRecord.objects.get().hash
    assert (
        gao.post("/setup", {"form": "parameters", "parameter-fine": "80", "parameter-reply-limit": "3 wd"}).status_code
        == 303
    )
    assert Organisation.objects.get(slug=teahouse).settings == {"fine": 80, "reply-limit": "3 wd"}
    registered(lin)
    assert set(CaseRecord.objects.values_list("hash", flat=True)) > {before}


def test_a_value_that_cannot_be_read_is_told_and_nothing_is_saved(visit, teahouse):
    answer = visit("gao").post(
        "/setup", {"form": "parameters", "parameter-fine": "fifty", "parameter-reply-limit": "soon"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "请写整数" in page and "请写时长和单位" in page and 'value="fifty"' in page
    assert Organisation.objects.get(slug=teahouse).settings == {}


def test_a_post_that_is_not_filled_is_named(visit):
    gao = visit("gao")
    assert "西街店" in gao.get("/setup").content.decode().split("人员与岗位")[0]
    gao.post("/setup", {"form": "appoint", "person": "wang", "role": "keeper", "unit": "west"})
    assert "制度要求的岗位都有人。" in gao.get("/setup").content.decode()


def test_a_stand_in_acts_from_their_first_day_on(visit):
    gao = visit("gao")
    form = {
        "form": "stand-in",
        "person": "zhao",
        "for_person": "chen",
        "role": "",
        "from_date": "2026-03-02",
        "to_date": "2026-03-06",
    }
    assert gao.post("/setup", form).status_code == 303
    assert "店长" in visit("zhao").get("/").content.decode()
    assert gao.post("/setup", {**form, "to_date": "2026-03-01"}).status_code == 422
    row = StandIn.objects.get()
    gao.post("/setup", {"form": "end-stand-in", "stand_in": row.pk})
    assert not StandIn.objects.exists()


def test_a_seat_ends_with_the_day_before(visit):
    gao = visit("gao")
    gao.post("/setup", {"form": "dismiss", "person": "lin", "role": "front-desk", "unit": "east"})
    assert "前厅" not in visit("lin").get("/").content.decode()
