"""Search everywhere finds what somebody may see, marks it, masks what is personal, and tells of the rest only that it exists."""

import re

import pytest
from tests.web.conftest import registered

from redress.cases.models import CaseRecord
from redress.web.seeking.asked import Asked
from redress.web.seeking.marking import marked

FISH = {"f-customer": "王小明", "f-content": "红烧鱼里有鱼刺，卡了喉咙"}


def found(visitor, words: str, **more) -> str:
    answer = visitor.get("/search", data={"q": words, **more})
    assert answer.status_code == 200
    return re.search(r'<div class="stack" id="found">(.*)</main>', answer.content.decode(), re.S)[1]


def number() -> str:
    return CaseRecord.objects.order_by("registered_at").last().number


@pytest.mark.parametrize(
    "words",
    ["鱼", "鱼刺", "有鱼刺", "喉咙 鱼", "魚刺", "王小明", "小明", "明", "13812345678", "138 1234 5678", "+86 138-1234-5678", "5678",
     "１３８１２３４５６７８", "008613812345678"],
)  # fmt: skip
def test_a_case_is_found_by_any_part_of_any_word(visit, words):
    case = registered(visit("lin"), **FISH)
    assert case in found(visit("lin"), words)


def test_the_words_looked_for_are_marked_and_personal_ones_stay_masked(visit):
    registered(visit("lin"), **FISH)
    lin = visit("lin")
    assert "红烧鱼里有<mark>鱼刺</mark>" in found(lin, "鱼刺")
    for words in ("13812345678", "5678", "王小明"):
        page = found(lin, words)
        assert "138****" not in page and "13812345678" not in page.replace('value="13812345678"', "")
        assert '<mark class="masked">' in page
    assert "王小明" not in found(lin, "13812345678")


def test_a_whole_number_leads_to_its_case_however_it_is_typed(visit):
    case = registered(visit("lin"), **FISH)
    for typed in (number(), number().lower(), f" {number()} ", "".join(chr(ord(c) + 0xFEE0) for c in number())):
        page = found(visit("lin"), typed)
        assert "编号相符" in page and case in page


def test_a_number_outside_ones_reach_exists_and_nothing_more_is_said(visit):
    case = registered(visit("lin"), **FISH)
    page = found(visit("wang"), number())
    assert "存在，但不在您的范围：归东街店" in page
    assert case not in page and "鱼刺" not in page and "王*" not in page and "已登记" not in page
    for words in ("鱼刺", "王小明", "13812345678", number()[:-1]):
        assert "没有找到" in found(visit("wang"), words)


def test_a_case_that_a_recusal_hides_does_not_appear_at_all(visit):
    registered(visit("lin"), **FISH, **{"f-accused": "chen"})
    for words in (number(), "鱼刺", "13812345678"):
        page = found(visit("chen"), words)
        assert "没有找到" in page and "存在" not in page.replace("提示它存在", "")


def test_another_house_is_never_found(visit):
    from tests.web.conftest import Visitor, found_teahouse

    registered(visit("lin"), **FISH)
    found_teahouse("rival")
    for words in (number(), "鱼刺"):
        assert "没有找到" in found(Visitor("gao", "rival"), words)


def test_others_that_mention_a_number_are_found_on_request(visit):
    lin = visit("lin")
    registered(lin, **FISH)
    first = number()
    second = registered(lin.at(1), **{"f-content": f"上次 {first} 还没有答复"})
    assert second not in found(lin, first)
    assert second in found(lin, first, mentions="1")


def test_people_units_clauses_and_pages_are_found(visit):
    lin = visit("lin")
    assert "<mark>陈</mark>诚" in found(lin, "陈")
    assert "店长（东街店）" in found(lin, "陈诚")
    assert "陈诚 · Chen <mark>Cheng</mark>" in found(lin, "cheng")
    assert "/cases?unit=west" in found(lin, "西街")
    assert "/policy#teahouse-1" in found(lin, "teahouse-1") or "/policy#teahouse-1" in found(lin, "1")
    assert 'href="/reports"' in found(lin, "报表")


def test_traditional_and_english_readers_find_the_same(visit):
    case = registered(visit("lin"), **FISH)
    assert case in found(visit("lin", language="zh-hant"), "魚刺")
    assert case in found(visit("lin", language="en"), "鱼刺")
    assert "<mark>報</mark>表" in found(visit("lin", language="zh-hant"), "報")


def test_while_typing_only_what_is_found_is_sent(visit):
    registered(visit("lin"), **FISH)
    answer = visit("lin").get("/search", data={"q": "鱼刺"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text and "<mark>鱼刺</mark>" in text and "找到 1 项" in text


def test_the_page_takes_the_same_few_queries_however_much_there_is(visit, django_assert_max_num_queries):
    lin = visit("lin")
    for minute in range(12):
        registered(lin.at(minute), **FISH)
    for words in ("鱼刺", number(), "13812345678", "没有的字词"):
        with django_assert_max_num_queries(16):
            lin.get("/search", data={"q": words})


@pytest.mark.parametrize("words", ["", "  ", "%", "';--", "<script>", "***", "\x00", "a" * 5000, "鱼" * 300])
def test_odd_words_do_no_harm(visit, words):
    registered(visit("lin"), **FISH)
    page = found(visit("lin"), words)
    assert "<script>" not in page


def test_a_stranger_is_sent_to_the_sign_in(client, teahouse):
    assert client.get("/search?q=1")["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("+86 138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("(010) 6234 5678", "01062345678"),
        ("5678", "5678"),
        ("867", ""),
        ("CT2026-0001", ""),
    ],
)
def test_a_telephone_number_is_read_however_it_is_typed(typed, phone):
    assert Asked.of(typed).phone == phone


def test_marks_stand_where_the_words_are_in_the_text_as_it_is_written():
    assert marked("他說：魚刺㎏<b>", ("鱼刺", "kg")) == "他說：<mark>魚刺㎏</mark>&lt;b&gt;"
    assert marked("一二三四五六七八", ("三",), 4).startswith("一二<mark>三</mark>四…")
