"""What a case is worth, whose time it was, and what is wrong with a draft while it is written."""

from tests.web.conftest import registered


def test_the_worksheet_names_what_unlocks_a_line(visit):
    page = visit("lin")
    sheet = page.get(registered(page)).content.decode()
    assert "损失核算" in sheet and "未解锁" in sheet and "缺：" in sheet and "¥0.00" in sheet


def test_the_page_tells_whose_time_it_was(visit):
    lin = visit("lin")
    case = registered(lin)
    lin.at(30)
    assert "时间归谁" in lin.get(case).content.decode()


def test_a_draft_is_marked_where_it_offends_with_a_better_wording(visit):
    lin = visit("lin")
    case = registered(lin)
    answer = lin.post(f"{case}/acts/contact/draft", {"f-reached": "yes", "f-said": "我們保證退款"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<mark>保證</mark>" in page and "我们会尽力" in page and "#teahouse-4" in page


def test_a_draft_without_fault_has_nothing_said_of_it(visit):
    lin = visit("lin")
    case = registered(lin)
    assert lin.post(f"{case}/acts/contact/draft", {"f-said": "已道歉"}).content.decode().strip() == ""


def test_a_draft_of_somebody_elses_case_is_not_read(visit):
    lin = visit("lin")
    case = registered(lin)
    assert visit("wang").post(f"{case}/acts/contact/draft", {"f-said": "x"}).status_code in (403, 404)


def test_the_form_asks_for_the_check(visit):
    lin = visit("lin")
    case = registered(lin)
    page = lin.get(f"{case}/acts/contact", headers={"HX-Request": "true"}).content.decode()
    assert "/acts/contact/draft" in page
