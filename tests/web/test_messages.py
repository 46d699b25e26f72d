"""Every text is Chinese first, and has its English and its traditional characters."""

import re

import polib
import pytest
from tests.web.conftest import registered
from tests.web.messages import BY_HAND, CATALOGUE, TRADITIONAL, collect, collect_traditional

from redress.policy.language.traditional import traditional

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
NAMES = ("简体中文", "清风茶馆", "清风总号", "林悦", "王欣", "陈诚", "赵磊")
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


@pytest.mark.parametrize("catalogue", [CATALOGUE, TRADITIONAL], ids=["en", "zh-hant"])
def test_the_compiled_catalogue_is_that_of_the_readable_one(catalogue):
    readable = {e.msgid: (e.msgstr, e.msgstr_plural) for e in polib.pofile(str(catalogue))}
    compiled = {e.msgid: (e.msgstr, e.msgstr_plural) for e in polib.mofile(str(catalogue.with_suffix(".mo")))}
    assert compiled == readable, "run: python -m tests.web.messages"


def test_the_traditional_catalogue_is_made_from_the_texts():
    kept = {entry.msgid: (entry.msgstr, entry.msgstr_plural) for entry in polib.pofile(str(TRADITIONAL))}
    made = {entry.msgid: (entry.msgstr, entry.msgstr_plural) for entry in collect_traditional()}
    assert kept == made, "run: python -m tests.web.messages"
    assert set(BY_HAND) <= set(kept), "no page says this any more"


PAGES = pytest.mark.parametrize(
    "address",
    [
        "/",
        "/desk",
        "/cases",
        "/policy",
        "/books",
        "/books/complaints",
        "/reports?report=weekly",
        "/guidance",
        "/guidance/playbooks/spill",
        "/setup",
        "/cases?q=none",
        "/search",
        "/search?q=none",
        "/search?q=e",
        "{case}",
        "{case}/acts/contact",
        "{case}/documents/slip",
    ],
)


@PAGES
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


@PAGES
def test_a_page_in_traditional_characters_has_simplified_ones_only_in_what_people_typed(visit, address):
    case = registered(visit("lin"), **{"f-content": "a hair in the tea"})
    page = visit("gao", language="zh-hant").get(address.format(case=case))
    assert page.status_code == 200
    text = page.content.decode()
    assert '<html lang="zh-hant"' in text
    for name in NAMES:
        text = text.replace(name, "")
    assert [word for word in CHINESE.findall(text) if traditional(word) != word] == []


def test_changing_the_language_keeps_the_page(visit):
    lin = visit("lin")
    answer = lin.post("/i18n/setlang/", {"language": "en", "next": "/cases?q=x"})
    assert answer.status_code == 302 and answer["Location"] == "/cases?q=x"
    assert "Search" in lin.get("/cases?q=x").content.decode()
