"""Erasure: bytes, names and words go everywhere; that they were there, and who erased them under which clause, stays provable."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from tests.web.conftest import MONDAY, Visitor, registered
from tests.web.test_attachments import photo
from tests.web.test_heic import TAKEN

from redress.cases import attachments, case_file
from redress.cases.models import Attachment, AttachmentPart, CaseEvent, CaseKey, CaseRecord, CaseSearch
from redress.cases.store.rebuild import rebuild
from redress.cases.store.verify import Proof
from redress.policy.engine.commands import Attach, HandOver, Perform
from redress.policy.engine.events import Erased

MONTH = 60 * 24 * 40
PERSONAL = ("李四", "13812345678", "138 1234 5678", "李四的身份证.jpg", "伤口.jpg", "李四拍的.heic")


def lived_and_archived() -> str:
    """A case with photographs, a recording, a paper and a story full of the customer, archived; gives its address."""
    lin, chen = Visitor("lin"), Visitor("chen")
    case = registered(lin, **{"f-content": "李四在靠窗的桌子喝茶，茶里有异物，电话 138 1234 5678"})
    case_id = case.removeprefix("/cases/")
    sent = {
        "f-amount": "80",
        "f-proofs": "李四的收据 0017",
        "form-token": "t1",
        "u-proofs": [photo("李四的身份证.jpg")],
    }
    assert lin.at(1).post(f"{case}/acts/compensate", sent).status_code == 303
    sound = SimpleUploadedFile("李四来电.mp3", b"ID3\x04\x00" + b"\0" * 2000)
    taken = SimpleUploadedFile("李四拍的.heic", TAKEN)
    added = {"form-token": "t2", "u-": [photo("伤口.jpg", "blue"), sound, taken], "note": "李四的手"}
    assert lin.at(2).post(f"{case}/files", added).status_code == 303
    when = MONDAY + timedelta(minutes=3)
    case_file.act(case_id, HandOver("李四的杯子", to="李四", place="前台", note="还给李四"), "lin", when)
    case_file.act(case_id, Perform("contact", {"reached": True, "said": "打 13812345678 联系上李四"}), "lin", when)
    assert isinstance(case_file.act(case_id, Perform("close"), "chen", MONDAY + timedelta(minutes=9)), case_file.Done)
    assert chen.at(10).post(f"{case}/acts/archive").status_code == 303
    return case


def erase(case: str, person: str = "chen", minutes: float = MONTH):
    return Visitor(person).at(minutes).post(f"{case}/acts/erase", {"f-erased_because": "李四要求删除"})


@pytest.fixture
def archived(transactional_db, teahouse) -> str:
    return lived_and_archived()


@pytest.fixture
def erased(archived) -> str:
    assert erase(archived).status_code == 303
    return archived


def everything_stored() -> str:
    """Every row of every table that holds anything of cases, as text."""
    tables = [
        "case_event",
        "case_record",
        "case_duty",
        "case_search",
        "case_key",
        "case_lesson",
        "ledger_line",
        "notice",
        "attachment",
    ]
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_before_its_time_or_by_the_wrong_person_nothing_is_erased(archived):
    assert erase(archived, minutes=60).status_code == 422
    assert erase(archived, person="lin").status_code in (403, 422)
    assert erase(archived, person="wang").status_code == 403
    assert Attachment.objects.exclude(name="").count() == 4 and AttachmentPart.objects.count() >= 3
    assert "李四" in everything_stored()


def test_no_byte_no_name_and_no_word_of_the_customer_is_left_in_the_database(erased):
    assert AttachmentPart.objects.count() == 0
    assert not Attachment.objects.exclude(name="", thumb=None, preview=None).exists()
    stored = everything_stored()
    assert [word for word in (*PERSONAL, "李四来电.mp3", "李四") if word in stored] == []
    assert not re.search(r"138\s*1234", stored)
    assert "茶里有异物" in stored  # what happened stays


def test_the_log_still_proves_itself_and_the_projections_can_be_made_anew(erased):
    assert list(Proof().differences()) == []
    before = list(CaseRecord.objects.values_list("state", flat=True))
    assert list(rebuild())
    assert list(Proof().differences()) == [] and list(CaseRecord.objects.values_list("state", flat=True)) == before


def test_that_a_file_was_there_stays_with_its_hash_and_who_erased_it_when_under_which_clause(erased):
    case = case_file.read(erased.removeprefix("/cases/"), "chen", MONDAY + timedelta(minutes=MONTH)).case
    assert len(case.files) == 4
    for file in case.files.values():
        assert (file.name, file.note, file.by, file.erased_by) == ("", "", "lin", "chen")
        assert len(file.sha256) == 64 and file.size and file.erased_clauses == ("teahouse-30",)
    assert case.custody["***的杯子"][0].place == "前台"
    page = Visitor("chen").at(MONTH).get(erased).content.decode()
    assert "已删除" in page and "陈诚删除" in page and "文件内容（4 个）" in page and "teahouse-30" in page
    assert (
        '/small"' not in page
        and "李四" not in page
        and "<img" not in page.split('id="evidence"')[1].split("</section>")[0]
    )
    assert "***要求删除" in page


@pytest.mark.parametrize("end", ["", "/small", "?save=1"])
def test_a_download_says_that_the_file_was_erased_and_tells_others_nothing(erased, end):
    file = Attachment.objects.first()
    address = f"{erased}/files/{file.id}{end}"
    answer = Visitor("chen").at(MONTH).get(address)
    assert answer.status_code == 410 and "已删除" in answer.content.decode() and "陈诚" in answer.content.decode()
    assert Visitor("wang").at(MONTH).get(address).status_code == 403
    assert Visitor("chen").at(MONTH).post(f"{erased}/files/{file.id}/withdrawal", {"reason": "x"}).status_code in (
        403,
        422,
    )


@pytest.mark.parametrize("asked", ["李四", "13812345678", "5678", "收据"])
def test_neither_search_nor_list_nor_the_desk_finds_the_customer_again(archived, asked):
    def found() -> list[bool]:
        chen = Visitor("chen").at(MONTH + 1)
        beside = {"f-customer": "李四", "f-phone": "13812345678", "unit": "east"}
        pages = [chen.get(f"/search?q={asked}"), chen.get(f"/cases?q={asked}"), chen.post("/desk/earlier", beside)]
        return [archived in page.content.decode() for page in pages]

    assert found() == [True, True, True]
    assert erase(archived).status_code == 303
    assert found() == [False, False, False]
    assert not CaseKey.objects.filter(pattern__startswith="@").exists()
    assert asked not in CaseSearch.objects.get().words


def test_files_that_wait_for_a_form_on_the_case_go_with_it_and_no_others(archived):
    case_id = CaseRecord.objects.get().id
    moment = MONDAY + timedelta(minutes=MONTH)
    mine = attachments.new_token(case_id)
    for token, name in ((mine, "李四.jpg"), (attachments.new_token(), "别的.jpg")):
        attachments.hold("teahouse", "lin", token, "", name, photo(), moment)
    assert erase(archived).status_code == 303
    assert list(Attachment.objects.filter(case_id=None).values_list("name", flat=True)) == ["别的.jpg"]


def test_the_form_of_a_case_gives_its_files_a_token_that_names_it(archived):
    page = Visitor("lin").at(20).get(registered(Visitor("lin"))).content.decode()
    case_id = re.search(r'/cases/([0-9a-f-]{36})/files"', page)[1]
    assert f'name="form-token" value="{case_id}.' in page


def test_what_comes_later_is_erased_later_and_both_are_proved(erased):
    case_id = CaseRecord.objects.get().id
    later = MONDAY + timedelta(minutes=MONTH + 5)
    again = Perform("erase", {"erased_because": "王五也要求"})
    answer = case_file.act(case_id, again, "chen", later)
    assert isinstance(answer, case_file.Done), answer
    assert next(event for event in answer.events if isinstance(event, Erased)).files == ()
    assert list(Proof().differences()) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE case_event SET body = replace(body, '前台', '后门')",
        "UPDATE case_event SET body = body || ' ' WHERE kind = 'Attached'",
        "UPDATE case_event SET at = at + interval '1 hour' WHERE kind = 'Attached'",
        "DELETE FROM case_event WHERE kind = 'Attached'",
        "DELETE FROM case_event WHERE kind = 'Erased'",
    ],
)
def test_an_erasure_opens_the_log_to_nothing_else(erased, change):
    with pytest.raises(Exception, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_without_an_erasure_no_body_and_no_byte_goes(archived):
    for change in (
        "SELECT erase_event_body(case_id, seq, '{}') FROM case_event",
        "DELETE FROM attachment_part",
        "UPDATE attachment SET name = '', thumb = NULL",
    ):
        with pytest.raises(Exception, match=r"only grows|stay"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_the_proof_tells_when_what_is_left_was_touched_or_bytes_came_back(erased):
    file = Attachment.objects.first()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE case_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE case_event SET body = replace(body, '***', '赵六') WHERE kind = 'HandedOver'")
        cursor.execute("ALTER TABLE case_event ENABLE TRIGGER USER")
        cursor.execute("INSERT INTO attachment_part VALUES (%s, 0, 'back')", [file.id])
    found = {(one.table, one.column) for one in Proof().differences()}
    assert {("case_event", "body"), ("attachment_part", "data")} <= found


def test_the_application_itself_may_erase_and_nothing_more(archived, app_role_connection):
    """With two roles of the database, the application has no right to change the log but by the owner's function."""
    with pytest.raises(Exception, match="permission denied"):
        app_role_connection.execute("UPDATE case_event SET body = ''")
    app_role_connection.rollback()
    with pytest.raises(Exception, match="only grows"):
        app_role_connection.execute("SELECT erase_event_body(case_id, seq, '{}') FROM case_event")
    app_role_connection.rollback()
    assert erase(archived).status_code == 303
    event = CaseEvent.objects.filter(kind="Attached").first()
    app_role_connection.execute("SELECT erase_event_body(%s, %s, %s)", [event.case_id, event.seq, event.body])


def test_files_added_without_an_erasure_are_as_before(archived):
    case_id = CaseRecord.objects.get().id
    assert isinstance(case_file.act(case_id, Attach(()), "lin", MONDAY + timedelta(hours=1)), case_file.Refused)
    assert list(Proof().differences()) == []
