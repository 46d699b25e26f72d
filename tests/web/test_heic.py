"""What a telephone takes by itself (HEIC): a small picture and a preview that every browser draws; the original as it came."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from PIL import Image
from tests.web.conftest import MONDAY, registered

from redress.cases import case_file
from redress.cases.models import Attachment
from redress.cases.store.verify import Proof

TAKEN = (Path(__file__).parent / "files" / "telephone.heic").read_bytes()
"""1200 by 900 pixels, taken upright, with the place where it was taken."""


def heic(data: bytes = TAKEN) -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_0001.HEIC", data, "image/heic")


@pytest.fixture
def lin(visit):
    return visit("lin")


@pytest.fixture
def case(transactional_db, lin) -> str:
    case = registered(lin)
    assert lin.at(1).post(f"{case}/files", {"form-token": "t", "u-": [heic()]}).status_code == 303
    return case


def taken_in(case: str):
    read = case_file.read(case.removeprefix("/cases/"), "lin", MONDAY + timedelta(hours=1))
    return next(iter(read.case.files.values()))


def test_it_has_a_small_picture_a_preview_and_its_original_unchanged(case, lin):
    file = taken_in(case)
    address = f"{case}/files/{file.id}"
    assert (file.content_type, file.name) == ("image/heic", "IMG_0001.HEIC")
    assert file.sha256 == hashlib.sha256(TAKEN).hexdigest()
    assert Image.open(io.BytesIO(lin.get(f"{address}/small").content)).size == (240, 320)
    shown = lin.get(address)
    preview = Image.open(io.BytesIO(shown.content))
    assert (shown["Content-Type"], preview.format, preview.size) == ("image/jpeg", "JPEG", (900, 1200))
    assert not preview.getexif() and "sandbox" in shown["Content-Security-Policy"]
    assert shown["Content-Disposition"].startswith("inline") and "IMG_0001.jpg" in shown["Content-Disposition"]
    saved = lin.get(f"{address}?save=1")
    assert b"".join(saved.streaming_content) == TAKEN and saved["Content-Type"] == "image/heic"
    page = lin.get(case).content.decode()
    assert f"{address}/small" in page and "点开看到的是预览" in page
    assert list(Proof().differences()) == []


def test_one_taken_in_by_an_earlier_version_gets_its_pictures_when_first_asked_for(case, lin):
    bare(case)
    address = f"{case}/files/{taken_in(case).id}"
    assert Image.open(io.BytesIO(lin.get(f"{address}/small").content)).size == (240, 320)
    kept = Attachment.objects.get()
    assert kept.thumb and kept.preview
    assert lin.get(address)["Content-Type"] == "image/jpeg"


def test_pictures_once_made_are_never_changed(case):
    for change in ("thumb = NULL", "preview = 'other'", "thumb = 'other', preview = NULL"):
        with pytest.raises(Exception, match="stays"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE attachment SET {change}")


def test_nobody_out_of_reach_sees_any_of_it(case, visit):
    address = f"{case}/files/{taken_in(case).id}"
    for end in ("", "/small", "?save=1"):
        assert visit("wang").get(address + end).status_code == 403


def test_a_broken_one_is_refused_with_what_to_do(lin):
    answer = lin.post(f"{registered(lin)}/files", {"form-token": "t", "u-": [heic(TAKEN[:900])]})
    assert answer.status_code == 422 and "打不开" in answer.content.decode()


def bare(case: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE attachment DISABLE TRIGGER USER")
        cursor.execute("UPDATE attachment SET thumb = NULL, preview = NULL")
        cursor.execute("ALTER TABLE attachment ENABLE TRIGGER USER")
