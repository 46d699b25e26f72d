"""First run: from an empty installation to an organisation that takes complaints."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import MONDAY

from redress.cases.models import CaseEvent, CaseRecord
from redress.people.claiming import claim_word
from redress.people.models import AdministrationEntry, FoundingDraft, Organisation, Person, Unit

pytestmark = pytest.mark.django_db
CLAIM = {"name": "高山", "username": "gao", "password": "long-enough-secret", "again": "long-enough-secret"}
UNITS = "单位\t上级单位\t类别\t英文名称\n清风总号\t\t公司\tHead house\n东街店\t清风总号\tshop\t\n西街店\t清风总号\t店铺\tWest Street\n"
PEOPLE = "姓名,单位,岗位,邮箱\n林悦,东街店,前厅,lin@example.com\n陈诚,东街店,店长,\n陈诚,西街店,店长,\n高山,清风总号,东家,gao@example.com\n"


@pytest.fixture
def browser(db) -> Client:
    client = Client()
    client.cookies["redress-now"] = MONDAY.isoformat()
    return client


def claimed(browser: Client) -> Client:
    assert browser.post("/first-run", {**CLAIM, "word": claim_word().lower()})["Location"] == "/first-run"
    return browser


def post(browser: Client, step: str, **form) -> str:
    answer = browser.post(f"/first-run/{step}", form)
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def test_an_empty_installation_leads_every_browser_to_the_first_run(browser):
    assert browser.get("/")["Location"].startswith("/sign-in")
    assert browser.get("/sign-in")["Location"] == "/first-run"
    assert "控制台上的口令" in browser.get("/first-run").content.decode()


@pytest.mark.parametrize("word", ["", "AAAAA-BBBBB-CCCCC-DDDDD"])
def test_only_who_reads_the_console_may_claim(browser, word):
    answer = browser.post("/first-run", {**CLAIM, "word": word})
    assert answer.status_code == 422 and "口令不对" in answer.content.decode()
    assert not get_user_model().objects.exists()


def test_a_weak_password_or_two_different_ones_are_refused(browser):
    answer = browser.post("/first-run", {**CLAIM, "word": claim_word(), "password": "12345678"})
    assert answer.status_code == 422 and "两次输入的密码不一样" in answer.content.decode()
    assert 'value="gao"' in answer.content.decode()


def test_once_claimed_the_word_is_worth_nothing_and_the_steps_are_nobody_elses(browser):
    claimed(browser)
    other = Client()
    assert other.post("/first-run", {**CLAIM, "username": "thief", "word": claim_word()})["Location"] == "/sign-in"
    assert other.get("/first-run/organisation")["Location"] == "/sign-in"
    assert other.get("/first-run/units/table.xlsx").status_code == 302
    assert get_user_model().objects.count() == 1


def test_from_nothing_to_a_trial_complaint(browser):
    claimed(browser)
    assert browser.get("/first-run")["Location"] == "/first-run/organisation"
    assert browser.get("/first-run/people")["Location"] == "/first-run/organisation"  # no step is skipped
    assert "茶馆投诉处理办法" in browser.get("/first-run/organisation").content.decode()
    post(browser, "organisation", zh="清风茶馆", en="Breeze Teahouses", pack="teahouse")
    post(browser, "units", pasted=UNITS, do="read")
    assert "西街店" in browser.get("/first-run/units").content.decode()
    post(browser, "people", pasted=PEOPLE, do="read")
    assert not Organisation.objects.exists()
    assert post(browser, "people", do="found") == "/first-run/values"

    organisation = Organisation.objects.get()
    assert (organisation.slug, organisation.pack) == ("breeze-teahouses", "teahouse")
    assert Unit.objects.get(zh="东街店").parent.zh == "清风总号"
    me = Person.objects.get(user__username="gao")
    assert me.zh == "高山" and me.administers and me.email == "gao@example.com"
    assert {seat.unit.zh for seat in Person.objects.get(zh="陈诚").appointments.all()} == {"东街店", "西街店"}
    assert AdministrationEntry.objects.get(change="organisation.founded").by == me.slug

    post(browser, "values", **{"value-fine": "60", "confirm-fine": "yes"})
    page = browser.post(
        "/first-run/trial",
        {"do": "try", "unit": Unit.objects.get(zh="东街店").slug, "f-customer": "李四", "f-phone": "13812345678",
         "f-content": "茶里有异物", "f-level": "major", "f-channel": "counter"},
    )  # fmt: skip
    tried = page.content.decode().split('id="tried"')[1].split("</section>")[0]
    assert "会被拒绝" not in tried and ("陈诚" in tried or "林悦" in tried) and "今天" in tried
    assert not CaseRecord.objects.exists() and not CaseEvent.objects.exists()
    post(browser, "trial", do="go-on")
    assert "可以受理投诉了" in browser.get("/first-run/done").content.decode()
    assert post(browser, "done") == "/setup"
    assert browser.get("/setup").status_code == 200
    assert FoundingDraft.objects.get().finished


def test_it_can_be_left_and_taken_up_again(browser):
    claimed(browser)
    post(browser, "organisation", zh="清风茶馆", pack="teahouse")
    again = Client()
    again.cookies["redress-now"] = MONDAY.isoformat()
    again.post("/sign-in", {"username": "gao", "password": CLAIM["password"]})
    assert again.get("/")["Location"] == "/first-run"
    assert again.get("/first-run")["Location"] == "/first-run/units"
    assert 'value="清风茶馆"' in again.get("/first-run/organisation").content.decode()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("单位,类别\n总号,公司\n东街店,公司\n", ["3", "上级单位", "只能有一个最上级单位"]),
        ("单位,上级单位,类别\n总号,,公司\n东街店,总好,店铺\n", ["3", "是不是“总号”"]),
        ("单位,上级单位,类别\n总号,,宇宙\n", ["2", "类别", "没有这个类别"]),
        ("单位,上级单位,类别\n总号,,公司\n总号,总号,部门\n", ["3", "与第 2 行重名"]),
        ("单位,上级单位,类别\n总号,,公司\n甲,乙,部门\n乙,甲,部门\n", ["3", "绕了一圈"]),
        ("名字,类别\n总号,公司\n", ["单位", "缺少这一列"]),
        ("单位,类别\n", ["没有内容"]),
        ("", ["请上传文件"]),
    ],
)
def test_a_wrong_table_of_units_is_told_by_row_and_column_and_nothing_is_kept(browser, table, told):
    claimed(browser)
    post(browser, "organisation", zh="清风茶馆", pack="teahouse")
    answer = browser.post("/first-run/units", {"pasted": table, "do": "read"})
    page = answer.content.decode()
    assert answer.status_code == 422 and all(words in page for words in told), page
    assert table.strip() in page.replace("&quot;", '"')
    assert "units" not in FoundingDraft.objects.get().data


def test_wrong_people_are_all_told_at_once(browser):
    claimed(browser)
    post(browser, "organisation", zh="清风茶馆", pack="teahouse")
    post(browser, "units", pasted=UNITS)
    table = "姓名,单位,岗位,邮箱\n林悦,东街,前厅,not-an-address\n陈诚,东街店,店常,a@b.cn\n,东街店,店长,\n赵磊,,店长,a@b.cn\n"
    page = browser.post("/first-run/people", {"pasted": table, "do": "read"}).content.decode()
    for words in (
        "是不是“东街店”",
        "邮箱写法不对",
        "是不是“店长”",
        "不能为空",
        "有岗位就要写在哪个单位",
        "与陈诚的邮箱相同",
    ):
        assert words in page, words
    assert "people" not in FoundingDraft.objects.get().data or FoundingDraft.objects.get().data["people"] == []


def test_the_table_to_fill_in_is_read_back_as_it_is_written(browser):
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    claimed(browser)
    post(browser, "organisation", zh="清风茶馆", pack="teahouse")
    empty = CalamineWorkbook.from_filelike(io.BytesIO(browser.get("/first-run/units/table.xlsx").content))
    headings = empty.get_sheet_by_index(0).to_python()[0]
    assert headings == ["单位 *", "上级单位", "类别 *", "英文名称"]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for line, cells in enumerate([headings, ["总号", "", "公司", ""], ["东街店", "总号", "店铺", ""]]):
        sheet.write_row(line, 0, cells)
    book.close()
    post(browser, "units", file=SimpleUploadedFile("units.xlsx", out.getvalue()))
    assert [row["zh"] for row in FoundingDraft.objects.get().data["units"]] == ["总号", "东街店"]
    refused = browser.post("/first-run/units", {"file": SimpleUploadedFile("units.xlsx", b"no workbook")})
    assert refused.status_code == 422 and "不是可读的工作簿" in refused.content.decode()


def test_a_second_organisation_stands_beside_the_first_and_its_people_do_not_meet(browser):
    claimed(browser)
    for zh in ("清风茶馆", "明月茶馆"):
        post(browser, "organisation", zh=zh, pack="teahouse")
        post(browser, "units", pasted=UNITS)
        post(browser, "people", do="found")
        if zh == "清风茶馆":
            post(browser, "values")
            post(browser, "trial", do="go-on")
            post(browser, "done")
            assert browser.post("/first-run")["Location"] == "/first-run/organisation"
    assert Organisation.objects.count() == 2
    assert "明月茶馆 已经建好" in browser.get("/first-run/values").content.decode()
    assert "明月" not in browser.get("/setup").content.decode()


def test_a_member_who_may_not_found_does_not_find_it(visit):
    assert visit("gao").get("/first-run").status_code == 403
    assert visit("gao").get("/first-run/units").status_code == 403
