"""Files: taken by what they are, kept while a form is refused, adopted with the act, shown only to who may see the case."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from PIL import Image
from tests.web.conftest import MONDAY, registered

from redress.cases import attachments, case_file
from redress.cases.attachments import Held
from redress.cases.store.verify import Proof
from redress.policy.engine.commands import Attach, HandOver, WithdrawAttachment


def photo(name: str = "image.jpg", colour: str = "red", size: tuple[int, int] = (900, 600)) -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/jpeg")


def asks_for_money(visitor, case: str, files: list, **fields: str):
    data = {"f-amount": "80", "form-token": "t1", "u-proofs": files, **fields}
    return visitor.client.post(f"{case}/acts/compensate", data)


def opened(case: str):
    return case_file.read(case.removeprefix("/cases/"), "lin", MONDAY + timedelta(hours=1))


def test_photos_go_with_an_act_and_their_names_are_its_value(transactional_db, visit):
    lin = visit("lin")
    case = registered(lin)
    answer = asks_for_money(lin.at(1), case, [photo(), photo(colour="blue")], **{"f-proofs": "收据 0017"})
    assert answer.status_code == 303, answer.content.decode()
    file = opened(case)
    assert file.case.fields["proofs"] == ["收据 0017", "image.jpg", "image (2).jpg"]
    first = next(iter(file.case.files.values()))
    assert (first.content_type, first.field, first.by) == ("image/jpeg", "proofs", "lin")
    served = lin.get(f"{case}/files/{first.id}")
    data = b"".join(served.streaming_content)
    assert hashlib.sha256(data).hexdigest() == first.sha256
    assert served["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served["Content-Security-Policy"]
    small = lin.get(f"{case}/files/{first.id}/small")
    assert Image.open(io.BytesIO(small.content)).size == (320, 213)
    assert list(Proof().differences()) == []


def test_a_part_of_a_file_is_served_as_a_player_asks(visit):
    lin = visit("lin")
    case = registered(lin)
    asks_for_money(lin, case, [photo(size=(3000, 2000))])
    file = next(iter(opened(case).case.files.values()))
    whole = b"".join(lin.get(f"{case}/files/{file.id}").streaming_content)
    part = lin.get(f"{case}/files/{file.id}", headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[100:200]
    assert part["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert lin.get(f"{case}/files/{file.id}", headers={"Range": "bytes=99999999-"}).status_code == 416


def test_bytes_across_parts_come_back_whole(teahouse, monkeypatch):
    monkeypatch.setattr(attachments.files, "PART", 1000)
    sent = photo(size=(1200, 900))
    found = attachments.hold("teahouse", "lin", "t", "proofs", "a.jpg", sent, MONDAY)
    assert isinstance(found, Held)
    sent.seek(0)
    data = sent.read()
    assert b"".join(attachments.content(found.id)) == data
    assert b"".join(attachments.content(found.id, 999, 2001)) == data[999:2001]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("page.html", b"<html><script>alert(1)</script></html>", "不收这种文件"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "不收这种文件"),
        ("photo.jpg", b"MZ" + b"\0" * 4000, "不收这种文件"),
        ("broken.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 4000, "打不开"),
        ("empty.pdf", b"", "空文件"),
    ],
)
def test_what_is_no_evidence_is_refused_by_its_bytes_and_nothing_typed_is_lost(visit, name, data, words):
    lin = visit("lin")
    case = registered(lin)
    answer = asks_for_money(lin, case, [SimpleUploadedFile(name, data)], **{"f-proofs": "收据 0017"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text and "收据 0017" in text and 'value="80"' in text
    assert opened(case).case.files == {}


def test_too_large_is_refused(visit, monkeypatch):
    monkeypatch.setattr(attachments, "LARGEST", 1000)
    lin = visit("lin")
    answer = asks_for_money(lin, registered(lin), [photo()])
    assert answer.status_code == 422 and "MB" in answer.content.decode()


def test_a_refused_form_keeps_its_files_and_the_next_try_takes_them(visit):
    lin = visit("lin")
    case = registered(lin)
    refused = asks_for_money(lin, case, [photo()], **{"f-amount": "many"})
    text = refused.content.decode()
    assert refused.status_code == 422 and "image.jpg" in text and 'value="t1"' in text
    assert asks_for_money(lin, case, []).status_code == 303
    assert [file.name for file in opened(case).case.files.values()] == ["image.jpg"]


def test_files_are_taken_in_before_the_form_is_sent_and_can_be_taken_off(visit):
    lin = visit("lin")
    taken = lin.post("/uploads", {"form-token": "t9", "field": "proofs", "u-proofs": photo("a.png.exe")})
    assert taken.status_code == 200 and "a.png.exe.jpg" in taken.content.decode()
    waiting = attachments.held("teahouse", "lin", "t9")
    small = f"/uploads/{waiting[0].id}/small"
    assert lin.get(small).status_code == 200
    assert visit("chen").get(small).status_code == 403
    visit("chen").post("/uploads", {"form-token": "t9", "field": "proofs", "let-go": str(waiting[0].id)})
    assert attachments.held("teahouse", "lin", "t9")
    lin.post("/uploads", {"form-token": "t9", "field": "proofs", "let-go": str(waiting[0].id)})
    assert attachments.held("teahouse", "lin", "t9") == []


def test_who_may_not_see_the_case_is_told_the_same_as_of_no_file(visit):
    lin = visit("lin")
    case = registered(lin, **{"f-accused": "chen"})
    asks_for_money(lin, case, [photo()])
    file = next(iter(opened(case).case.files.values()))
    other = registered(lin)
    for person, address in (
        ("chen", f"{case}/files/{file.id}"),  # recused
        ("wang", f"{case}/files/{file.id}/small"),  # another shop
        ("lin", f"{other}/files/{file.id}"),  # a file of another case
    ):
        assert visit(person).get(address).status_code == 403, address


def test_what_nobody_sent_is_forgotten_after_two_days(visit):
    lin = visit("lin")
    case = registered(lin)
    asks_for_money(lin, case, [photo()])
    lin.post("/uploads", {"form-token": "t2", "field": "proofs", "u-proofs": photo()})
    assert attachments.sweep(MONDAY + timedelta(hours=47)) == 0
    assert attachments.sweep(MONDAY + timedelta(hours=49)) == 1


def test_a_file_on_a_case_is_withdrawn_with_a_reason_never_deleted(visit):
    lin = visit("lin")
    case = registered(lin)
    asks_for_money(lin, case, [photo()])
    file = next(iter(opened(case).case.files.values()))
    case_id, later = case.removeprefix("/cases/"), MONDAY + timedelta(minutes=5)
    for person, reason in (("lin", ""), ("chen", "不是这一桌的")):
        ruling = case_file.act(case_id, WithdrawAttachment(file.id, reason), person, later)
        assert isinstance(ruling, case_file.Refused)
    done = case_file.act(case_id, WithdrawAttachment(file.id, "不是这一桌的"), "lin", later)
    assert isinstance(done, case_file.Done)
    assert lin.get(f"{case}/files/{file.id}").status_code == 403
    for statement in ("DELETE FROM attachment", "UPDATE attachment SET name = ''", "DELETE FROM attachment_part"):
        with pytest.raises(ProgrammingError, match="stay"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_changed_bytes_are_found_by_verify(transactional_db, visit):
    lin = visit("lin")
    asks_for_money(lin, registered(lin), [photo()])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE attachment_part DISABLE TRIGGER attachment_part_stays")
        cursor.execute("UPDATE attachment_part SET data = 'x'")
        cursor.execute("ALTER TABLE attachment_part ENABLE TRIGGER attachment_part_stays")
    assert [found.table for found in Proof().differences()] == ["attachment_part"]


def test_evidence_changes_hands_on_the_log(transactional_db, visit):
    lin = visit("lin")
    case = registered(lin)
    case_id = case.removeprefix("/cases/")
    held = attachments.hold("teahouse", "lin", "t3", "", "报告.jpg", photo(), MONDAY)
    assert isinstance(held, Held)
    case_file.act(case_id, Attach((held.as_new(),), "检验报告"), "lin", MONDAY)
    case_file.act(
        case_id, HandOver("茶杯与异物", person="chen", place="店内冰柜"), "lin", MONDAY + timedelta(minutes=1)
    )
    done = case_file.act(case_id, HandOver("茶杯与异物", to="检验所"), "chen", MONDAY + timedelta(minutes=9))
    assert isinstance(done, case_file.Done)
    assert [(one.by, one.person, one.to) for one in done.case.custody["茶杯与异物"]] == [
        ("lin", "chen", ""),
        ("chen", "", "检验所"),
    ]
    assert list(Proof().differences()) == []


def test_somebody_elses_held_file_cannot_be_put_on_a_case(visit):
    lin = visit("lin")
    case_id = registered(lin).removeprefix("/cases/")
    held = attachments.hold("teahouse", "wang", "t4", "", "a.jpg", photo(), MONDAY)
    assert isinstance(held, Held)
    with pytest.raises(attachments.files.NotHeld):
        case_file.act(case_id, Attach((held.as_new(),)), "lin", MONDAY)
    assert opened(f"/cases/{case_id}").case.files == {}
