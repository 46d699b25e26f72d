"""Every text is Chinese first and has its English."""

import re

import polib
import pytest
from tests.web.conftest import registered
from tests.web.messages import CATALOGUE, collect

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
PLACE = re.compile(r"%\(\w+\)s")


def test_the_catalogue_holds_exactly_the_texts_of_the_pages():
    kept = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}
    now = {entry.msgid for entry in collect()}
    assert kept == now, "run: python -m tests.web.messages"


def test_every_text_has_its_english_with_the_same_places():
    for entry in polib.pofile(str(CATALOGUE)):
        for english in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert english, f"no English for {entry.msgid!r}"
            assert not CHINESE.search(english), english
            assert set(PLACE.findall(english)) <= {*PLACE.findall(entry.msgid), "%(short)s"}, entry.msgid


def test_the_compiled_catalogue_is_that_of_the_readable_one():
    readable = {e.msgid: (e.msgstr, e.msgstr_plural) for e in polib.pofile(str(CATALOGUE))}
    compiled = {e.msgid: (e.msgstr, e.msgstr_plural) for e in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}
    assert compiled == readable, "run: python -m tests.web.messages"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/desk",
        "/cases",
        "/policy",
        "/books",
        "/books/complaints",
        "/reports?report=weekly",
        "/setup",
        "/cases?q=none",
        "{case}",
        "{case}/acts/contact",
        "{case}/documents/slip",
    ],
)
def test_an_english_page_shows_no_chinese_but_what_people_typed(visit, address):
    english = {"f-customer": "Lisi", "f-content": "a hair in the tea"}
    case = registered(visit("lin"), **english)
    page = visit("gao", language="en").get(address.format(case=case))
    assert page.status_code == 200
    text = page.content.decode()
    # What is marked as being in another language: the other name of the product, the names of the languages.
    text = re.sub(r'<(small|button)[^>]* lang="zh-[^>]*>[^<]*', "", text)
    text = text.replace("保证", "")  # a forbidden word stands in the language in which it is forbidden
    assert CHINESE.findall(text) == []


def test_changing_the_language_keeps_the_page(visit):
    lin = visit("lin")
    answer = lin.post("/i18n/setlang/", {"language": "en", "next": "/cases?q=x"})
    assert answer.status_code == 302 and answer["Location"] == "/cases?q=x"
    assert "Search" in lin.get("/cases?q=x").content.decode()
