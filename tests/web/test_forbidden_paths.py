"""What somebody may not see or do is refused on the server, and the answer does not tell whether it exists."""

import re

import pytest
from tests.web.conftest import COMPLAINT, Visitor, found_teahouse, registered

from redress.cases.models import CaseRecord

NOWHERE = "/cases/00000000-0000-7000-8000-000000000000"


def test_a_page_sends_a_stranger_to_the_sign_in(client, teahouse):
    for address in (
        "/",
        "/desk",
        "/cases",
        "/cases/00000000-0000-7000-8000-000000000000/receipt",
        "/policy",
        "/books",
        "/reports",
        "/setup",
        "/playground",
        "/drills",
        "/guidance",
        NOWHERE,
    ):
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/sign-in?next="), address


def test_another_units_case_looks_like_one_that_does_not_exist(visit):
    case = registered(visit("lin"))
    wang = visit("wang")
    for path in ("", "/acts/contact", "/documents/slip", "/receipt"):
        theirs, none = wang.get(case + path), wang.get(NOWHERE + path)
        assert theirs.status_code == none.status_code == 403
        assert _shown(theirs).replace(case, "") == _shown(none).replace(NOWHERE, "")


def test_another_organisations_case_is_out_of_reach_even_for_somebody_of_the_same_name(visit):
    case = registered(visit("lin"))
    found_teahouse("rival")
    stranger = Visitor("lin", "rival")
    assert stranger.get(case).status_code == 403
    assert stranger.post(f"{case}/acts/note", {"f-note": "x"}).status_code == 403
    assert stranger.post(f"{case}/reveals", {"field": "phone"}).status_code == 403
    assert "茶里有异物" not in stranger.get("/cases?q=茶").content.decode()


def test_a_case_of_another_unit_is_in_no_list(visit):
    registered(visit("lin"))
    wang = visit("wang")
    for address in ("/", "/cases", "/cases?q=茶", "/books/complaints"):
        assert "茶里有异物" not in wang.get(address).content.decode()


def test_an_act_by_the_wrong_role_is_refused_with_who_may(visit):
    case = registered(visit("lin"))
    answer = visit("gao").post(f"{case}/acts/compensate", {"f-amount": "10"})
    assert answer.status_code == 422 and "只有前厅可以" in answer.content.decode()


def test_the_accused_sees_nothing_of_the_case(visit):
    case = registered(visit("lin"), **{"f-accused": "chen"})
    chen = visit("chen")
    assert chen.get(case).status_code == 403
    assert "茶里有异物" not in chen.get("/cases").content.decode() + chen.get("/").content.decode()


@pytest.mark.parametrize("who", ["wang", "zhao"])
def test_revealing_needs_the_right_to_see_the_case(visit, who):
    case = registered(visit("lin"))
    seq = CaseRecord.objects.get().seq
    answer = visit(who).post(f"{case}/reveals", {"field": "phone"})
    assert answer.status_code == 403 and "13812345678" not in answer.content.decode()
    assert CaseRecord.objects.get().seq == seq


def test_personal_data_is_masked_until_revealed_and_the_log_keeps_who_looked(visit):
    lin = visit("lin")
    case = registered(lin)
    for address in (case, "/cases", "/", "/books/complaints", f"{case}/documents/slip"):
        assert "13812345678" not in lin.get(address).content.decode()
    assert "13812345678" in lin.post(f"{case}/reveals", {"field": "phone"}).content.decode()
    assert "查看了「联系电话」" in lin.get(case).content.decode()


def test_a_post_without_its_token_is_not_accepted(visit):
    lin = visit("lin", enforce_csrf_checks=True)
    answer = lin.post("/desk", COMPLAINT)
    assert answer.status_code == 403 and "没有送到" in answer.content.decode()
    assert CaseRecord.objects.count() == 0


def test_set_up_is_for_seats_at_the_top(visit):
    assert visit("lin").get("/setup").status_code == 403
    assert visit("lin").post("/setup", {"form": "parameters", "parameter-fine": "0"}).status_code == 403
    assert visit("gao").get("/setup").status_code == 200


def test_an_account_without_a_person_sees_nothing(teahouse, django_user_model, client):
    client.force_login(django_user_model.objects.create_user("nobody"))
    assert client.get("/").status_code == 403


def test_notices_of_others_stay_unread(visit, teahouse):
    from tests.web.conftest import MONDAY

    from redress.letters.models import InboxItem

    item = InboxItem.objects.create(notice=1, organisation=teahouse, person="chen", created=MONDAY)
    visit("lin").post("/notices", {"notice": item.pk})
    item.refresh_from_db()
    assert item.read_at is None


def _shown(answer) -> str:
    """The page without its tokens, which are new in every answer."""
    return re.sub(r'(value="|X-CSRFToken": ")[A-Za-z0-9]{64}"', "", answer.content.decode())
